// Mutations that understand an encoding: they change members, arms, counts and discriminants of the event in the input,
// write it again in another legal form, and put a fault into it. For engines that take libFuzzer's custom mutators.
// CMake target qmforge::fuzz. targets.h makes a whole target of these.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "qmforge/enums.h"

namespace qmforge::fuzz {

/// Mutates `data`, of which `size` bytes are in use and `max_size` may be. Returns the new size. Half of the mutations
/// are the engine's own (LLVMFuzzerMutate), which a custom mutator shuts out otherwise.
[[nodiscard]] std::size_t mutate(Format format, std::uint8_t* data, std::size_t size, std::size_t max_size,
                                 unsigned seed);

/// The first input's event with one member of the second's, revision 1's members among them; for inputs that do not
/// decode, the head of the one and the tail of the other. Returns how much of `out` is written.
[[nodiscard]] std::size_t cross_over(Format format, std::span<const std::uint8_t> first,
                                     std::span<const std::uint8_t> second, std::span<std::uint8_t> out, unsigned seed);

}  // namespace qmforge::fuzz
