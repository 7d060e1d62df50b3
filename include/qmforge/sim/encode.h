// The encoder: writes an event as bytes, in every encoding and in every form that a decoder must accept.
//
// The default is the canonical form (docs/format.md 2.7): referent ids from 0x00020000 in steps of 4, numbered depth
// first; fillers cc cc cc cc and 00 00 00 00; all padding zero; an ndr20 body padded to a multiple of 8 (bare bodies
// are not padded). Memory images have no canonical form.
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
#include "qmforge/sim/field_map.h"

namespace qmforge::sim {

/// The referent ids of non-NULL pointers in NDR. Any number but 0 is legal; duplicates are too. An id that would be 0
/// is written as 1. NDR 2.0 keeps the lower 32 bits.
struct Referents {
  std::uint64_t first = 0x00020000;
  std::uint64_t step = 4;  // 0: all ids are equal. 0x100000000, also as `first`: the lower halves are all 0 (NDR64)
  std::uint64_t seed = 0;  // not 0: random from this seed instead, with duplicates and all ones among them

  friend bool operator==(const Referents&, const Referents&) = default;
};

/// Where a memory image holds the pointees.
struct Placement {
  std::uint64_t seed = 0;  // 0: in the order of the pointers, aligned, without gaps. Otherwise scattered, unaligned
  bool share = false;      // equal pointees that hold no pointers are at one address

  friend bool operator==(const Placement&, const Placement&) = default;
};

/// How to write an event. The revision is a member of the event. Options that do not apply to the format are ignored.
struct EncodeOptions {
  Format format = Format::ndr20;
  std::endian order = std::endian::little;  // ndr20 only; all other encodings are little-endian

  // NDR: every value is legal; the default is canonical
  Referents referents{};
  std::uint32_t common_filler = 0xcccccccc;  // ndr20: the filler at 4
  std::uint32_t object_filler = 0;           // ndr20: the filler at 12
  std::uint32_t string_slack = 0;            // a string's max_count minus its actual_count
  std::uint8_t trailing = 0;                 // bare bodies: bytes after the object; taken modulo 8

  /// Not 0: bytes without meaning are random from this seed. NDR: alignment and padding. Native: the bytes of a union
  /// that its arm does not use, gaps in structures and between them, both unions of a TRANSPORT event.
  std::uint64_t padding_seed = 0;

  // native
  std::uint64_t image_base = 0x10000;  // the address of the structure, which is the image's first byte
  Placement placement{};

  friend bool operator==(const EncodeOptions&, const EncodeOptions&) = default;
};

/// Why an event has no encoding. The comment is the rule that the event breaks.
enum class EncodeErrorCode : std::uint8_t {
  unknownRevision,  // the revision is 0 or 1
  noArm,            // saTrafficType, or a subnet's type, selects an arm of its union
  nullInline,       // only an arm that is a pointer can be NULL
  countMismatch,    // a token's count is the size of its array, where there is an array
  sidTooLong,       // SubAuthorityCount is one byte
  stringTooLong,    // a string's count, its NUL and max_count's slack included, has 32 bits
  innerNul,         // native: a string ends at its first NUL, so it cannot contain one
  objectTooLarge,   // ndr20: ObjectBufferLength has 32 bits
  addressRange,     // native: the image ends inside the address space of its pointers
};

/// `no-arm`, `inner-nul`.
[[nodiscard]] std::string_view to_string(EncodeErrorCode code) noexcept;
/// The reason as a sentence.
[[nodiscard]] std::string_view message(EncodeErrorCode code) noexcept;

struct EncodeError {
  EncodeErrorCode code;
  FieldPath field;  // empty for the event as a whole

  friend bool operator==(const EncodeError&, const EncodeError&) = default;
};

/// Writes `event` into `out` and replaces its contents; after an error `out` is empty. Allocates only to grow `out`.
/// With `map`, also records what each byte is, which takes time and allocates.
///
/// The event's views must not point into `out`. Beside a NULL [size_is] array the count may be any number, as on the
/// wire. Throws only std::bad_alloc.
///
/// Law DecodeInvertsEncode: decoding the output gives the same event again, in every format and form.
[[nodiscard]] std::expected<void, EncodeError> encode(const Event& event, const EncodeOptions& options,
                                                      std::vector<std::byte>& out, FieldMap* map = nullptr);

/// Whether `input`, which decodes to `event`, is in canonical form. False for big-endian input and for a bare body with
/// trailing bytes; nullopt for memory images, which have no canonical form.
///
/// Law CanonicalInputsReencodeUnchanged: an input is canonical if and only if decoding it and encoding the event with
/// default options gives the input again. The encoder's default output is canonical.
[[nodiscard]] std::optional<bool> is_canonical(std::span<const std::byte> input, Format format, const Event& event);

}  // namespace qmforge::sim
