// The interpreter of NDR: reads what a table describes, in a given transfer syntax.
//
// C706 chapter 14 (NDR 2.0), [MS-RPCE] 2.2.5 (NDR64), [MS-RPCE] 2.2.6 (type serialization version 1).
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>

#include "qmforge/decode.h"
#include "reference/node.h"
#include "reference/type.h"

namespace qmforge::reference {

struct TransferSyntax {
  std::endian order;
  std::size_t word;  // the size of a referent id, max_count, offset and actual_count
  /// NDR64: a union is aligned as a whole, before its discriminant and before its arm, and a structure ends in padding
  /// to its own alignment.
  bool pads;
};

inline constexpr TransferSyntax ndr20_little = {std::endian::little, 4, false};
inline constexpr TransferSyntax ndr20_big = {std::endian::big, 4, false};
inline constexpr TransferSyntax ndr64_little = {std::endian::little, 8, true};

/// The bytes of an object: the whole input, or those after a header that ObjectBufferLength counts.
struct SerializedObject {
  std::size_t begin;
  std::size_t end;
  TransferSyntax syntax;
};

/// Reads the header of type serialization version 1.
std::expected<SerializedObject, DecodeError> read_serialization_header(std::span<const std::byte> input);

/// Reads one object with its pointees from `input[begin, end)`. Alignment counts from `begin`. Only padding may follow,
/// up to the end of `input`. Offsets in errors count from the start of `input`.
std::expected<Node, DecodeError> read_ndr(const Type& type, std::span<const std::byte> input,
                                          const SerializedObject& object, Heap& heap);

}  // namespace qmforge::reference
