// The seeds of the fuzz targets: few and small; every call gives the same.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace qmforge::tools {

/// One seed of one target.
struct Seed {
  std::string_view target;  // `decode_ndr20`: the target's name without `_fuzzer`, and the folder's
  std::string name;         // `seed-r0-fwp-uint8-fwp-sid`: a valid file name on every system
  std::span<const std::byte> bytes;
};

/// Calls `visit` with every seed, by target; a seed lives until visit returns.
///
///   decode_*            messages in the target's encoding that together hold all 39 shapes of a subnet, then one
///                       message for each fault that makes it malformed; mutate_* have these, too
///   transcode, forge    bytes that answer the grammar's questions (ByteChoices): for each shape, and for each fault
///   json                the messages' events as JSON
///   cli_hex             lines of labelled bytes
///   manifest            sets: complete, truncated, and single lines
///   answers             what a program under `qmforge conform` prints
void each_seed(const std::function<void(const Seed&)>& visit);

}  // namespace qmforge::tools
