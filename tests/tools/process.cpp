#include "process.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace qmforge::testing {
namespace {

int checked(int result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

void set_environment(const Environment& environment) {
  for (const std::string& variable : environment) {
    const std::size_t equals = variable.find('=');
    if (equals == std::string::npos) {
      ::unsetenv(variable.c_str());
    } else {
      ::setenv(variable.substr(0, equals).c_str(), variable.c_str() + equals + 1, 1);
    }
  }
}

// In the child: becomes the program. Never returns.
[[noreturn]] void become_program(const std::vector<std::string>& arguments, const Environment& environment) {
  set_environment(environment);
  std::vector<char*> argv = {const_cast<char*>("qmforge")};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  ::execv(program_path().c_str(), argv.data());
  ::_exit(127);
}

int wait_for(pid_t child) {
  int status = 0;
  checked(::waitpid(child, &status, 0), "waitpid");
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// Makes `file` the child's descriptor `as`; a negative file closes it.
void become_descriptor(int file, int as) {
  if (file < 0) {
    ::close(as);
  } else {
    ::dup2(file, as);
  }
}

pid_t start(const std::vector<std::string>& arguments, const Environment& environment, int in, int out, int err) {
  const pid_t child = checked(::fork(), "fork");
  if (child != 0) return child;
  become_descriptor(in, STDIN_FILENO);
  become_descriptor(out, STDOUT_FILENO);
  become_descriptor(err, STDERR_FILENO);
  become_program(arguments, environment);
}

int open_file(const std::string& path, int flags) {
  return checked(::open(path.c_str(), flags | O_CLOEXEC, 0600), path.c_str());
}

constexpr int for_writing = O_WRONLY | O_CREAT | O_TRUNC;

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    checked(::pipe2(ends.data(), O_CLOEXEC), "pipe2");
    read_end = ends[0];
    write_end = ends[1];
  }
  int read_end;
  int write_end;
};

// Runs with standard input and standard error in files. `output` is a path, or empty for a closed descriptor.
ProcessResult run_with_files(const TemporaryFolder& folder, const std::string& output,
                             const std::vector<std::string>& arguments, std::string_view input,
                             const Environment& environment) {
  const int in = open_file(folder.write("in", input), O_RDONLY);
  const int out = output.empty() ? -1 : open_file(output, for_writing);
  const int err = open_file(folder.path("err"), for_writing);
  ProcessResult run;
  run.status = wait_for(start(arguments, environment, in, out, err));
  ::close(in);
  if (out >= 0) ::close(out);
  ::close(err);
  run.err = read_file(folder.path("err"));
  return run;
}

bool is_readable(int file) {
  pollfd waited = {.fd = file, .events = POLLIN, .revents = 0};
  return ::poll(&waited, 1, 10000) == 1;
}

std::string read_line(int file) {
  std::string line;
  char c = 0;
  while (is_readable(file) && ::read(file, &c, 1) == 1 && c != '\n') line += c;
  return c == '\n' ? line : "";
}

}  // namespace

std::string program_path() {
  const char* const path = std::getenv("QMFORGE_PROGRAM");
  return path != nullptr ? path : QMFORGE_PROGRAM;
}

ProcessResult run(const std::vector<std::string>& arguments, std::string_view input, const Environment& environment) {
  const TemporaryFolder folder;
  ProcessResult run = run_with_files(folder, folder.path("out"), arguments, input, environment);
  run.out = read_file(folder.path("out"));
  return run;
}

ProcessResult run_into(const std::string& output, const std::vector<std::string>& arguments, std::string_view input) {
  const TemporaryFolder folder;
  return run_with_files(folder, output, arguments, input, {});
}

ProcessResult run_on_terminal(const std::vector<std::string>& arguments, const Environment& environment) {
  int terminal = -1;
  const pid_t child = checked(::forkpty(&terminal, nullptr, nullptr, nullptr), "forkpty");
  if (child == 0) become_program(arguments, environment);
  ProcessResult run;
  std::array<char, 4096> buffer{};
  // Reading from a terminal whose other side is closed fails with EIO.
  for (ssize_t count = 0; (count = ::read(terminal, buffer.data(), buffer.size())) > 0;)
    for (const char c : std::string_view(buffer.data(), static_cast<std::size_t>(count)))
      if (c != '\r') run.out += c;
  run.status = wait_for(child);
  ::close(terminal);
  return run;
}

std::vector<std::string> converse(const std::vector<std::string>& arguments, const std::vector<std::string>& lines) {
  const Pipe to;
  const Pipe from;
  const pid_t child = start(arguments, {}, to.read_end, from.write_end, STDERR_FILENO);
  ::close(to.read_end);
  ::close(from.write_end);
  std::vector<std::string> answers;
  for (const std::string& line : lines) {
    const std::string text = line + '\n';
    if (::write(to.write_end, text.data(), text.size()) != static_cast<ssize_t>(text.size())) break;
    answers.push_back(read_line(from.read_end));
  }
  ::close(to.write_end);
  ::close(from.read_end);
  wait_for(child);
  return answers;
}

ProcessResult run_into_closed_pipe(const std::vector<std::string>& arguments, std::string_view input) {
  const TemporaryFolder folder;
  const int in = open_file(folder.write("in", input), O_RDONLY);
  const int err = open_file(folder.path("err"), for_writing);
  const Pipe out;
  const pid_t child = start(arguments, {}, in, out.write_end, err);
  ::close(out.write_end);
  ProcessResult run;
  char first = 0;
  if (::read(out.read_end, &first, 1) == 1) run.out = first;
  ::close(out.read_end);
  run.status = wait_for(child);
  ::close(in);
  ::close(err);
  run.err = read_file(folder.path("err"));
  return run;
}

ProcessResult run_and_signal(const std::vector<std::string>& arguments, int signal,
                             const std::function<bool()>& is_ready, const Environment& environment) {
  const TemporaryFolder folder;
  const int in = open_file(folder.write("in", ""), O_RDONLY);
  const int out = open_file(folder.path("out"), for_writing);
  const int err = open_file(folder.path("err"), for_writing);
  const pid_t child = start(arguments, environment, in, out, err);
  for (int i = 0; i < 1000 && !is_ready(); ++i) ::usleep(10'000);
  ::kill(child, signal);
  ProcessResult run;
  run.status = wait_for(child);
  for (const int file : {in, out, err}) ::close(file);
  run.out = read_file(folder.path("out"));
  run.err = read_file(folder.path("err"));
  return run;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot open " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    if (std::string_view line = text.substr(0, end + 1); line != "\n") {
      if (line.ends_with('\n')) line.remove_suffix(1);
      lines.emplace_back(line);
    }
    text.remove_prefix(end + 1);
  }
  return lines;
}

}  // namespace qmforge::testing
