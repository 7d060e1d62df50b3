// The datum map: what each byte of an encoded event is, in the order in which a decoder judges it.
//
// The encoder draws it up when asked to. Faults and mutators find their targets in it: which bytes are a discriminant,
// what a count counts, where a pointer leads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "qmforge/enums.h"
#include "qmforge/field_path.h"

namespace qmforge::sim {

/// What a datum is. `partner` below is Datum::partner: the index of another datum in the same map.
enum class DatumKind : std::uint8_t {
  headerField,    // ndr20: Version, Endianness, CommonHeaderLength, ObjectBufferLength
  filler,         // ndr20: the two fillers of the header
  integer,        // a number that decides nothing
  enumeration,    // an enumeration that decides nothing
  trafficType,    // saTrafficType, the switch of both subnet unions
  outerTag,       // NDR: a subnet union's repeated discriminant; partner: the trafficType
  type,           // the switch of FWP_VALUE0 or FWP_CONDITION_VALUE0
  innerTag,       // NDR: that union's repeated discriminant; partner: the type
  pointer,        // a referent id or an address; partner: the first datum of what it leads to, none when NULL
  sizeIs,         // the [size_is] field of an array
  maxCount,       // NDR: a conformant array's or a string's max_count; partner: the sizeIs (none for a string)
  stringOffset,   // NDR: a string's offset
  actualCount,    // NDR: a string's actual_count; partner: its maxCount
  elements,       // all elements of a conformant array; partner: its sizeIs
  units,          // all units of a string, its NUL included; partner: its actualCount (NDR)
  bytes,          // a byte array of fixed size
  guid,           // a GUID
  alignment,      // bytes that move the next datum to its alignment
  structPadding,  // NDR64: the end of a structure, or what stands for an empty arm; it belongs to the structure
  slot,           // native: the bytes of a union's value, whatever the arm
  bodyPadding,    // what follows the object: ndr20's padding to a multiple of 8, up to 7 bytes after a bare body
};

/// `outer-tag`, `max-count`.
[[nodiscard]] std::string_view to_string(DatumKind kind) noexcept;

/// Whether a decoder must find these bytes, and says `truncated` where they are missing. Alignment is not missed as
/// such: the datum that it moves is.
[[nodiscard]] constexpr bool is_required(DatumKind kind) noexcept {
  return kind != DatumKind::alignment && kind != DatumKind::bodyPadding;
}

struct Datum {
  static constexpr std::uint32_t none = 0xffffffff;

  DatumKind kind;
  FieldPath field;         // the path that a decoder reports for it
  std::uint64_t offset;    // from the start of the input, header included
  std::uint64_t size;      // in bytes
  std::uint32_t unit = 1;  // elements, units: bytes an element
  std::uint32_t partner = none;
  /// pointer: one past the last datum below it; what it leads to is [partner, partner_end), pointees of pointees
  /// included.
  std::uint32_t partner_end = none;

  [[nodiscard]] std::uint64_t end() const noexcept { return offset + size; }
};

/// All data of one encoded event, in reading order: wire order for NDR. In a memory image, a pointer is followed by
/// what it leads to, whatever the addresses. Elements that are structures come as a whole (`elements`) and then member
/// by member, so data may overlap.
struct DatumMap {
  std::vector<Datum> data;
  /// NDR: where the body begins (16 in ndr20, otherwise 0).
  std::uint64_t body_begin = 0;
  /// NDR: where the object ends; native: the size of the structure. What follows is padding, or pointees.
  std::uint64_t object_end = 0;

  void clear() noexcept {
    data.clear();
    body_begin = 0;
    object_end = 0;
  }
};

}  // namespace qmforge::sim
