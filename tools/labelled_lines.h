// Inputs as lines of text: labelled hex, hex dumps, lines of a manifest, and lines that `conform` sends.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "input.h"
#include "qmforge/enums.h"

namespace qmforge::tools {

struct LabelledBytes {
  std::string label;
  std::optional<Format> format;      // where the line says it
  std::optional<Revision> revision;  // likewise
  std::vector<std::byte> bytes;
};

/// Reads inputs one by one. The label of a line without a label is `FILE:LINE`. A line is
///
/// - `label hexbytes`, or bytes alone, see parse_hex_line;
/// - a row of a hex dump, see append_dump_row: consecutive rows are one input;
/// - `LABEL FORMAT REVISION HEX`, as `conform` sends it to a decoder;
/// - a line of a manifest: `{"label": …, "format": …, "revision": …, "hex": …}`, or "file" in place of "hex".
class LabelledLines {
 public:
  LabelledLines(Input& input, LineReader& lines) : input_(input), lines_(lines) {}

  /// Reads the next input into `out`; false after the last. Throws a Failure that names the line if it is not an input;
  /// the next call continues after that line.
  [[nodiscard]] bool next(LabelledBytes& out);

 private:
  void read_dump(LabelledBytes& out);
  void read_line(LabelledBytes& out);
  bool read_conform_line(LabelledBytes& out);
  void read_manifest_line(LabelledBytes& out);

  Input& input_;
  LineReader& lines_;
  std::string_view line_;
  bool has_line_ = false;  // line_ ended a dump and is still to be read
};

}  // namespace qmforge::tools
