// Labelled sets: many labelled inputs in a known order, and how they are written to a folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>

#include "qmforge/sim/labelled.h"

namespace qmforge::sim {

/// How many inputs share one swarm of weights (choices.h).
inline constexpr std::uint64_t swarm_size = 64;

struct SetOptions {
  std::uint64_t seed = 1;
  std::uint64_t count = 1000;
  bool exhaustive = false;  // exhaustive.h's walk, whatever seed and count are
  ForgeProfile profile{};   // of an exhaustive set: format, revision, and whether it is valid or malformed only
  bool validOnly = false;   // inputs whose verdict is valid
  bool malformedOnly = false;
  /// Input i belongs to shard 1 + i % shards. The shards of a set are disjoint and together are the whole set, label by
  /// label and byte by byte.
  std::uint64_t shard = 1;
  std::uint64_t shards = 1;
};

/// Whether the options' format, revision and verdict allow an input. An exhaustive set has all inputs of the walk that
/// they allow.
[[nodiscard]] bool allows(const SetOptions& options, const Labelled& labelled);

/// Calls `visit` with each input of the set, label and all, always in the same order; an input lives until visit
/// returns. Input i of a random set is drawn from swarm i / swarm_size of the seed.
void make_set(const SetOptions& options, const std::function<void(const Labelled&)>& visit);

/// How many inputs the random set's shard has; 0 for an exhaustive set, whose faults are counted as they come.
[[nodiscard]] std::uint64_t set_size(const SetOptions& options);

/// One line of a manifest, without the line's end: the JSON form of the result that is due, then where the bytes are,
/// then the fault. `location` is `"hex": "…"` or `"file": "…"`.
[[nodiscard]] std::string manifest_line(const Labelled& labelled, std::string_view location);
[[nodiscard]] std::string hex_location(const Labelled& labelled);

/// Two lower-case digits a byte.
[[nodiscard]] std::string hex(std::span<const std::byte> bytes);

/// Writes a set into a folder that does not look like one until it is complete.
///
/// Everything goes to `DIR.partial` beside it, where the manifest is called manifest.jsonl.partial; finish() gives both
/// their names. What an earlier run left in DIR.partial is removed. Failures, a full disk among them, are
/// std::filesystem::filesystem_error with the path and the system's reason.
class SetWriter {
 public:
  enum class Bytes : std::uint8_t {
    inFiles,     // inputs/000/LABEL.bin, a thousand to a folder
    inManifest,  // as hex
  };

  /// `directory` must not exist or be empty. With `replace` it may also hold an earlier set, which finish() removes;
  /// anything else is refused.
  SetWriter(std::filesystem::path directory, Bytes bytes, bool replace);
  SetWriter(const SetWriter&) = delete;
  SetWriter& operator=(const SetWriter&) = delete;
  ~SetWriter();  // removes what is not finished

  void add(const Labelled& labelled);
  void finish();
  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  [[nodiscard]] std::string write_file(const Labelled& labelled);

  std::filesystem::path directory_;
  std::filesystem::path partial_;
  std::filesystem::path manifest_path_;
  Bytes bytes_;
  bool finished_ = false;
  std::uint64_t size_ = 0;
  std::ofstream manifest_;
};

}  // namespace qmforge::sim
