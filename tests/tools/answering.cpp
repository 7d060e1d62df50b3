// A program that answers in the protocol of `qmforge conform`. Its argument selects how:
//
//   json        the output of `qmforge decode --json`
//   words       LABEL VERDICT [CODE]
//   accepted    words; an input that decodes is not validated
//   skip-ndr64  json; NDR64 is skipped
//   accept-all  words; every input is valid (a bug)
//   no-offset   json; the offset of every error is 0 (a bug)
//   low-half    json; qmFilterId is truncated to 32 bits (a bug)
//   deaf        answers only every second input (a bug)
//   babbling    json, and other lines between the answers
//   dies        words; ends with status 3 after ten answers
//   crashes     words; ends by SIGSEGV after ten answers
//   hangs       words; hangs after ten answers, as does a process that it started
//   never-ends  words; does not end after the end of its input
//   floods      endless output without a line feed
//   skips-all   every input is skipped
//   more        words; repeats each answer at the end (a bug)
//   other-label words; the third answer has another label (a bug)
//   terminal    words, and lines with control characters
//   backwards   json with findings in the reverse order
//   no-findings json without "findings"
//   buffers     words, after it has read everything
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#ifndef _WIN32
#include <unistd.h>

#include <csignal>
#endif

#include "qmforge/qmforge.h"

namespace {

using namespace qmforge;

std::vector<std::byte> bytes_of(const std::string& hex) {
  std::vector<std::byte> bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes.push_back(static_cast<std::byte>(std::stoul(hex.substr(i, 2), nullptr, 16)));
  return bytes;
}

// The objects between the brackets of an array, the last one first.
std::string reversed(const std::string& objects) {
  std::vector<std::string> all;
  for (std::size_t begin = 0; begin < objects.size();) {
    const std::size_t end = objects.find('}', begin) + 1;
    all.push_back(objects.substr(begin, end - begin));
    begin = end + 2;
  }
  std::string text;
  for (auto each = all.rbegin(); each != all.rend(); ++each) text += (text.empty() ? "" : ", ") + *each;
  return text;
}

std::string answer(const std::string& manner, const std::string& label, Format format, Revision revision,
                   const std::vector<std::byte>& bytes) {
  Result result{.label = label,
                .format = format,
                .revision = revision,
                .report = {decode(bytes, {format, revision}), {}},
                .canonical = {}};
  if (result.report.event && manner == "low-half") result.report.event->qmFilterId &= 0xffffffff;
  if (result.report.event) result.report.findings = validate(*result.report.event);
  if (!result.report.event && manner == "no-offset") result.report.event.error().offset = 0;
  if (manner == "accept-all") return label + " valid";
  if (manner == "skip-ndr64" && format == Format::ndr64) return label + " skipped";
  if (manner == "accepted" && result.report.event) return label + " accepted";
  if (manner == "skips-all") return label + " skipped";
  const std::vector<std::string> with_json = {"json",     "skip-ndr64", "no-offset", "low-half",
                                              "babbling", "deaf",       "backwards", "no-findings"};
  if (std::ranges::find(with_json, manner) == with_json.end())
    return label + ' ' + std::string(to_string(result.report.verdict())) +
           (result.report.event ? "" : ' ' + std::string(to_string(result.report.event.error().code)));
  // An answer may lack "canonical", which only an encoder knows.
  std::string json = to_json(result);
  const std::string canonical = "\"canonical\": null, ";
  json.erase(json.find(canonical), canonical.size());
  const std::size_t begin = json.find("\"findings\": [") + 13;
  const std::size_t end = json.rfind("], \"error\"");
  if (manner == "backwards") json.replace(begin, end - begin, reversed(json.substr(begin, end - begin)));
  if (manner == "no-findings") json.erase(begin - 13, end + 3 - (begin - 13));
  return json;
}

#ifndef _WIN32
[[noreturn]] void wait_for_ever() {
  for (;;) ::pause();
}

// Another process that holds our output open; its number goes to the file that the environment names.
void start_companion() {
  const pid_t companion = ::fork();
  if (companion == 0) wait_for_ever();
  if (const char* const path = std::getenv("COMPANION")) std::ofstream(path) << companion;
}

void misbehave(const std::string& manner) {
  if (manner == "crashes") {
    std::signal(SIGSEGV, SIG_DFL);
    std::raise(SIGSEGV);
  }
  if (manner == "hangs") {
    start_companion();
    wait_for_ever();
  }
}
#endif

}  // namespace

int main(int argc, char** argv) {
  const std::string manner = argc > 1 ? argv[1] : "json";
  if (manner == "floods")
    for (;;) std::cout << std::string(1 << 16, 'x') << std::flush;
  std::size_t count = 0;
  std::vector<std::string> answers;
  for (std::string line; std::getline(std::cin, line); ++count) {
    std::istringstream words(line);
    std::string label;
    std::string format;
    std::string revision;
    std::string hex;
    words >> label >> format >> revision >> hex;
    if (manner == "deaf" && count % 2 == 1) continue;
    if (manner == "dies" && count == 10) return 3;
#ifndef _WIN32
    if (count == 10) {
      std::cout.flush();
      misbehave(manner);
    }
#endif
    if (manner == "babbling" && count % 100 == 0) std::cout << "hello\n\n{\"label\": 1}\n";
    if (manner == "terminal" && count % 100 == 0)
      std::cout << "\x1b[31m \xe2\x80\xae \xc2\x9b"
                   "2J\n";
    if (manner == "other-label" && count == 2) label = "other";
    answers.push_back(answer(manner, label, format_from_name(format).value(),
                             revision == "1" ? Revision::r1 : Revision::r0, bytes_of(hex)));
    if (manner != "buffers") std::cout << answers.back() << '\n';
  }
  if (manner == "more" || manner == "buffers")
    for (const std::string& each : answers) std::cout << each << '\n';
#ifndef _WIN32
  std::cout.flush();
  if (manner == "never-ends") wait_for_ever();
#endif
}
