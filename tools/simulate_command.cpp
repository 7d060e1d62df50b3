// qmforge simulate: a labelled set, written to a folder.
#include <memory>
#include <optional>
#include <string>

#include "command_line.h"
#include "commands.h"
#include "interruption.h"
#include "made_set.h"
#include "options.h"
#include "printable.h"
#include "progress.h"
#include "qmforge/sim/sets.h"
#include "set_options.h"
#include "set_writer.h"

namespace qmforge::tools {
namespace {

struct SimulateSettings {
  sim::SetOptions set;
  std::string directory;
  bool files = false;
  bool hex = false;
  bool replace = false;
  bool quiet = false;
  unsigned jobs = 1;
};

void simulate(const SimulateSettings& settings, Console& console) {
  catch_interruptions();
  // An exhaustive set has more than a million inputs: one file each would be too many.
  const bool in_files = settings.files || (!settings.hex && !settings.set.exhaustive);
  SetWriter writer(settings.directory, in_files ? SetWriter::Bytes::inFiles : SetWriter::Bytes::inManifest,
                   settings.replace);
  {
    std::optional<Progress> progress;
    if (!settings.quiet) progress.emplace(sim::set_size(settings.set));
    make_in_order(
        settings.set, settings.jobs, [&](const sim::LabelledInput& labelled) { return writer.render(labelled); },
        [&](const RenderedInput& input) {
          throw_if_interrupted();
          writer.add(input);
          if (progress) progress->step();
        });
  }
  if (const auto kept = writer.finish())
    console.report_error("the old set was replaced, but not removed from " + kept->folder.string() + ": " +
                         kept->reason);
  if (!settings.quiet)
    console.print(std::to_string(writer.size()) + " inputs in " + printable(settings.directory) + '\n');
}

}  // namespace

void add_simulate(Command program, Console& console) {
  Command command = program.add_command("simulate", "Write a labelled set: inputs and the expected result of each");
  const auto settings = std::make_shared<SimulateSettings>();
  command.add_option("--out", settings->directory, "The folder to write; it must not exist, or be empty")
      .required()
      .value_name("DIR");
  const Option exhaustive = add_set_options(command, settings->set);
  const Option files = command.add_flag("--files", settings->files, "A file for each input (default)");
  command.add_flag("--hex", settings->hex, "The bytes as hex in the manifest (default with --exhaustive)")
      .excludes(files);
  command.add_flag("--replace", settings->replace, "Replace the set in the folder, if it holds nothing else");
  command.add_flag("--quiet", settings->quiet, "Print errors only");
  add_jobs(command, settings->jobs).excludes(exhaustive);
  command.add_footer(
      "DIR/manifest.jsonl has a line for each input: label, format, revision, verdict, event, findings and error as\n"
      "`qmforge decode --json` prints them, then \"hex\" or \"file\", then \"fault\". A closing line has the number "
      "of\n"
      "inputs and a digest. The same version, options and seed give the same bytes on every system.\n"
      "DIR appears when the set is complete. If DIR is a symbolic link, its target is written.\n"
      "Exit status: 0 the set is written, 2 it is not.\n"
      "\n"
      "Examples:\n"
      "  qmforge simulate --out set\n"
      "  qmforge simulate --out fixtures --seed 7 --count 20 --valid --format ndr64\n"
      "  qmforge simulate --out everything --exhaustive");
  command.set_action([settings, &console] {
    check_set_options(settings->set);
    simulate(*settings, console);
  });
}

}  // namespace qmforge::tools
