#include "platform.h"

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#include <windows.h>
#else
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#endif

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <initializer_list>
#include <string_view>

namespace qmforge::tools {

#ifdef _WIN32

namespace {
constexpr std::size_t most_at_once = 1U << 30;  // the size is an int there
}

void prepare_streams() noexcept {
  _setmode(standard_input, _O_BINARY);
  _setmode(standard_output, _O_BINARY);
}

int open_for_reading(const char* path) noexcept { return _open(path, _O_RDONLY | _O_BINARY); }
void close_file(int file) noexcept { _close(file); }

std::ptrdiff_t read_some(int file, void* into, std::size_t size) noexcept {
  return _read(file, into, static_cast<unsigned>(std::min(size, most_at_once)));
}
std::ptrdiff_t write_some(int file, const void* from, std::size_t size) noexcept {
  return _write(file, from, static_cast<unsigned>(std::min(size, most_at_once)));
}

bool is_colour_terminal(int file) noexcept {
  if (_isatty(file) == 0) return false;
  auto* const console = reinterpret_cast<HANDLE>(_get_osfhandle(file));
  DWORD mode = 0;
  return GetConsoleMode(console, &mode) != 0 &&
         SetConsoleMode(console, mode | 0x0004 /* ENABLE_VIRTUAL_TERMINAL_PROCESSING */) != 0;
}

#else

void prepare_streams() noexcept {
  for (const int signal : {SIGPIPE, SIGXFSZ}) static_cast<void>(std::signal(signal, SIG_IGN));
  for (const int file : {standard_input, standard_output, standard_error}) {
    // NOLINTBEGIN(cppcoreguidelines-pro-type-vararg): that is how POSIX has them
    if (::fcntl(file, F_GETFD) < 0) ::open("/dev/null", file == standard_input ? O_WRONLY : O_RDONLY);
    // NOLINTEND(cppcoreguidelines-pro-type-vararg)
  }
}

int open_for_reading(const char* path) noexcept {
  return ::open(path, O_RDONLY | O_CLOEXEC);  // NOLINT(cppcoreguidelines-pro-type-vararg): that is how POSIX has it
}
void close_file(int file) noexcept { ::close(file); }

std::ptrdiff_t read_some(int file, void* into, std::size_t size) noexcept {
  std::ptrdiff_t count = ::read(file, into, size);
  while (count < 0 && errno == EINTR) count = ::read(file, into, size);
  return count;
}
std::ptrdiff_t write_some(int file, const void* from, std::size_t size) noexcept {
  std::ptrdiff_t count = ::write(file, from, size);
  while (count < 0 && errno == EINTR) count = ::write(file, from, size);
  return count;
}

bool is_colour_terminal(int file) noexcept {
  const char* const terminal = environment("TERM");
  return ::isatty(file) == 1 && terminal != nullptr && std::string_view(terminal) != "dumb";
}

#endif

const char* environment(const char* name) noexcept {
  return std::getenv(name);  // NOLINT(concurrency-mt-unsafe): there is one thread, and it sets none
}

}  // namespace qmforge::tools
