// How a labelled set is written to a folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "qmforge/sim/labelled.h"

namespace qmforge::tools {

/// One line of a manifest, without the line's end: the JSON form of the result that is due, then where the bytes are,
/// then the fault. `location` is `"hex": "…"` or `"file": "…"`.
[[nodiscard]] std::string manifest_line(const sim::LabelledInput& labelled, std::string_view location);
[[nodiscard]] std::string hex_location(const sim::LabelledInput& labelled);

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

  void add(const sim::LabelledInput& labelled);
  void finish();
  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  [[nodiscard]] std::string write_file(const sim::LabelledInput& labelled);

  std::filesystem::path directory_;
  std::filesystem::path partial_;
  std::filesystem::path manifest_path_;
  Bytes bytes_;
  bool finished_ = false;
  std::uint64_t size_ = 0;
  std::ofstream manifest_;
};

}  // namespace qmforge::tools
