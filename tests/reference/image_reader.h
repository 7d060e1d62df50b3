// The interpreter of memory images: reads what a table describes as the C compiler of 64- or 32-bit Windows lays it
// out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>

#include "qmforge/decode.h"
#include "reference/node.h"
#include "reference/type.h"

namespace qmforge::reference {

/// A type's size where pointers have `pointer_size` bytes. A structure that ends in a conformant array is counted
/// without the array.
std::size_t size_in_memory(const Type& type, std::size_t pointer_size);

/// The offset of a structure's member.
std::size_t member_offset(const Type& structure, std::size_t index, std::size_t pointer_size);
std::size_t member_offset(const Type& structure, Step step, std::size_t pointer_size);

/// Reads the structure at the start of `image`, whose first byte has the address `base`, and all its pointees.
std::expected<Node, DecodeError> read_image(const Type& type, std::span<const std::byte> image, std::uint64_t base,
                                            std::size_t pointer_size, Heap& heap);

}  // namespace qmforge::reference
