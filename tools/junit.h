// Results of `check` and `conform` as JUnit XML, which CI services read.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "difference.h"
#include "tally.h"

namespace qmforge::tools {

/// An input whose answer differs from the expected result.
struct Disagreement {
  std::string label;
  std::string input_class;
  Difference difference;
  std::string bytes;         // a dump of the bytes that differ, or empty
  bool is_expected = false;  // listed as an expected failure
};

/// A document with a suite for each class. A suite has a case for each disagreement, which fails (or is skipped if it
/// was expected), and a case for each format whose other inputs agree. `command` is the document's name.
///
/// If the tally has more disagreements of a class than the list, one more case of the class has the number of the rest.
[[nodiscard]] std::string junit_xml(const std::string& command, const Tally& tally,
                                    std::span<const Disagreement> disagreements);

/// The text as XML character data; characters that XML cannot hold are escaped as in printable.h.
[[nodiscard]] std::string xml_text(std::string_view text);

}  // namespace qmforge::tools
