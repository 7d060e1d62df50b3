// The reader built in another way, for comparison: in another namespace, so that it links beside the library's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace reader_variants {

/// The report of an input in words that do not depend on a namespace: as JSON, and with the types of the subnets, which
/// JSON leaves out of transport events.
using InspectToJson = std::string(std::span<const std::byte> input, std::uint32_t format, std::uint32_t revision);

InspectToJson inspect_with_general_reader;  // QMFORGE_GENERAL_READER_ONLY: no common layouts
InspectToJson inspect_portably;             // QMFORGE_PORTABLE: without vector extensions

}  // namespace reader_variants
