// The last line of a manifest: the number of inputs and a digest of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "blake2b.h"

namespace qmforge::tools {

/// Collects what the closing line states: `{"inputs": 1000, "digest": "blake2b-256:…"}`.
///
/// The digest is BLAKE2b-256 over each input in order: its line, a line feed, and the bytes of its file if it has one.
/// For a set in one file that is `sed '$d' manifest.jsonl | b2sum --length 256`.
class ClosingLine {
 public:
  void add(std::string_view line, std::string_view file_contents = {});

  [[nodiscard]] std::uint64_t inputs() const { return inputs_; }
  /// The line, without its end. Do not add inputs after this call.
  [[nodiscard]] std::string text();

 private:
  Blake2b digest_;
  std::uint64_t inputs_ = 0;
};

/// Whether a line of a manifest is a closing line (with a correct digest or not) rather than an input.
[[nodiscard]] bool is_closing_line(std::string_view line);

}  // namespace qmforge::tools
