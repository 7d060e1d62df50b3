// qmforge show: inputs of a labelled set by their labels.
#include <memory>
#include <string>
#include <vector>

#include "command_line.h"
#include "commands.h"
#include "difference.h"
#include "hex_line.h"
#include "manifest.h"
#include "options.h"
#include "pattern.h"
#include "print_result.h"
#include "printable.h"
#include "qmforge/explain.h"
#include "qmforge/sim/labelled.h"
#include "result.h"

namespace qmforge::tools {
namespace {

struct ShowSettings {
  std::string directory;
  std::vector<std::string> labels;
  bool json = false;
  bool hex = false;
  bool unsealed = false;
};

void print_input(const ShowSettings& settings, const Manifest& manifest, const ManifestLine& line, Console& console) {
  if (settings.hex) return console.print(hex_line(line.label, line.bytes));
  const DecodeOptions options = {line.format, line.revision, sim::set_image_base};
  Result result = result_of(line.label, line.bytes, options);
  std::string message;
  if (!result.report.event) result.error_message = message = explain(result.report.event.error(), line.bytes, options);
  if (settings.json) return console.print(to_json(result) + '\n');
  std::string text;
  print_result(text, result, line.bytes, options, {.colours = console.has_colours()});
  if (!line.fault.empty()) text += "\n  fault: " + printable(line.fault) + '\n';
  if (const auto difference = find_difference(manifest.expected(line), parse_json(to_json(result)).value()))
    text += "\n  the set expects another result: " + printable(difference->to_string()) + '\n';
  console.print(text);
}

void show(const ShowSettings& settings, Console& console) {
  Manifest manifest(settings.directory, settings.unsealed ? Unsealed::accepted : Unsealed::rejected);
  std::vector<bool> found(settings.labels.size());
  bool is_first = true;
  for (ManifestLine line; manifest.next(line);) {
    bool selected = false;
    for (std::size_t i = 0; i < settings.labels.size(); ++i) {
      if (!matches(settings.labels[i], line.label)) continue;
      selected = found[i] = true;
    }
    if (!selected) continue;
    if (!is_first && !settings.json && !settings.hex) console.print("\n");
    is_first = false;
    print_input(settings, manifest, line, console);
  }
  for (std::size_t i = 0; i < settings.labels.size(); ++i)
    if (!found[i]) console.report_error(settings.directory + ": no input has the label '" + settings.labels[i] + '\'');
}

}  // namespace

void add_show(Command program, Console& console) {
  Command command = program.add_command("show", "Decode inputs of a labelled set, by their labels");
  const auto settings = std::make_shared<ShowSettings>();
  command.add_option("DIR", settings->directory, "A set that simulate wrote").required();
  command.add_option("LABEL", settings->labels, "Labels; * stands for any characters").required();
  const Option json = command.add_flag("--json", settings->json, "Print one JSON object a line");
  command.add_flag("--hex", settings->hex, "Print lines `label hexbytes`").excludes(json);
  add_unsealed(command, settings->unsealed);
  command.add_footer(
      "Prints the output of `qmforge decode`, the fault in the input, and the first difference from the result that\n"
      "the set expects, if there is one.\n"
      "Exit status: 0 printed, 2 a label is unknown, or the set is incomplete or altered, or cannot be read.\n"
      "\n"
      "Examples:\n"
      "  qmforge show set s1-000012-ndr20-r0-valid\n"
      "  qmforge show set '*-string-*' --hex");
  command.set_action([settings, &console] { show(*settings, console); });
}

}  // namespace qmforge::tools
