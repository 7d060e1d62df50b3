#include <windows.h>

#include <algorithm>
#include <array>
#include <system_error>

#include "child.h"
#include "console.h"

namespace qmforge::tools {
namespace {

constexpr std::size_t most_at_once = 1U << 16;

[[noreturn]] void fail(const std::string& sentence) {
  throw Failure(sentence + ": " + std::system_category().message(static_cast<int>(GetLastError())));
}

// An argument as the C runtime of the other program reads it back (CommandLineToArgvW).
std::string quoted(std::string_view argument) {
  std::string text = "\"";
  std::size_t backslashes = 0;
  for (const char c : argument) {
    if (c == '"') text.append(backslashes + 1, '\\');
    backslashes = c == '\\' ? backslashes + 1 : 0;
    text += c;
  }
  return text.append(backslashes, '\\') + '"';
}

class Handle {
 public:
  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { close(); }

  void close() {
    if (handle_ != nullptr) CloseHandle(handle_);
    handle_ = nullptr;
  }
  [[nodiscard]] HANDLE get() const { return handle_; }
  [[nodiscard]] HANDLE* address() { return &handle_; }

 private:
  HANDLE handle_ = nullptr;
};

// The child inherits one end; this process keeps the other.
enum class OurEnd : bool { read, write };

void make_pipe(Handle& read_end, Handle& write_end, OurEnd ours) {
  SECURITY_ATTRIBUTES inherited = {sizeof inherited, nullptr, TRUE};
  if (CreatePipe(read_end.address(), write_end.address(), &inherited, most_at_once) == 0) fail("cannot make a pipe");
  SetHandleInformation(ours == OurEnd::read ? read_end.get() : write_end.get(), HANDLE_FLAG_INHERIT, 0);
}

}  // namespace

std::string ExitStatus::to_string() const {
  constexpr unsigned first_exception = 0xc0000000;  // NTSTATUS of severity error
  if (static_cast<unsigned>(code) < first_exception) return "ended with status " + std::to_string(code);
  std::array<char, 16> text{};
  wsprintfA(text.data(), "0x%08x", static_cast<unsigned>(code));
  return std::string("was ended by exception ") + text.data();
}

struct Child::System {
  Handle process;
  Handle job;
  Handle input;   // the end that this process writes to
  Handle output;  // the end that this process reads from
};

Child::Child(const std::vector<std::string>& command) : system_(std::make_unique<System>()) {
  Handle in;
  Handle out;
  make_pipe(in, system_->input, OurEnd::write);
  make_pipe(system_->output, out, OurEnd::read);
  DWORD mode = PIPE_READMODE_BYTE | PIPE_NOWAIT;
  SetNamedPipeHandleState(system_->input.get(), &mode, nullptr, nullptr);

  *system_->job.address() = CreateJobObjectA(nullptr, nullptr);
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {};
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
  SetInformationJobObject(system_->job.get(), JobObjectExtendedLimitInformation, &limits, sizeof limits);

  std::string line;
  for (const std::string& word : command) line += (line.empty() ? "" : " ") + quoted(word);
  STARTUPINFOA startup = {};
  startup.cb = sizeof startup;
  startup.dwFlags = STARTF_USESTDHANDLES;
  startup.hStdInput = in.get();
  startup.hStdOutput = out.get();
  startup.hStdError = GetStdHandle(STD_ERROR_HANDLE);
  PROCESS_INFORMATION information = {};
  if (CreateProcessA(nullptr, line.data(), nullptr, nullptr, TRUE, CREATE_SUSPENDED, nullptr, nullptr, &startup,
                     &information) == 0)
    fail("cannot start " + command[0]);
  *system_->process.address() = information.hProcess;
  AssignProcessToJobObject(system_->job.get(), information.hProcess);
  ResumeThread(information.hThread);
  CloseHandle(information.hThread);
}

Child::~Child() { kill(); }

Child::Transfer Child::transfer(std::string_view input, std::string& output, std::chrono::milliseconds wait) {
  Transfer transfer;
  const ULONGLONG end = GetTickCount64() + static_cast<ULONGLONG>(wait.count());
  for (;;) {
    DWORD available = 0;
    bool ended_now = false;
    if (output_ended_) {
      transfer.output_ended = true;
    } else if (PeekNamedPipe(system_->output.get(), nullptr, 0, nullptr, &available, nullptr) == 0) {
      transfer.output_ended = output_ended_ = ended_now = true;
    } else if (available != 0) {
      const std::size_t size = output.size();
      output.resize(size + std::min<std::size_t>(available, most_at_once));
      DWORD count = 0;
      ReadFile(system_->output.get(), output.data() + size, static_cast<DWORD>(output.size() - size), &count, nullptr);
      output.resize(size + count);
      transfer.read = count;
    }
    if (!input.empty()) {
      DWORD count = 0;
      const auto size = static_cast<DWORD>(std::min(input.size(), most_at_once / 4));
      if (WriteFile(system_->input.get(), input.data(), size, &count, nullptr) == 0) transfer.input_closed = true;
      transfer.written = count;
    }
    const bool moved = transfer.read != 0 || transfer.written != 0 || ended_now || transfer.input_closed;
    if (moved || GetTickCount64() >= end) return transfer;
    Sleep(1);
  }
}

void Child::close_input() { system_->input.close(); }

std::optional<ExitStatus> Child::status() {
  DWORD code = 0;
  if (!status_ && WaitForSingleObject(system_->process.get(), 0) == WAIT_OBJECT_0 &&
      GetExitCodeProcess(system_->process.get(), &code) != 0)
    status_ = ExitStatus{.code = static_cast<int>(code), .signal = 0};
  return status_;
}

void Child::kill() { TerminateJobObject(system_->job.get(), 1); }

}  // namespace qmforge::tools
