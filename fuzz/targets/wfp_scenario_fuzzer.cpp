// wfp_scenario_fuzzer: any text as a scenario of the fake WFP. It is run, or rejected with a sentence that names a
// line. With a comment before each line and a carriage return at its end, the result is the same, and so are the
// events.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "qmforge/fuzz/wrong_answer.h"
#include "qmforge/wfp/control.h"
#include "qmforge/wfp/fwpmu.h"
#include "wfp/seen.h"

namespace {

using namespace qmforge;

std::string_view first_word(std::string_view line) {
  constexpr std::string_view blanks = " \t\r";
  line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
  return line.substr(0, line.find_first_of(blanks));
}

/// Whether a line writes or reads files, ends the process, or may feed more events than a test of text needs.
bool is_left_out(std::string_view line) {
  const std::string_view word = first_word(line);
  if (word == "seed") return std::ranges::count_if(line, [](char c) { return c >= '0' && c <= '9'; }) > 4;
  constexpr std::array commands = {"labelled", "report", "trace", "exit", "exhaustive", "fail-every-call-site"};
  return std::ranges::find(commands, word) != commands.end();
}

struct Outcome {
  std::string error;
  std::vector<wfp::Seen> events;
};

/// The scenario's result, and the events that it logs, all of whose bytes are read.
Outcome outcome_of(const std::string& text) {
  wfp::reset();
  Outcome outcome;
  if (const auto result = wfp::run_scenario(text); !result) outcome.error = result.error();
  wfp::clear_failures();
  HANDLE session = nullptr;
  HANDLE enumeration = nullptr;
  FWPM_NET_EVENT5** entries = nullptr;
  UINT32 count = 0;
  FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &session);
  wfp::set_mode(wfp::Mode::largestBatch, false);  // 65,537 entries take a second
  FwpmNetEventCreateEnumHandle0(session, nullptr, &enumeration);
  FwpmNetEventEnum5(session, enumeration, 0xffffffff, &entries, &count);
  for (UINT32 i = 0; i < count; ++i) outcome.events.push_back(wfp::seen_of(*entries[i]));
  FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
  FwpmEngineClose0(session);
  if (!wfp::report().clean()) fuzz::wrong_answer("scenario-report", to_string(wfp::report()));
  wfp::reset();
  return outcome;
}

/// The error as it reads when every line has another one before it.
std::string with_doubled_line(const std::string& error, std::size_t lines) {
  constexpr std::string_view line = "line ";
  if (error.empty()) return error;
  const std::size_t colon = error.find(": ");
  if (!error.starts_with(line) || colon == std::string::npos || colon + 2 == error.size())
    fuzz::wrong_answer("scenario-error", "names no line: " + error);
  const unsigned long number = std::stoul(error.substr(line.size(), colon - line.size()));
  if (number == 0 || number > lines) fuzz::wrong_answer("scenario-error", "names a line that is not there: " + error);
  return "line " + std::to_string(2 * number) + error.substr(colon);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text;
  std::string commented;
  std::size_t lines = 0;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  bool follows_the_system = false;  // then times differ from run to run
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (is_left_out(line)) continue;
    ++lines;
    text += std::string(line) + "\n";
    commented += "  # event\n" + std::string(line) + " \r\n";
    if (first_word(line) == "clock") follows_the_system = follows_the_system || line.find("now") != line.npos;
  }
  const Outcome outcome = outcome_of(text);
  const Outcome again = outcome_of(commented);
  if (again.error != with_doubled_line(outcome.error, lines))
    fuzz::wrong_answer("scenario-lines", outcome.error + "\nwith comments: " + again.error);
  if (follows_the_system ? again.events.size() != outcome.events.size() : again.events != outcome.events)
    fuzz::wrong_answer("scenario-events", "other events with comments between the lines");
  return 0;
}
