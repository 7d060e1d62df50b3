// qmforge conform: any program against a labelled set. The protocol is docs/conformance.md's.
#include <cerrno>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "child.h"
#include "command_line.h"
#include "commands.h"
#include "disagreements.h"
#include "expected_failures.h"
#include "hex_line.h"
#include "manifest.h"
#include "qmforge/names.h"

namespace qmforge::tools {
namespace {

using nlohmann::json;

struct Settings {
  std::string directory;
  std::vector<std::string> command;
  std::string expected_failures;
  std::string failures;
};

std::ofstream open_for_writing(const std::filesystem::path& path) {
  errno = 0;
  std::ofstream stream(path, std::ios::binary);
  if (!stream) throw Failure("cannot write " + path.string() + ": " + std::generic_category().message(errno));
  return stream;
}

void close(std::ofstream& stream, const std::filesystem::path& path) {
  errno = 0;
  stream.close();
  if (!stream) throw Failure("cannot write " + path.string() + ": " + std::generic_category().message(errno));
}

// One line for each input: `LABEL FORMAT REVISION HEX`.
void write_inputs(const Settings& settings, const std::filesystem::path& path) {
  std::ofstream stream = open_for_writing(path);
  Manifest manifest(settings.directory);
  for (ManifestLine line; manifest.next(line);) {
    std::string head = line.label + ' ';
    head.append(to_string(line.format)).append(line.revision == Revision::r0 ? " 0" : " 1");
    stream << hex_line(head, line.bytes);
  }
  close(stream, path);
}

// The answer that a line holds: an object, or `LABEL VERDICT [CODE]`. Nothing for what is neither.
std::optional<json> parse_answer(std::string_view line) {
  if (line.starts_with('{')) {
    json answer = parse_json(line);
    const bool whole = answer.is_object() && answer.contains("label") && answer["label"].is_string() &&
                       answer.contains("verdict") && answer["verdict"].is_string();
    return whole ? std::optional(std::move(answer)) : std::nullopt;
  }
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < line.size();) {
    const std::size_t end = std::min(line.find(' ', begin), line.size());
    if (end != begin) words.emplace_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  if (words.size() < 2 || words.size() > 3) return std::nullopt;
  json answer = {{"label", words[0]}, {"verdict", words[1]}};
  if (words.size() == 3) answer["error"] = {{"code", words[2]}};
  return answer;
}

// The answers, each asked for by the label that is next in the set.
class Answers {
 public:
  Answers(const std::filesystem::path& path, Console& console)
      : console_(console), input_(path.string()), lines_(input_, [] {}) {}

  // The answer to the input of that label, or nothing: then what was answered belongs to an input further on.
  [[nodiscard]] std::optional<json> take(const std::string& label) {
    std::string_view line;
    while (!waiting_ && lines_.next(line)) {
      waiting_ = parse_answer(line);
      if (!waiting_) console_.complain("an answer that is none: " + std::string(line.substr(0, 120)));
    }
    if (!waiting_ || (*waiting_)["label"] != label) return std::nullopt;
    return std::exchange(waiting_, std::nullopt);
  }

 private:
  Console& console_;
  Input input_;
  LineReader lines_;
  std::optional<json> waiting_;
};

// What is wrong with an answer. `accepted` is the verdict of those who decode and do not judge.
std::string difference(const json& expected, json answer) {
  if (answer["verdict"] == "accepted" && expected["verdict"] != "malformed") answer["verdict"] = expected["verdict"];
  return first_difference(expected, answer);
}

void conform(const Settings& settings, Console& console) {
  ExpectedFailures expected_failures;
  if (!settings.expected_failures.empty()) expected_failures = ExpectedFailures(settings.expected_failures);
  std::optional<std::ofstream> failures;
  if (!settings.failures.empty()) failures = open_for_writing(settings.failures);

  const TemporaryFolder folder;
  const std::filesystem::path inputs = folder.path() / "inputs.txt";
  const std::filesystem::path output = folder.path() / "answers.txt";
  write_inputs(settings, inputs);
  const int status = run_child(settings.command, inputs, output);
  if (status != 0) console.complain(settings.command[0] + " ended with status " + std::to_string(status));

  Disagreements disagreements(console);
  std::size_t skipped = 0;
  Answers answers(output, console);
  Manifest manifest(settings.directory);
  for (ManifestLine line; manifest.next(line);) {
    std::optional<json> answer = answers.take(line.label);
    if (answer && (*answer)["verdict"] == "skipped") {
      ++skipped;
      continue;
    }
    const std::string wrong = answer ? difference(line.expected, std::move(*answer)) : "no answer";
    const bool listed = expected_failures.judge(line.label, !wrong.empty()) && !wrong.empty();
    disagreements.add(line.label, input_class(line.fault, line.expected["verdict"].get<std::string>()), line.format,
                      wrong, listed);
    if (failures && !wrong.empty()) *failures << line.label << '\n';
  }
  if (failures) close(*failures, settings.failures);
  disagreements.report();
  if (skipped != 0) console.print(std::to_string(skipped) + " skipped\n");
  if (expected_failures.failures() != 0)
    console.print(std::to_string(expected_failures.failures()) + " failures were expected\n");
  for (const std::string& falsehood : expected_failures.falsehoods()) {
    console.print(settings.expected_failures + ": " + falsehood + '\n');
    console.raise(Status::bad);
  }
}

}  // namespace

void add_conform(Command program, Console& console) {
  Command command = program.add_command("conform", "Hold any program against a labelled set");
  const auto settings = std::make_shared<Settings>();
  command.add_option("DIR", settings->directory, "A set that simulate wrote").required();
  command.add_option("COMMAND", settings->command, "The program and its arguments, after --").required();
  command
      .add_option("--expected-failures", settings->expected_failures,
                  "Labels that may fail, one a line, * for any characters; each must indeed fail")
      .value_name("FILE");
  command.add_option("--failures", settings->failures, "Write the labels that fail there, one a line")
      .value_name("FILE");
  command.add_footer(
      "COMMAND reads lines `LABEL FORMAT REVISION HEX` and answers each, in order, with a line: the JSON of\n"
      "`qmforge decode --json`, of which it may leave out all but label and verdict, or `LABEL VERDICT [CODE]`. A "
      "verdict\n"
      "is valid, invalid, malformed, accepted (it decodes; not judged) or skipped.\n"
      "Exit status: 0 it conforms, 1 it does not or a listed failure is none, 2 something could not be read or run.\n"
      "\n"
      "Examples:\n"
      "  qmforge conform set -- ./my_decoder\n"
      "  qmforge conform set --expected-failures known.txt -- python3 my_decoder.py");
  command.set_action([settings, &console] { conform(*settings, console); });
}

}  // namespace qmforge::tools
