// The field map: what each byte of an encoded event is, in the order in which a decoder checks it.
//
// The encoder fills it on request. Faults and mutators find their targets in it: discriminants, the array of a count,
// the pointee of a pointer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "qmforge/enums.h"
#include "qmforge/field_path.h"

namespace qmforge::sim {

/// The kind of a wire field. `partner` means WireField::partner, the index of another wire field in the same map.
enum class FieldKind : std::uint8_t {
  headerField,    // ndr20: Version, Endianness, CommonHeaderLength, ObjectBufferLength
  filler,         // ndr20: the two fillers of the header
  integer,        // a number that does not affect the layout
  enumeration,    // an enumeration that does not affect the layout
  trafficType,    // saTrafficType, the switch of both subnet unions
  outerTag,       // NDR: a subnet union's repeated discriminant; partner: the trafficType
  type,           // the switch of FWP_VALUE0 or FWP_CONDITION_VALUE0
  innerTag,       // NDR: that union's repeated discriminant; partner: the type
  pointer,        // a referent id or an address; partner: the first wire field of the pointee, none if NULL
  sizeIs,         // the [size_is] field of an array
  maxCount,       // NDR: a conformant array's or a string's max_count; partner: the sizeIs (none for a string)
  stringOffset,   // NDR: a string's offset
  actualCount,    // NDR: a string's actual_count; partner: its maxCount
  elements,       // all elements of a conformant array; partner: its sizeIs
  units,          // all units of a string with its NUL; partner: its actualCount (NDR)
  bytes,          // a byte array of fixed size
  guid,           // a GUID
  alignment,      // bytes that move the next wire field to its alignment
  structPadding,  // NDR64: padding at the end of a structure, or in place of an empty arm; part of the structure
  slot,           // native: all bytes of a union's value, whichever arm is in it
  bodyPadding,    // after the object: ndr20's padding to a multiple of 8, or up to 7 bytes after a bare body
};

/// `outer-tag`, `max-count`.
[[nodiscard]] std::string_view to_string(FieldKind kind) noexcept;

/// Whether a decoder reports `truncated` if these bytes are missing. It does not for alignment: it reports the field
/// that the alignment precedes.
[[nodiscard]] constexpr bool is_required(FieldKind kind) noexcept {
  return kind != FieldKind::alignment && kind != FieldKind::bodyPadding;
}

struct WireField {
  static constexpr std::uint32_t none = 0xffffffff;

  FieldKind kind;
  FieldPath path;          // as a decoder reports it
  std::uint64_t offset;    // from the start of the input, header included
  std::uint64_t size;      // in bytes
  std::uint32_t unit = 1;  // elements, units: the size of one, in bytes
  std::uint32_t partner = none;
  /// pointer: one past the last wire field of its pointee, which is [partner, partner_end), with the pointees of
  /// pointees.
  std::uint32_t partner_end = none;

  [[nodiscard]] std::uint64_t end() const noexcept { return offset + size; }
};

/// All wire fields of one encoded event, in reading order, which is wire order for NDR. In a memory image, the pointee
/// follows its pointer, whatever the addresses. Elements that are structures are listed as a whole (`elements`) and
/// then member by member, so fields may overlap.
struct FieldMap {
  std::vector<WireField> fields;
  /// NDR: where the body begins (16 in ndr20, otherwise 0).
  std::uint64_t body_begin = 0;
  /// NDR: where the object ends, and padding begins. Native: the size of the structure, where pointees begin.
  std::uint64_t object_end = 0;

  void clear() noexcept {
    fields.clear();
    body_begin = 0;
    object_end = 0;
  }
};

}  // namespace qmforge::sim
