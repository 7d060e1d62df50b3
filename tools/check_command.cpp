// qmforge check: qmforge's decoder and validator against a labelled set, in a folder or generated.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "command_line.h"
#include "commands.h"
#include "disagreements.h"
#include "interruption.h"
#include "made_set.h"
#include "manifest.h"
#include "options.h"
#include "ordered_work.h"
#include "qmforge/json.h"
#include "qmforge/sim/sets.h"
#include "result.h"
#include "set_options.h"

namespace qmforge::tools {
namespace {

struct CheckSettings {
  sim::SetOptions set;
  std::string directory;
  bool unsealed = false;
  unsigned jobs = 1;
  ReportOptions report;
};

constexpr std::size_t lines_at_once = 256;

Comparison compare(const Manifest& manifest, ManifestLine& line) {
  const Result result = result_of(line.label, line.bytes, {line.format, line.revision, sim::set_image_base});
  const std::string ours = to_json(result);
  Comparison compared{line.label, input_class(line.fault, line.verdict), line.format, line.revision, {}, std::nullopt};
  // Nearly always both are the same text. Only what differs is parsed.
  if (line.result_text() == std::string_view(ours).substr(0, ours.size() - 1)) return compared;
  compared.difference = find_difference(manifest.expected(line), parse_json(ours).value());
  if (compared.difference) compared.bytes = std::move(line.bytes);
  return compared;
}

// Checks the set in a folder. Results are compared as JSON, so that qmforge's JSON reader is not involved.
void check_folder(const CheckSettings& settings, Disagreements& disagreements) {
  Manifest manifest(settings.directory, settings.unsealed ? Unsealed::accepted : Unsealed::rejected);
  using Lines = std::vector<ManifestLine>;
  const auto read = [&](Lines& lines) {
    ManifestLine line;
    throw_if_interrupted();
    while (lines.size() < lines_at_once && manifest.next(line))
      if (disagreements.selects(line.label)) lines.push_back(line);
    return !lines.empty();
  };
  const auto compare_all = [&](Lines& lines) {
    std::vector<Comparison> compared;
    for (ManifestLine& line : lines) compared.push_back(compare(manifest, line));
    return compared;
  };
  work_in_order<Lines>(settings.jobs, read, compare_all, [&](std::vector<Comparison> compared) {
    for (Comparison& each : compared) disagreements.add(std::move(each));
  });
}

Comparison compare(const sim::LabelledInput& labelled) {
  const Result expected = labelled.result();
  const Result ours =
      result_of(labelled.label, labelled.bytes, {labelled.format, labelled.revision, sim::set_image_base});
  Comparison compared{labelled.label,
                      input_class(labelled.fault, to_string(labelled.expected.verdict())),
                      labelled.format,
                      labelled.revision,
                      {},
                      std::nullopt};
  if (const std::string_view field = first_difference(expected, ours); !field.empty()) {
    compared.difference = find_difference(parse_json(to_json(expected)).value(), parse_json(to_json(ours)).value());
    if (!compared.difference) compared.difference = Difference{std::string(field), "", ""};
    compared.bytes = labelled.bytes;
  }
  return compared;
}

// Checks a generated set. Nothing is written, and results are compared as values.
void check_made(const CheckSettings& settings, Disagreements& disagreements) {
  make_in_order(
      settings.set, settings.jobs, [](const sim::LabelledInput& labelled) { return compare(labelled); },
      [&](Comparison compared) {
        throw_if_interrupted();
        if (disagreements.selects(compared.label)) disagreements.add(std::move(compared));
      });
}

}  // namespace

void add_check(Command program, Console& console) {
  Command command = program.add_command("check", "Check the decoder and the validator against a labelled set");
  const auto settings = std::make_shared<CheckSettings>();
  const Option directory =
      command.add_option("DIR", settings->directory, "A set that simulate wrote (default: make one, write nothing)");
  const Option exhaustive = add_set_options(command, settings->set);
  add_jobs(command, settings->jobs).excludes(exhaustive);
  add_report_options(command, settings->report);
  const Option unsealed = add_unsealed(command, settings->unsealed);
  command.add_footer(
      "Prints the first ten disagreements, with the expected and the actual value, and a table by class and format.\n"
      "Exit status: 0 no disagreement, 1 some, 2 the set is incomplete or altered, or cannot be read.\n"
      "\n"
      "Examples:\n"
      "  qmforge check set\n"
      "  qmforge check set --only '*-ndr64-*' --all --junit results.xml\n"
      "  qmforge check --exhaustive");
  command.set_action([settings, directory, unsealed, command, &console] {
    const std::vector<std::string> set_options = {"--seed", "--count",  "--exhaustive", "--valid",      "--malformed",
                                                  "--mix",  "--format", "--revision",   "--byte-order", "--shard"};
    if (directory.was_given())
      for (const std::string& option : command.given())
        if (std::ranges::find(set_options, option) != set_options.end())
          throw_usage_error("check", option + " has no effect on the set in DIR; leave one of them out");
    if (!directory.was_given() && unsealed.was_given())
      throw_usage_error("check", "--unsealed has no effect without DIR");
    check_set_options(settings->set);
    catch_interruptions();
    Disagreements disagreements("qmforge check", settings->report,
                                directory.was_given() ? 0 : sim::set_size(settings->set), console);
    directory.was_given() ? check_folder(*settings, disagreements) : check_made(*settings, disagreements);
    disagreements.report();
  });
}

}  // namespace qmforge::tools
