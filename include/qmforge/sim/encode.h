// The encoder: an event in, bytes out, in every encoding and in every form that a decoder must accept.
//
// Canonical unless told otherwise: referent ids from 0x00020000 up by 4, numbered depth first; fillers cc cc cc cc and
// 00 00 00 00; all padding zero; an ndr20 body padded to a multiple of 8 (bare bodies are not padded). Memory images
// have no canonical form.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "qmforge/enums.h"
#include "qmforge/event.h"
#include "qmforge/field_path.h"
#include "qmforge/sim/datum.h"

namespace qmforge::sim {

/// The numbers that stand for non-NULL pointers in NDR. Any number but 0 is legal, the same one twice as well. An id
/// that would come out as 0 is written as 1; NDR 2.0 keeps the lower 32 bits.
struct Referents {
  std::uint64_t first = 0x00020000;
  std::uint64_t step = 4;  // 0: all the same. 0x100000000 with as `first` the same: the lower halves are all 0 (NDR64)
  std::uint64_t seed = 0;  // not 0: drawn from this seed instead, duplicates and all ones among them

  friend bool operator==(const Referents&, const Referents&) = default;
};

/// Where a memory image holds what the structure points to.
struct Placement {
  std::uint64_t seed = 0;  // 0: in the order of the pointers, aligned, without gaps. Otherwise scattered, unaligned
  bool share = false;      // equal pointees that hold no pointers stand in one place

  friend bool operator==(const Placement&, const Placement&) = default;
};

/// How to write an event. Which revision is the event's own matter. Members that a format has no use for are ignored.
struct EncodeOptions {
  Format format = Format::ndr20;
  std::endian order = std::endian::little;  // ndr20 only; all other encodings are little-endian

  // NDR: legal, but canonical only as they stand here
  Referents referents{};
  std::uint32_t common_filler = 0xcccccccc;  // ndr20: the filler at 4
  std::uint32_t object_filler = 0;           // ndr20: the filler at 12
  std::uint32_t string_slack = 0;            // by how much a string's max_count exceeds its actual_count
  std::uint8_t trailing = 0;                 // bare bodies: bytes after the object; taken modulo 8

  /// Not 0: bytes that mean nothing are drawn from this seed. NDR: alignment and padding. Native: what the union's arm
  /// leaves free, gaps in structures and between them, both unions of a transport event.
  std::uint64_t padding_seed = 0;

  // native
  std::uint64_t image_base = 0x10000;  // the address of the structure, which is the image's first byte
  Placement placement{};

  friend bool operator==(const EncodeOptions&, const EncodeOptions&) = default;
};

/// Why an event has no encoding. The comment is the rule that was broken.
enum class EncodeErrorCode : std::uint8_t {
  unknownRevision,  // the revision is 0 or 1
  noArm,            // saTrafficType, or a subnet's type, selects an arm of its union
  nullInline,       // only an arm that is a pointer can be NULL
  countMismatch,    // a token's count is the size of its array, where there is an array
  sidTooLong,       // SubAuthorityCount is one byte
  stringTooLong,    // a string's count, its NUL and max_count's slack included, has 32 bits
  innerNul,         // native: a string ends at its first NUL, so none may stand inside
  objectTooLarge,   // ndr20: ObjectBufferLength has 32 bits
  addressRange,     // native: the image ends inside the address space of its pointers
};

/// `no-arm`, `inner-nul`.
[[nodiscard]] std::string_view to_string(EncodeErrorCode code) noexcept;
/// The broken rule as a sentence.
[[nodiscard]] std::string_view message(EncodeErrorCode code) noexcept;

struct EncodeError {
  EncodeErrorCode code;
  FieldPath field;  // empty for the event as a whole

  friend bool operator==(const EncodeError&, const EncodeError&) = default;
};

/// Writes `event` into `out`, whose former contents are lost; after an error it is empty. Once `out` has grown to the
/// size that is needed, nothing is allocated. With `map`, says what each byte is; that costs time and allocates.
///
/// The event's views must not point into `out`. A NULL [size_is] array goes with any size, as it does on the wire.
/// Throws nothing but std::bad_alloc.
///
/// Law DecodeInvertsEncode: decoding what was written gives the same event again, in every format and form.
[[nodiscard]] std::expected<void, EncodeError> encode(const Event& event, const EncodeOptions& options,
                                                      std::vector<std::byte>& out, DatumMap* map = nullptr);

/// Whether `input`, which was decoded to `event`, is how the encoder would write it. False for big-endian input and for
/// a bare body with bytes after it; nullopt for memory images, which have no canonical form.
///
/// Law CanonicalInputsReencodeUnchanged: an input is canonical when and only when its event, decoded and encoded by
/// default, is the input again; what is encoded by default is canonical.
[[nodiscard]] std::optional<bool> is_canonical(std::span<const std::byte> input, Format format, const Event& event);

}  // namespace qmforge::sim
