// answers_fuzzer: any text as the lines that a program under `qmforge conform` prints. Each line is an error or an
// answer, and what is shown of an answer has no control characters.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "answers.h"
#include "difference.h"
#include "junit.h"
#include "printable.h"
#include "qmforge/fuzz/wrong_answer.h"
#include "support/lines.h"

namespace {

using namespace qmforge;
using fuzz::wrong_answer;
using tools::Json;

/// Results that a set expects.
const std::array<Json, 2>& expected_results() {
  static const std::array<Json, 2> results = {
      Json::parse(R"({"label": "a", "verdict": "invalid", "canonical": true, "event": {"failureErrorCode": 1,
        "failureErrorName": null, "localSubNet": null, "sids": [{"sid": "S-1-5", "attributes": 7}], "qmFilterId": "1"},
        "findings": [{"rule": "qm-state-range", "severity": "error", "field": "qmState", "message": "m"}],
        "error": null})"),
      Json::parse(R"({"label": "a", "verdict": "malformed", "canonical": null, "event": null, "findings": [],
        "error": {"code": "truncated", "offset": 36, "field": "qmFilterId", "message": "m"}})")};
  return results;
}

/// Control characters of ASCII, of ISO 8859 (in UTF-8), and those that reorder text.
bool controls_a_terminal(std::string_view text) {
  constexpr std::array<std::string_view, 7> sequences = {"\xe2\x80\xaa", "\xe2\x80\xab", "\xe2\x80\xac", "\xe2\x80\xad",
                                                         "\xe2\x80\xae", "\xe2\x81\xa6", "\xe2\x81\xa9"};
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == 0x7f) return true;
    if (c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0) return true;
  }
  return std::ranges::any_of(sequences, [&](auto each) { return text.find(each) != std::string_view::npos; });
}

void check_shown(const std::string& text) {
  if (controls_a_terminal(tools::printable(text))) wrong_answer("answer-control", tools::printable(text));
  std::string xml = tools::xml_text(text);
  std::erase(xml, '\n');
  if (controls_a_terminal(xml) || xml.find_first_of("<>\"") != std::string::npos) wrong_answer("answer-xml", xml);
}

void check_line(std::string_view line) {
  check_shown(std::string(line));
  auto answer = tools::parse_answer(line);
  if (!answer) return;
  constexpr std::array<std::string_view, 5> verdicts = {"valid", "invalid", "malformed", "accepted", "skipped"};
  const auto verdict = (*answer)["verdict"].get<std::string>();
  if (std::ranges::find(verdicts, verdict) == verdicts.end()) wrong_answer("answer-verdict", std::string(line));
  check_shown((*answer)["label"].get<std::string>());
  if (line.starts_with('{')) {  // words may be any bytes
    const auto again = tools::parse_answer(answer->dump());
    if (!again || *again != *answer) wrong_answer("answer-round-trip", answer->dump());
  }
  for (const Json& expected : expected_results()) {
    const auto partial = tools::find_difference(expected, *answer);
    const auto full = tools::find_difference(expected, *answer, tools::Completeness::full);
    if (partial && !full) wrong_answer("answer-strict", "only a partial answer differs: " + std::string(line));
    if (!partial && verdict != expected["verdict"].get<std::string>())
      wrong_answer("answer-difference", std::string(line));
    if (full) check_shown(full->to_string());
    if (tools::find_difference(expected, expected, tools::Completeness::full))
      wrong_answer("answer-difference", "a result differs from itself");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  qmforge::fuzz::for_each_line(data, size, check_line);
  return 0;
}
