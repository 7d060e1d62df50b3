#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>

#include "child.h"
#include "console.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): not every system declares it

namespace qmforge::tools {
namespace {

constexpr std::size_t most_read = 1U << 16;

[[noreturn]] void fail(const std::string& sentence, int error) {
  throw Failure(sentence + ": " + std::generic_category().message(error));
}

class Descriptor {
 public:
  Descriptor() = default;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  void set(int number) { number_ = number; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_ = -1;
};

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) fail("cannot make a pipe", errno);
    for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);  // NOLINT(cppcoreguidelines-pro-type-vararg)
    read_end.set(ends[0]);
    write_end.set(ends[1]);
  }
  Descriptor read_end;
  Descriptor write_end;
};

// Starts a program in its own process group, with default handling of the signals that this process ignores or catches.
pid_t spawn(const std::vector<std::string>& command, int in, int out) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);

  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  sigset_t defaults{};
  ::sigemptyset(&defaults);
  for (const int signal : {SIGPIPE, SIGXFSZ, SIGINT, SIGTERM, SIGHUP}) ::sigaddset(&defaults, signal);
  ::posix_spawnattr_setsigdefault(&attributes, &defaults);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
  pid_t process = 0;
  const int error = ::posix_spawnp(&process, arguments[0], &actions, &attributes, arguments.data(), environ);
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0) fail("cannot start " + command[0], error);
  return process;
}

}  // namespace

std::string ExitStatus::to_string() const {
  if (signal == 0) return "ended with status " + std::to_string(code);
  return "was ended by signal " + std::to_string(signal) + " (" + ::strsignal(signal) + ')';
}

struct Child::System {
  Pipe input;
  Pipe output;
  pid_t process = 0;
};

Child::Child(const std::vector<std::string>& command) : system_(std::make_unique<System>()) {
  system_->process = spawn(command, system_->input.read_end.number(), system_->output.write_end.number());
  system_->input.read_end.close();
  system_->output.write_end.close();
  for (const Descriptor* const ours : {&system_->input.write_end, &system_->output.read_end})
    ::fcntl(ours->number(), F_SETFL, O_NONBLOCK);  // NOLINT(cppcoreguidelines-pro-type-vararg)
}

Child::~Child() {
  kill();
  ::waitpid(system_->process, nullptr, 0);
}

Child::Transfer Child::transfer(std::string_view input, std::string& output, std::chrono::milliseconds wait) {
  const int from = output_ended_ ? -1 : system_->output.read_end.number();
  const int to = input.empty() ? -1 : system_->input.write_end.number();
  std::array<pollfd, 2> files = {
      {{.fd = from, .events = POLLIN, .revents = 0}, {.fd = to, .events = POLLOUT, .revents = 0}}};
  Transfer transfer;
  transfer.output_ended = output_ended_;
  if (::poll(files.data(), files.size(), static_cast<int>(wait.count())) <= 0) return transfer;
  if (files[0].revents != 0) {
    const std::size_t size = output.size();
    output.resize(size + most_read);
    const ssize_t count = ::read(from, output.data() + size, most_read);
    output.resize(size + static_cast<std::size_t>(count > 0 ? count : 0));
    transfer.read = output.size() - size;
    transfer.output_ended = output_ended_ = count == 0;
  }
  if (files[1].revents != 0) {
    const ssize_t count = ::write(to, input.data(), input.size());
    if (count >= 0)
      transfer.written = static_cast<std::size_t>(count);
    else
      transfer.input_closed = errno != EAGAIN && errno != EINTR;
  }
  return transfer;
}

void Child::close_input() { system_->input.write_end.close(); }

// Does not reap the process: its id is also the group's, and must stay reserved until the group is killed.
std::optional<ExitStatus> Child::status() {
  siginfo_t info{};
  const auto process = static_cast<id_t>(system_->process);
  if (!status_ && ::waitid(P_PID, process, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0)
    status_ = info.si_code == CLD_EXITED ? ExitStatus{.code = info.si_status, .signal = 0}
                                         : ExitStatus{.code = 0, .signal = info.si_status};
  return status_;
}

void Child::kill() { ::kill(-system_->process, SIGKILL); }

}  // namespace qmforge::tools
