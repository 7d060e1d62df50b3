// qmforge decode: decodes and validates events, and shows which byte breaks which rule.
#include <fmt/format.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "command_line.h"
#include "commands.h"
#include "input.h"
#include "labelled_lines.h"
#include "options.h"
#include "print_result.h"
#include "qmforge/decode.h"
#include "qmforge/explain.h"
#include "qmforge/json.h"
#include "qmforge/names.h"
#include "readings.h"
#include "result.h"

namespace qmforge::tools {
namespace {

constexpr std::uint64_t mebibyte = 1U << 20;

struct DecodeSettings {
  DecodeOptions decoding;
  bool tries_formats = false;  // --format auto
  bool json = false;
  bool hex = false;
  bool strict = false;
  std::uint64_t max_size = 64;  // MiB
  std::vector<std::string> files;
};

// Whether an input is the manifest of a set rather than one event.
bool is_manifest(Input& input) {
  const std::string beginning = R"({"label")";
  return input.starts_with(beginning) || input.starts_with(std::string(byte_order_mark) + beginning);
}

class Decoding {
 public:
  Decoding(const DecodeSettings& settings, Console& console)
      : settings_(settings), console_(console), style_{.colours = !settings.json && console.has_colours()} {}

  void run() {
    for (const std::string& file : settings_.files) {
      try {
        Input input(file);
        if (settings_.hex || is_manifest(input)) {
          read_lines(input);
        } else {
          input.read_all(bytes_);
          print(input.name(), bytes_, settings_.decoding, settings_.tries_formats);
        }
      } catch (const Failure& failure) {
        console_.report_error(failure.what());
      }
    }
  }

 private:
  void read_lines(Input& input) {
    LineReader reader(input, [this] { console_.flush(); });
    LabelledLines lines(input, reader);
    LabelledBytes line;
    while (true) {
      try {
        if (!lines.next(line)) return;
      } catch (const Failure& failure) {
        console_.report_error(failure.what());
        if (reader.has_failed()) return;
        continue;
      }
      DecodeOptions options = settings_.decoding;
      options.format = line.format.value_or(options.format);
      options.revision = line.revision.value_or(options.revision);
      print(line.label, line.bytes, options, settings_.tries_formats && !line.format);
    }
  }

  void print(std::string_view label, std::span<const std::byte> bytes, DecodeOptions options, bool tries_formats) {
    if (tries_formats) options = guess(bytes, options).value_or(options);
    Result result = result_of(label, bytes, options);
    const bool is_good =
        result.report.verdict() == Verdict::valid && !(settings_.strict && !result.report.findings.empty());
    if (!is_good) console_.raise(ExitCode::mismatch);

    text_.clear();
    if (!settings_.json) {
      if (!first_) text_ += '\n';
      print_result(text_, result, bytes, options, style_);
    } else if (!print_json(result, bytes, options)) {
      return;
    }
    first_ = false;
    console_.print(text_);
  }

  bool print_json(Result& result, std::span<const std::byte> bytes, const DecodeOptions& options) {
    std::string message;
    if (!result.report.event) result.error_message = message = explain(result.report.event.error(), bytes, options);
    if (append_json(text_, result, settings_.max_size * mebibyte)) {
      text_ += '\n';
      return true;
    }
    console_.report_error(fmt::format("{}: not printed: the event's JSON is larger than {} MiB (--max-size)",
                                      result.label, settings_.max_size));
    return false;
  }

  const DecodeSettings& settings_;
  Console& console_;
  Style style_;
  std::vector<std::byte> bytes_;
  std::string text_;
  bool first_ = true;
};

}  // namespace

void add_decode(Command program, Console& console) {
  Command command = program.add_command("decode", "Decode events and validate them");
  const auto settings = std::make_shared<DecodeSettings>();
  add_format(command, settings->decoding.format, &settings->tries_formats);
  add_revision(command, settings->decoding.revision);
  const Option base = add_base(command, settings->decoding.image_base);
  command.add_flag("--json", settings->json, "Print one JSON object a line");
  command.add_flag("--hex", settings->hex,
                   "Read text: lines `label hexbytes`, hex dumps, base64, or the manifest of a set");
  command
      .add_number("--max-size", settings->max_size, {1, 4096},
                  "With --json: do not print an event whose JSON is larger (default: 64); shared pointers can make "
                  "the JSON of a small memory image large")
      .value_name("MIB");
  command.add_flag("--strict", settings->strict, "Exit status 1 also if there are warnings");
  command.add_option("FILE", settings->files, "The files to read; - is standard input").required();
  command.add_footer(
      "A file holds one event. With --hex, each line holds one, or each hex dump (xxd, hexdump -C, Wireshark).\n"
      "Blanks, colons, commas and 0x may separate bytes; # and // begin a comment. The label of a line without a\n"
      "label is FILE:LINE. Lines of a manifest, and lines that `conform` sends, state their format and revision; a\n"
      "file that begins with {\"label\" is read as a manifest, also without --hex. --format auto tries every format\n"
      "and revision and prints the one that fits best. For a malformed input, decode prints the fields before the\n"
      "error and suggests options with which the input decodes. It reports a file or a line that it cannot read and\n"
      "continues with the next.\n"
      "Exit status: 0 all are valid, 1 some are invalid or malformed (--strict: or have warnings), 2 wrong usage or a\n"
      "file that cannot be read.\n"
      "\n"
      "Examples:\n"
      "  qmforge decode event.bin\n"
      "  qmforge decode --format native64 --base 0x7ff600001000 --revision 1 memory.bin\n"
      "  xxd event.bin | qmforge decode --hex --format auto -\n"
      "  qmforge decode --format ndr64 --hex --json vectors.txt | jq .verdict");
  command.set_action([settings, base, &console] {
    if (!settings->tries_formats) check_base(base, settings->decoding.format, settings->decoding.image_base);
    Decoding(*settings, console).run();
  });
}

}  // namespace qmforge::tools
