#include "console.h"

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <system_error>

#include "platform.h"
#include "printable.h"

namespace qmforge::tools {
namespace {

constexpr std::size_t buffer_size = 1U << 16;

}  // namespace

void Console::print(std::string_view text) {
  waiting_ += text;
  if (waiting_.size() >= buffer_size) flush();
}

void Console::flush() {
  std::string_view rest = waiting_;
  while (!rest.empty()) {
    const std::ptrdiff_t written = write_some(standard_output, rest.data(), rest.size());
    if (written < 0) {
      const int reason = errno;
      waiting_.clear();
      throw OutputFailure("cannot write to standard output: " + std::generic_category().message(reason));
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  waiting_.clear();
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
