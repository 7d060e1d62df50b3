#include "console.h"

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <system_error>
#include <utility>

#include "platform.h"
#include "printable.h"

namespace qmforge::tools {
namespace {

constexpr std::size_t buffer_size = 1U << 16;

void write_output(std::string_view text) {
  while (!text.empty()) {
    const std::ptrdiff_t written = write_some(standard_output, text.data(), text.size());
    if (written < 0) throw OutputFailure("cannot write to standard output: " + std::generic_category().message(errno));
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

void Console::print(std::string_view text) {
  if (text.size() >= buffer_size) {  // large texts are not copied
    flush();
    write_output(text);
    return;
  }
  waiting_ += text;
  if (waiting_.size() >= buffer_size) flush();
}

void Console::flush() {
  const std::string text = std::exchange(waiting_, {});
  write_output(text);
}

void Console::report_error(std::string_view sentence) {
  raise(ExitCode::error);
  flush();
  const std::string line = "qmforge: " + printable(sentence) + '\n';
  std::fputs(line.c_str(), stderr);
}

bool Console::has_colours() const {
  const char* const no_color = environment("NO_COLOR");
  const bool is_off = no_color != nullptr && *no_color != '\0';
  return !is_off && is_colour_terminal(standard_output);
}

}  // namespace qmforge::tools
