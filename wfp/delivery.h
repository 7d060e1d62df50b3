// From records to Windows structures: FWPM_NET_EVENT0 to 5 and their pointees, in one piece of memory.
//
//     batch   | pointer × n | forbidden | event | event | ...
//     event   | FWPM_NET_EVENT<version> | private bytes, if any | image: body, pointees | forbidden |
//
// "Forbidden" is memory that a consumer must not read; see garbage.h.
#pragma once

#include <cstddef>
#include <span>

#include "record.h"

namespace qmforge::wfp {

/// The bytes that one event takes in a version (0 to 5).
[[nodiscard]] std::size_t placed_size(const Record& record, unsigned version);
/// Places one event, 8-byte aligned; its FWPM_NET_EVENT<version> begins at `at`.
void place(std::byte* at, const Record& record, unsigned version);

/// The same for a batch: an array of pointers, and what they point to.
[[nodiscard]] std::size_t batch_size(std::span<const Record* const> records, unsigned version);
void place_batch(std::byte* at, std::span<const Record* const> records, unsigned version);

}  // namespace qmforge::wfp
