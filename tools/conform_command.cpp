// qmforge conform: any program against a labelled set. docs/conformance.md describes the protocol.
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "answers.h"
#include "command_line.h"
#include "commands.h"
#include "conversation.h"
#include "disagreements.h"
#include "expected_failures.h"
#include "hex_line.h"
#include "interruption.h"
#include "manifest.h"
#include "options.h"
#include "output_file.h"
#include "pattern.h"
#include "printable.h"
#include "qmforge/names.h"

namespace qmforge::tools {
namespace {

struct ConformSettings {
  std::string directory;
  std::vector<std::string> command;
  std::string expected_failures;
  std::string failures;
  unsigned timeout = 30;
  bool strict = false;
  bool all_may_be_skipped = false;
  bool unsealed = false;
  ReportOptions report;

  [[nodiscard]] Manifest manifest() const {
    return Manifest(directory, unsealed ? Unsealed::accepted : Unsealed::rejected);
  }
};

// Responses that break the protocol: the first few are shown.
class ProtocolErrors {
 public:
  explicit ProtocolErrors(Console& console) : console_(console) {}

  void add(std::size_t line, const std::string& sentence) {
    if (++count_ <= shown) console_.report_error("response line " + std::to_string(line) + ": " + sentence);
  }
  void report() {
    if (count_ > shown) console_.report_error("... and " + std::to_string(count_ - shown) + " more such responses");
  }

 private:
  static constexpr std::size_t shown = 10;

  Console& console_;
  std::size_t count_ = 0;
};

std::string excerpt(std::string_view text) {
  constexpr std::size_t longest = 120;
  return std::string(text.substr(0, longest)) + (text.size() > longest ? "..." : "");
}

struct Answer {
  std::string label;
  Json result;               // null when is_expected
  bool is_expected = false;  // the line is exactly the expected result
};

// The program under test: writes it each input of the set, and reads its answers in the order of the set.
class TestedProgram {
 public:
  TestedProgram(const ConformSettings& settings, Console& console)
      : settings_(settings),
        inputs_(settings.manifest()),
        errors_(console),
        conversation_(settings.command, std::chrono::seconds(settings.timeout),
                      [this](std::string& text) { return add_input(text); }) {}

  // The answer to the input; nullopt if the next answer is to a later input, or if there are no more answers.
  [[nodiscard]] std::optional<Answer> take(const ManifestLine& input) {
    while (!waiting_) {
      const auto line = conversation_.next_line();
      if (!line) break;
      ++lines_;
      waiting_ = read(*line, input);
    }
    unanswered_.erase(input.label);
    if (!waiting_ || waiting_->label != input.label) return std::nullopt;
    return std::exchange(waiting_, std::nullopt);
  }

  // Reports output after the last answer as an error. Returns how the program ended as a sentence; empty for success.
  [[nodiscard]] std::string finish() {
    while (const auto line = conversation_.next_line())
      errors_.add(++lines_, "after the last answer: '" + excerpt(*line) + '\'');
    errors_.report();
    return conversation_.finish();
  }

 private:
  // `LABEL FORMAT REVISION HEX`
  bool add_input(std::string& text) {
    ManifestLine line;
    do
      if (!inputs_.next(line)) return false;
    while (!settings_.report.only.empty() && !matches(settings_.report.only, line.label));
    std::string head = line.label + ' ';
    head.append(to_string(line.format)).append(line.revision == Revision::r0 ? " 0" : " 1");
    text += hex_line(head, line.bytes);
    unanswered_.insert(std::move(line.label));
    return true;
  }

  // Parses an answer to this input or to a later one; reports any other line.
  [[nodiscard]] std::optional<Answer> read(std::string_view line, const ManifestLine& input) {
    if (!input.result_text().empty() && line.ends_with('}') && line.substr(0, line.size() - 1) == input.result_text()) {
      conversation_.accept_answer();
      return Answer{.label = input.label, .result = {}, .is_expected = true};
    }
    auto result = parse_answer(line);
    if (!result) {
      errors_.add(lines_, "malformed: '" + excerpt(line) + '\'');
      return std::nullopt;
    }
    auto label = (*result)["label"].get<std::string>();
    if (!unanswered_.contains(label)) {
      errors_.add(lines_, "unexpected label '" + excerpt(label) + "'; expected '" + input.label + '\'');
      return std::nullopt;
    }
    conversation_.accept_answer();
    return Answer{.label = std::move(label), .result = *std::move(result), .is_expected = false};
  }

  const ConformSettings& settings_;
  Manifest inputs_;
  std::unordered_set<std::string> unanswered_;  // labels of the inputs that were written
  ProtocolErrors errors_;
  std::size_t lines_ = 0;
  std::optional<Answer> waiting_;
  Conversation conversation_;
};

// Throws for a set that is incomplete or altered, before the program runs.
void verify(const ConformSettings& settings) {
  Manifest manifest = settings.manifest();
  for (ManifestLine line; manifest.next(line);) throw_if_interrupted();
}

std::optional<Difference> difference(const ConformSettings& settings, const Manifest& manifest,
                                     const ManifestLine& line, std::optional<Answer> answer) {
  if (!answer) return Difference{"no answer", "", ""};
  if (answer->is_expected) return std::nullopt;
  const Json expected = manifest.expected(line);
  Json& result = answer->result;
  if (settings.strict) return find_difference(expected, result, Completeness::full);
  if (result["verdict"] == "accepted" && expected["verdict"] != "malformed") result["verdict"] = expected["verdict"];
  return find_difference(expected, result);
}

void conform(const ConformSettings& settings, Console& console) {
  catch_interruptions();
  ExpectedFailures expected_failures;
  if (!settings.expected_failures.empty()) expected_failures = ExpectedFailures(settings.expected_failures);
  std::optional<OutputFile> failures;
  if (!settings.failures.empty()) failures.emplace(settings.failures);
  Disagreements disagreements("qmforge conform", settings.report, 0, console);
  verify(settings);

  TestedProgram program(settings, console);
  Manifest manifest = settings.manifest();
  for (ManifestLine line; manifest.next(line);) {
    if (!disagreements.selects(line.label)) continue;
    std::optional<Answer> answer = program.take(line);
    if (answer && !answer->is_expected && answer->result["verdict"] == "skipped" && !settings.strict) {
      disagreements.skip();
      continue;
    }
    Comparison compared{line.label,  input_class(line.fault, line.verdict),
                        line.format, line.revision,
                        line.bytes,  difference(settings, manifest, line, std::move(answer))};
    const bool failed = compared.difference.has_value();
    const bool listed = expected_failures.record(line.label, failed);
    disagreements.add(std::move(compared), listed);
    if (failures && failed) failures->write(line.label + '\n');
  }
  if (const std::string end = program.finish(); !end.empty()) console.report_error(end);
  if (failures) failures->finish();
  disagreements.report();
  if (disagreements.compared() == 0 && disagreements.skipped() != 0 && !settings.all_may_be_skipped) {
    console.print("every input was skipped, so nothing was compared (--allow-all-skipped accepts this)\n");
    console.raise(ExitCode::mismatch);
  }
  for (const std::string& violation : expected_failures.violations(settings.report.only.empty())) {
    console.print(printable(settings.expected_failures + ": " + violation) + '\n');
    console.raise(ExitCode::mismatch);
  }
}

}  // namespace

void add_conform(Command program, Console& console) {
  Command command = program.add_command("conform", "Check any program against a labelled set");
  const auto settings = std::make_shared<ConformSettings>();
  command.add_option("DIR", settings->directory, "A set that simulate wrote").required();
  command.add_option("COMMAND", settings->command, "The program and its arguments, after --").required();
  command
      .add_option("--expected-failures", settings->expected_failures,
                  "Labels whose inputs are expected to fail, one a line; * stands for any characters")
      .value_name("FILE");
  command.add_option("--failures", settings->failures, "Write the labels that fail, one a line").value_name("FILE");
  command
      .add_number("--timeout", settings->timeout, {1, 86400},
                  "The time limit for starting, for each answer and for ending (default: 30)")
      .value_name("SECONDS");
  command.add_flag("--strict", settings->strict,
                   "Compare every member: an answer with a missing member, `skipped` or `accepted` is wrong");
  command.add_flag("--allow-all-skipped", settings->all_may_be_skipped, "A program that skips every input conforms");
  add_report_options(command, settings->report);
  add_unsealed(command, settings->unsealed);
  command.add_footer(
      "COMMAND reads lines `LABEL FORMAT REVISION HEX` and answers each, in order, with one line: the JSON that\n"
      "`qmforge decode --json` prints, of which only label and verdict are required, or `LABEL VERDICT [CODE]`. The\n"
      "verdict is valid, invalid, malformed, accepted (it decodes; not validated) or skipped.\n"
      "Exit status: 0 COMMAND conforms, 1 an answer is wrong or an expected failure passes, 2 the set or a file\n"
      "cannot be read, or COMMAND cannot be started, fails, exceeds a limit or breaks the protocol.\n"
      "\n"
      "Examples:\n"
      "  qmforge conform set -- ./my_decoder\n"
      "  qmforge conform set --expected-failures known.txt --junit results.xml -- python3 my_decoder.py");
  command.set_action([settings, &console] { conform(*settings, console); });
}

}  // namespace qmforge::tools
