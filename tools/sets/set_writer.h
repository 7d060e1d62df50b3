// Writes a labelled set to a folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "closing_line.h"
#include "qmforge/sim/labelled.h"
#include "set_folder.h"

namespace qmforge::tools {

/// One line of a manifest, without the line's end: the expected result as JSON, the location of the bytes, the fault.
/// `location` is `"hex": "…"` or `"file": "…"`.
[[nodiscard]] std::string manifest_line(const sim::LabelledInput& labelled, std::string_view location);
[[nodiscard]] std::string hex_location(const sim::LabelledInput& labelled);

/// An input of a set as text.
struct RenderedInput {
  std::string line;  // the whole line, or the result alone if the bytes go into a file
  // for a file alone
  std::string label;
  std::string fault;
  std::vector<std::byte> bytes;
};

/// Writes a set into a folder that appears when it is complete.
///
/// Until then the set is in a new folder `DIR.partial-xxxxxxxx` beside it, which the destructor removes unless finish()
/// was called. Throws UnsuitableFolder (set_folder.h), and std::filesystem::filesystem_error with the path and the
/// system's reason if a file cannot be written.
class SetWriter {
 public:
  enum class Bytes : std::uint8_t {
    inFiles,     // inputs/000/LABEL.bin, a thousand to a folder
    inManifest,  // as hex
  };

  /// `directory` must not exist, or be empty. With `replace` it may also hold an earlier set, which finish() replaces.
  SetWriter(const std::filesystem::path& directory, Bytes bytes, bool replace);
  SetWriter(const SetWriter&) = delete;
  SetWriter& operator=(const SetWriter&) = delete;
  ~SetWriter();

  /// The part of the work that can be done for many inputs at once, on several threads.
  [[nodiscard]] RenderedInput render(const sim::LabelledInput& labelled) const;
  /// Adds what render() returned.
  void add(const RenderedInput& input);
  /// Closes the set and moves it to its folder. Returns what install_set (set_folder.h) returns.
  std::optional<KeptSet> finish();
  [[nodiscard]] std::uint64_t size() const { return closing_line_.inputs(); }

 private:
  [[nodiscard]] std::string write_file(const RenderedInput& input);
  void add_line(std::string_view line, std::string_view file_contents);

  std::filesystem::path directory_;
  bool replace_;
  std::filesystem::path partial_;
  std::filesystem::path manifest_path_;
  Bytes bytes_;
  bool finished_ = false;
  ClosingLine closing_line_;
  std::ofstream manifest_;
};

}  // namespace qmforge::tools
