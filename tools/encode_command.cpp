// qmforge encode: events that were written as JSON, by hand perhaps, as bytes.
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
#include "options.h"
#include "qmforge/json.h"
#include "qmforge/sim/encode.h"

namespace qmforge::tools {
namespace {

struct Settings {
  sim::EncodeOptions encoding;
  Revision revision = Revision::r0;
  bool hex = false;
  std::vector<std::string> files;
};

class Encoding {
 public:
  Encoding(const Settings& settings, Console& console) : settings_(settings), console_(console) {}

  void run() {
    check_base(settings_.encoding.format, settings_.encoding.image_base);
    for (const std::string& file : settings_.files) {
      try {
        Input input(file);
        read_lines(input);
      } catch (const Failure& failure) {
        console_.complain(failure.what());
      }
    }
    if (!settings_.hex) print_bytes();
  }

 private:
  void read_lines(Input& input) {
    LineReader lines(input, [this] { console_.flush(); });
    for (std::string_view line; lines.next(line);) {
      if (is_passed_over(line)) continue;
      storage_.release();
      const auto read = from_json(line, settings_.revision, storage_);
      if (!read) {
        complain(lines, read.error().field, read.error().message);
      } else if (settings_.hex && !is_label(read->label)) {
        complain(lines, "label", "must be one word that does not begin with #: it is to stand before the bytes");
      } else if (const auto encoded = sim::encode(read->event, settings_.encoding, bytes_); !encoded) {
        const std::string path = encoded.error().field.to_string();
        complain(lines, path.empty() ? "event" : "event." + path,
                 "cannot be encoded: " + std::string(message(encoded.error().code)));
      } else if (settings_.hex) {
        console_.print(hex_line(read->label, bytes_));
      } else {
        ++events_;
      }
    }
  }

  void complain(const LineReader& lines, std::string_view field, std::string_view what) {
    console_.complain(lines.place(std::string(field.empty() ? "the line" : field) + ' ' + std::string(what)));
  }

  // Without --hex: the bytes of the one event that there is.
  void print_bytes() {
    if (console_.status() != Status::good) return;
    if (events_ != 1)
      throw Failure("there are " + std::to_string(events_) +
                    " events; without --hex, which writes each as a line, there must be one");
    console_.print(std::string_view(reinterpret_cast<const char*>(bytes_.data()), bytes_.size()));
  }

  const Settings& settings_;
  Console& console_;
  std::pmr::monotonic_buffer_resource storage_;
  std::vector<std::byte> bytes_;
  std::size_t events_ = 0;
};

}  // namespace

void add_encode(Command program, Console& console) {
  Command command = program.add_command("encode", "Turn events in JSON into bytes");
  const auto settings = std::make_shared<Settings>();
  add_format(command, settings->encoding.format);
  add_revision(command, settings->revision);
  add_base(command, settings->encoding.image_base);
  command.add_flag("--hex", settings->hex, "Print lines `label hexbytes`; without it, the bytes of the only event");
  command.add_option("FILE", settings->files, "Lines of JSON; - is standard input").required();
  command.add_footer(
      "A line is {\"label\": ..., \"event\": {...}}, in the form that `qmforge decode --json` prints; \"revision\" in "
      "it\n"
      "goes before --revision, everything else is passed over. A line that is no event is reported, with the member "
      "that\n"
      "is wrong, and nothing is printed for it; the lines after it are read all the same.\n"
      "Exit status: 0 all is encoded, 2 something is not.\n"
      "\n"
      "Examples:\n"
      "  qmforge encode --format ndr64 --hex fixtures.jsonl\n"
      "  qmforge decode --json event.bin | qmforge encode --format native64 - > memory.bin");
  command.set_action([settings, &console] { Encoding(*settings, console).run(); });
}

}  // namespace qmforge::tools
