// Structure-aware mutations: they change members, arms, counts and discriminants of the event in the input, re-encode
// it in another legal form, or apply a fault. For engines that support libFuzzer's custom mutators. CMake target
// qmforge::fuzz. targets.h defines complete targets with them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "qmforge/enums.h"

namespace qmforge::fuzz {

/// Mutates the `size` bytes of an input in place; `data` has room for `max_size`. Returns the new size. Half of the
/// mutations are the engine's own (LLVMFuzzerMutate), because an engine with a custom mutator does not apply them
/// itself.
[[nodiscard]] std::size_t mutate(Format format, std::uint8_t* data, std::size_t size, std::size_t max_size,
                                 unsigned seed);

/// Writes the first input's event with one member from the second's (possibly one of revision 1); for inputs that do
/// not decode, the beginning of the first and the end of the second. Returns the number of bytes written to `out`.
[[nodiscard]] std::size_t cross_over(Format format, std::span<const std::uint8_t> first,
                                     std::span<const std::uint8_t> second, std::span<std::uint8_t> out, unsigned seed);

}  // namespace qmforge::fuzz
