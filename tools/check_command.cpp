// qmforge check: our decoder and validator against a labelled set, one in a folder or one that is made on the spot.
#include <memory>
#include <string>

#include "command_line.h"
#include "commands.h"
#include "disagreements.h"
#include "manifest.h"
#include "progress.h"
#include "qmforge/json.h"
#include "qmforge/sim/sets.h"
#include "result.h"
#include "set_options.h"

namespace qmforge::tools {
namespace {

struct Settings {
  sim::SetOptions set;
  std::string directory;
};

// The set in a folder. Results are compared as JSON, so that nothing of ours reads what is expected.
void check_folder(const Settings& settings, Disagreements& disagreements) {
  Manifest manifest(settings.directory);
  Progress progress(0);
  for (ManifestLine line; manifest.next(line); progress.step()) {
    const std::string text =
        to_json(result_of(line.label, line.bytes, {line.format, line.revision, sim::set_image_base}));
    const std::string difference = first_difference(line.expected, parse_json(text));
    disagreements.add(line.label, input_class(line.fault, line.expected["verdict"].get<std::string>()), line.format,
                      difference);
  }
}

// The set that the options describe. Nothing is written, and results are compared as they are.
void check_made(const Settings& settings, Disagreements& disagreements) {
  Progress progress(sim::set_size(settings.set));
  sim::make_set(settings.set, [&](const sim::LabelledInput& labelled) {
    disagreements.add(
        labelled.label, input_class(labelled.fault, to_string(labelled.expected.verdict())), labelled.format,
        first_difference(labelled.result(), result_of(labelled.label, labelled.bytes,
                                                      {labelled.format, labelled.revision, sim::set_image_base})));
    progress.step();
  });
}

}  // namespace

void add_check(Command program, Console& console) {
  Command command = program.add_command("check", "Hold our decoder and validator against a labelled set");
  const auto settings = std::make_shared<Settings>();
  const Option directory = command.add_option("DIR", settings->directory,
                                              "A set that simulate wrote; without it, one is made and not written");
  add_set_options(command, settings->set);
  command.add_footer(
      "Prints the labels that ours disagrees with, the first ten, and a table by class and format.\n"
      "Exit status: 0 no disagreement, 1 some, 2 the set could not be read.\n"
      "\n"
      "Examples:\n"
      "  qmforge check set\n"
      "  qmforge check --exhaustive");
  command.set_action([settings, directory, command, &console] {
    if (directory.was_given())
      for (const std::string& option : command.given())
        if (option != "DIR") refuse("check", option + " is for a set that is made: leave DIR out");
    Disagreements disagreements(console);
    directory.was_given() ? check_folder(*settings, disagreements) : check_made(*settings, disagreements);
    disagreements.report();
  });
}

}  // namespace qmforge::tools
