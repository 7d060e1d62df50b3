// The manifest of a labelled set, line by line, and what of it a decoder must say.
#pragma once

#include <cstddef>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "input.h"
#include "qmforge/enums.h"

namespace qmforge::tools {

struct ManifestLine {
  std::string label;
  Format format = Format::ndr20;
  Revision revision = Revision::r0;
  std::string fault;  // empty: none
  std::vector<std::byte> bytes;
  nlohmann::json expected;  // the line as it stands: a result, and more
};

/// Reads DIR/manifest.jsonl, and the files that it names. Whatever is wrong is a Failure that names file and line.
class Manifest {
 public:
  explicit Manifest(const std::string& directory);

  /// The next line; false after the last.
  [[nodiscard]] bool next(ManifestLine& line);

 private:
  void read_bytes(ManifestLine& line);

  std::filesystem::path directory_;
  Input input_;
  LineReader lines_;
};

/// The tree of a JSON text; a discarded value where the text is not JSON.
[[nodiscard]] nlohmann::json parse_json(std::string_view text);

/// The first member in which an answer differs from what is expected: `verdict`, `error.code`, `error.offset`,
/// `error.field`, `event`, `findings`, `canonical`. Empty when there is none. Members that the answer does not have are
/// not compared, apart from the verdict; sentences (`message`) never are.
[[nodiscard]] std::string first_difference(const nlohmann::json& expected, const nlohmann::json& answer);

}  // namespace qmforge::tools
