// qmforge decode: what events say, whether they are sound, and if not, which byte breaks which rule.
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "command_line.h"
#include "commands.h"
#include "hex_line.h"
#include "input.h"
#include "options.h"
#include "print_result.h"
#include "qmforge/decode.h"
#include "qmforge/json.h"
#include "result.h"

namespace qmforge::tools {
namespace {

struct Settings {
  DecodeOptions decoding;
  bool json = false;
  bool hex = false;
  std::vector<std::string> files;
};

class Decoding {
 public:
  Decoding(const Settings& settings, Console& console)
      : settings_(settings), console_(console), style_{.colours = !settings.json && console.has_colours()} {}

  void run() {
    check_base(settings_.decoding.format, settings_.decoding.image_base);
    for (const std::string& file : settings_.files) {
      try {
        Input input(file);
        if (settings_.hex) {
          read_lines(input);
        } else {
          input.read_all(bytes_);
          print(input.name());
        }
      } catch (const Failure& failure) {
        console_.complain(failure.what());
      }
    }
  }

 private:
  void read_lines(Input& input) {
    LineReader lines(input, [this] { console_.flush(); });
    for (std::string_view line; lines.next(line);) {
      if (is_passed_over(line)) continue;
      if (const auto label = parse_hex_line(line, bytes_)) {
        print(*label);
      } else {
        console_.complain(lines.place(label.error()));
      }
    }
  }

  // Decodes bytes_ and prints the result.
  void print(std::string_view label) {
    const Result result = result_of(label, bytes_, settings_.decoding);
    if (result.report.verdict() != Verdict::valid) console_.raise(Status::bad);

    std::string text;
    if (settings_.json) {
      text = to_json(result) + '\n';
    } else {
      if (!first_) text = "\n";
      print_result(text, result, bytes_, settings_.decoding, style_);
    }
    first_ = false;
    console_.print(text);
  }

  const Settings& settings_;
  Console& console_;
  Style style_;
  std::vector<std::byte> bytes_;
  bool first_ = true;
};

}  // namespace

void add_decode(Command program, Console& console) {
  Command command = program.add_command("decode", "Say what events say, and whether they are sound");
  const auto settings = std::make_shared<Settings>();
  add_format(command, settings->decoding.format);
  add_revision(command, settings->decoding.revision);
  add_base(command, settings->decoding.image_base);
  command.add_flag("--json", settings->json, "Print one JSON object a line");
  command.add_flag("--hex", settings->hex, "Read lines `label hexbytes`; # comments and blank lines are passed over");
  command.add_option("FILE", settings->files, "What to read; - is standard input").required();
  command.add_footer(
      "A file holds one event; with --hex, each line of it does. A file that cannot be read and a line that is no\n"
      "`label hexbytes` are reported and passed over.\n"
      "Exit status: 0 all are valid, 1 some are invalid or malformed, 2 wrong usage or a file that cannot be read.\n"
      "\n"
      "Examples:\n"
      "  qmforge decode event.bin\n"
      "  qmforge decode --format native64 --base 0x7ff600001000 --revision 1 memory.bin\n"
      "  qmforge decode --format ndr64 --hex --json vectors.txt | jq .verdict");
  command.set_action([settings, &console] { Decoding(*settings, console).run(); });
}

}  // namespace qmforge::tools
