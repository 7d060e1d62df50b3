// Reads a labelled set.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "closing_line.h"
#include "input.h"
#include "json.h"
#include "qmforge/enums.h"

namespace qmforge::tools {

/// One input of a set.
struct ManifestLine {
  std::size_t number = 0;  // of the line, counted from 1
  std::string text;
  std::string label;
  Format format = Format::ndr20;
  Revision revision = Revision::r0;
  std::string verdict;
  std::string fault;  // empty: none
  std::vector<std::byte> bytes;
  std::size_t result_size = 0;  // of result_text(); 0: the line does not have the form that simulate writes

  /// The expected result as simulate writes it, without its closing brace: compare as text, and parse only what
  /// differs.
  [[nodiscard]] std::string_view result_text() const { return std::string_view(text).substr(0, result_size); }
};

/// Whether a set needs a closing line, which distinguishes a complete set from a truncated one.
enum class Unsealed : bool { rejected, accepted };

/// Reads DIR/manifest.jsonl and the files that it names, which must be regular files in DIR. Every error is a Failure
/// that names file and line. At the closing line, throws for a set that is incomplete, altered, appended to or empty.
class Manifest {
 public:
  explicit Manifest(const std::string& directory, Unsealed unsealed = Unsealed::rejected);

  /// The next input; false after the last.
  [[nodiscard]] bool next(ManifestLine& line);
  /// The expected result of a line, and further members.
  [[nodiscard]] Json expected(const ManifestLine& line) const;

 private:
  [[noreturn]] void fail(std::size_t line, const std::string& sentence) const;
  [[nodiscard]] bool next_text(std::string_view& text);
  void read_line(ManifestLine& line);
  void read_json_line(ManifestLine& line, std::string& hex, std::string& file) const;
  void check_new(const ManifestLine& line);
  void check_closing_line(std::string_view text);
  void check_unsealed_end() const;

  std::filesystem::path directory_;
  Unsealed unsealed_;
  Input input_;
  LineReader lines_;
  ClosingLine closing_line_;
  bool ended_ = false;
  std::unordered_set<std::string> labels_;  // those read so far, if a closing line is not required
};

}  // namespace qmforge::tools
