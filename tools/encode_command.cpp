// qmforge encode: encodes events from JSON, which may be written by hand.
#include <fmt/format.h>

#include <cstddef>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "command_line.h"
#include "commands.h"
#include "hex_line.h"
#include "input.h"
#include "json_texts.h"
#include "options.h"
#include "qmforge/explain.h"
#include "qmforge/json.h"
#include "qmforge/sim/encode.h"
#include "qmforge/validate.h"

namespace qmforge::tools {
namespace {

struct EncodeSettings {
  sim::EncodeOptions encoding;
  Revision revision = Revision::r0;
  bool hex = false;
  bool check = false;
  std::vector<std::string> files;
};

class Encoding {
 public:
  Encoding(const EncodeSettings& settings, Console& console) : settings_(settings), console_(console) {}

  void run() {
    for (const std::string& file : settings_.files) {
      try {
        Input input(file);
        read_texts(input);
      } catch (const Failure& failure) {
        console_.report_error(failure.what());
      }
    }
    if (!settings_.hex && !settings_.check) print_bytes();
  }

 private:
  void read_texts(Input& input) {
    LineReader lines(input, [this] { console_.flush(); });
    JsonTexts texts(lines);
    for (std::string_view text; next(texts, lines, text);) {
      place_ = fmt::format("{}:{}", input.name(), texts.line());
      storage_.release();
      auto read = from_json(text, settings_.revision, storage_);
      if (!read) {
        report_error(read.error().field, read.error().message);
        continue;
      }
      if (read->label.empty()) read->label = place_;
      encode(*read);
    }
  }

  // The next text; reports what is wrong between the texts.
  bool next(JsonTexts& texts, const LineReader& lines, std::string_view& text) {
    for (;;) {
      try {
        return texts.next(text);
      } catch (const Failure& failure) {
        console_.report_error(failure.what());
        if (lines.has_failed()) return false;
      }
    }
  }

  void encode(const LabelledEvent& labelled) {
    if (const auto encoded = sim::encode(labelled.event, settings_.encoding, bytes_); !encoded) {
      const std::string path = encoded.error().field.to_string();
      report_error(path.empty() ? "event" : "event." + path,
                   "cannot be encoded: " + std::string(message(encoded.error().code)));
    } else if (settings_.check) {
      print_findings(labelled);
    } else if (!settings_.hex) {
      ++events_;
    } else if (!is_label(labelled.label)) {
      report_error(
          "label",
          "must be one word of printable characters that does not begin with #, because it begins a line of --hex");
    } else {
      console_.print(hex_line(labelled.label, bytes_));
    }
  }

  void print_findings(const LabelledEvent& labelled) {
    const Findings findings = validate(labelled.event);
    if (findings.has_error()) console_.raise(ExitCode::mismatch);
    for (const Finding& finding : findings)
      console_.print(fmt::format("{}: {}: event.{}: {} [{}]\n", place_, to_string(severity(finding.rule)),
                                 finding.field.to_string(), explain(finding, labelled.event), to_string(finding.rule)));
  }

  void report_error(std::string_view field, std::string_view what) {
    console_.report_error(fmt::format("{}: {} {}", place_, field.empty() ? "the text" : field, what));
  }

  // Without --hex: the bytes of the only event.
  void print_bytes() {
    if (console_.exit_code() != ExitCode::ok) return;
    if (events_ != 1)
      throw Failure(fmt::format("{} events; expected 1, or --hex, which prints each as a line", events_));
    console_.print(std::string_view(reinterpret_cast<const char*>(bytes_.data()), bytes_.size()));
  }

  const EncodeSettings& settings_;
  Console& console_;
  std::pmr::monotonic_buffer_resource storage_;
  std::vector<std::byte> bytes_;
  std::string place_;  // `FILE:LINE` of the text
  std::size_t events_ = 0;
};

}  // namespace

void add_encode(Command program, Console& console) {
  Command command = program.add_command("encode", "Encode events that are given as JSON");
  const auto settings = std::make_shared<EncodeSettings>();
  add_format(command, settings->encoding.format);
  add_revision(command, settings->revision);
  const Option base = add_base(command, settings->encoding.image_base);
  const Option hex =
      command.add_flag("--hex", settings->hex, "Print lines `label hexbytes`; without it, the bytes of the only event");
  command
      .add_flag("--check", settings->check,
                "Print problems instead of bytes: wrong JSON, events that have no encoding, broken rules")
      .excludes(hex);
  command.add_option("FILE", settings->files, "The JSON files to read; - is standard input").required();
  command.add_footer(
      "An event is {\"label\": ..., \"event\": {...}}, as `qmforge decode --json` prints it, or the event alone.\n"
      "The input is one event a line, pretty-printed events, or an array. \"revision\" in an object takes precedence\n"
      "over --revision; encode ignores the other members of a result. failureErrorName can replace failureErrorCode,\n"
      "and numbers can replace the names of enumerations. encode reports an event that it cannot read or encode, with\n"
      "the member that is wrong, and continues with the next.\n"
      "Exit status: 0 all events are encoded, 1 --check found a broken rule, 2 an event or a file cannot be read, or\n"
      "an event cannot be encoded.\n"
      "\n"
      "Examples:\n"
      "  qmforge encode --format ndr64 --hex fixtures.jsonl\n"
      "  qmforge encode --check fixtures.json\n"
      "  qmforge decode --json event.bin | qmforge encode --format native64 - > memory.bin");
  command.set_action([settings, base, &console] {
    check_base(base, settings->encoding.format, settings->encoding.image_base);
    Encoding(*settings, console).run();
  });
}

}  // namespace qmforge::tools
