// The tables of docs/wfp.md that the code also has as data: the codes of the calls, the modes.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "qmforge/wfp/call_codes.h"
#include "qmforge/wfp/hostile.h"

namespace qmforge::wfp {
namespace {

std::string document() {
  std::ifstream stream(QMFORGE_SOURCE "/docs/wfp.md");
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// `FwpmEngineClose0, FwpmNetEventEnum0 … 5`.
std::string names(const FunctionSet& functions) {
  std::string text;
  for (std::size_t i = 0; i < function_count; ++i) {
    if (!functions.contains(static_cast<Function>(i))) continue;
    const std::string_view name = to_string(static_cast<Function>(i));
    const auto stem = name.substr(0, name.size() - 1);
    text += (text.empty() ? "" : ", ") + std::string(name);
    const std::size_t first = i;
    while (i + 1 < function_count && functions.contains(static_cast<Function>(i + 1)) &&
           to_string(static_cast<Function>(i + 1)).substr(0, name.size() - 1) == stem)
      ++i;
    if (i != first) text += std::string(" … ") + to_string(static_cast<Function>(i)).back();
  }
  return text;
}

std::string code_table() {
  std::string text = "| code | when | functions |\n|---|---|---|\n";
  for (const CallCode& row : call_codes)
    text += "| " + std::string(row.name) + " | " + std::string(row.condition) + (row.choice ? " [choice]" : "") +
            " | " + names(row.functions) + " |\n";
  return text;
}

TEST(Document, HasTheTableOfCodes) {
  EXPECT_NE(document().find("\n" + code_table() + "\n"), std::string::npos) << "docs/wfp.md does not have this table:\n"
                                                                            << code_table();
}

std::string mode_table() {
  std::string text = "| mode | what happens | the consumer's bug that it exposes |\n|---|---|---|\n";
  for (const ModeDescription& mode : mode_descriptions)
    text += "| " + std::string(mode.name) + " | " + std::string(mode.what) + " | " + std::string(mode.exposes) + " |\n";
  return text;
}

TEST(Document, HasTheTableOfModes) {
  EXPECT_NE(document().find("\n" + mode_table()), std::string::npos) << "docs/wfp.md does not have this table:\n"
                                                                     << mode_table();
}

TEST(Modes, AreDescribedInTheirOrder) {
  for (std::size_t i = 0; i < mode_descriptions.size(); ++i)
    EXPECT_EQ(static_cast<std::size_t>(mode_descriptions[i].mode), i);
}

}  // namespace
}  // namespace qmforge::wfp
