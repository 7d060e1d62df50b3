// qmforge simulate: a labelled set, written to a folder.
#include <filesystem>
#include <memory>
#include <string>

#include "command_line.h"
#include "commands.h"
#include "progress.h"
#include "qmforge/sim/sets.h"
#include "set_options.h"
#include "set_writer.h"

namespace qmforge::tools {
namespace {

struct Settings {
  sim::SetOptions set;
  std::string directory;
  bool files = false;
  bool hex = false;
  bool replace = false;
};

void simulate(const Settings& settings, Console& console) {
  // A file for each of a million inputs serves nobody.
  const bool in_files = settings.files || (!settings.hex && !settings.set.exhaustive);
  try {
    SetWriter writer(settings.directory, in_files ? SetWriter::Bytes::inFiles : SetWriter::Bytes::inManifest,
                     settings.replace);
    {
      Progress progress(sim::set_size(settings.set));
      sim::make_set(settings.set, [&](const sim::LabelledInput& labelled) {
        writer.add(labelled);
        progress.step();
      });
    }
    writer.finish();
    console.print(std::to_string(writer.size()) + " inputs in " + settings.directory + '\n');
  } catch (const std::filesystem::filesystem_error& error) {
    std::string sentence = error.what();
    constexpr std::string_view prefix = "filesystem error: ";
    if (sentence.starts_with(prefix)) sentence.erase(0, prefix.size());
    if (error.code() == std::errc::directory_not_empty && !settings.replace)
      sentence += " (--replace replaces a set that is there)";
    throw Failure(sentence);
  }
}

}  // namespace

void add_simulate(Command program, Console& console) {
  Command command = program.add_command("simulate", "Write inputs and what must be said of each");
  const auto settings = std::make_shared<Settings>();
  command.add_option("--out", settings->directory, "The folder to write; it must not hold anything yet")
      .required()
      .value_name("DIR");
  add_set_options(command, settings->set);
  const Option files = command.add_flag("--files", settings->files, "A file for each input (unless --exhaustive)");
  command.add_flag("--hex", settings->hex, "The bytes as hex in the manifest (when --exhaustive)").excludes(files);
  command.add_flag("--replace", settings->replace, "Replace the set that is in the folder");
  command.add_footer(
      "DIR/manifest.jsonl has a line for each input: label, format, revision, verdict, event, findings and error in\n"
      "the form of `qmforge decode --json`, then \"hex\" or \"file\", then \"fault\". The same version, options and "
      "seed\n"
      "give the same bytes on every system. DIR appears when it is complete.\n"
      "Exit status: 0 written, 2 not.\n"
      "\n"
      "Examples:\n"
      "  qmforge simulate --out set\n"
      "  qmforge simulate --out fixtures --seed 7 --count 20 --valid --format ndr64\n"
      "  qmforge simulate --out everything --exhaustive");
  command.set_action([settings, &console] { simulate(*settings, console); });
}

}  // namespace qmforge::tools
