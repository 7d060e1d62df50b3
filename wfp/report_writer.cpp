#include "report_writer.h"

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <new>
#include <string_view>

#ifndef _WIN32
#include <fcntl.h>
#include <unistd.h>
#endif

#include "engine.h"

namespace qmforge::wfp {
namespace {

/// How far the process has come to its end.
enum class End : std::uint8_t { none, orderly, by_scenario };

/// A file that is appended to, or stderr; uses only functions that a signal handler may call.
class AppendedFile {
 public:
#ifdef _WIN32
  explicit AppendedFile(const char* file)
      : own_(file != nullptr),
        handle_(own_ ? CreateFileA(file, FILE_APPEND_DATA, FILE_SHARE_READ, nullptr, OPEN_ALWAYS, 0, nullptr)
                     : GetStdHandle(STD_ERROR_HANDLE)) {}
  ~AppendedFile() {
    if (own_) CloseHandle(handle_);
  }
  void write(std::string_view text) const {
    DWORD written = 0;
    WriteFile(handle_, text.data(), static_cast<DWORD>(text.size()), &written, nullptr);
  }
#else
  explicit AppendedFile(const char* file)
      : own_(file != nullptr),
        handle_(own_ ? open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666) : STDERR_FILENO) {}
  ~AppendedFile() {
    if (own_) close(handle_);
  }
  void write(std::string_view text) const {
    [[maybe_unused]] const auto written = ::write(handle_, text.data(), text.size());
  }
#endif
  AppendedFile(const AppendedFile&) = delete;
  AppendedFile& operator=(const AppendedFile&) = delete;

 private:
  bool own_;
#ifdef _WIN32
  HANDLE handle_;
#else
  int handle_;
#endif
};

class ReportWriter {
 public:
  static ReportWriter& instance() {
    static auto* const writer = new ReportWriter;  // used while the process ends
    return *writer;
  }

  void write_to(std::string file);
  /// The report changed. Writes a file at once the first thousand times, then at most every 100 ms.
  void changed();
  void write_at_end(End end);
  /// Appends how the process ends, in a signal handler: the rest is written already.
  void append_crash(std::string_view what);

 private:
  void write(const std::string& text);

  Mutex mutex_;
  std::string file_;
  std::string last_text_;  // the last report that was written (to stderr: that would be written)
  std::atomic<bool> is_on_ = false;
  std::atomic<End> end_ = End::none;
  std::uint64_t writes_ = 0;
  std::chrono::steady_clock::time_point last_write_;
};

std::string describe_deliveries() {
  std::string text;
  Engine::instance().deliveries().describe([&text](std::string_view part) { text += part; });
  return text;
}

/// The report of a process that has not ended: open handles and batches are not leaks yet.
std::string text_so_far(const std::string& report) {
  std::string text = "unfinished: the program had not ended when this was written\n" + describe_deliveries();
  std::string_view rest = report;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n') + 1);
    rest.remove_prefix(line.size());
    if (line.starts_with("leak: "))
      text += "open: " + std::string(line.substr(6));
    else if (line != "clean\n")
      text += line;
  }
  return text;
}

void ReportWriter::write(const std::string& text) {
  if (file_ == "stderr") {
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fflush(stderr);
    return;
  }
  std::FILE* const file = std::fopen(file_.c_str(), "wb");
  if (file == nullptr) return;
  std::fwrite(text.data(), 1, text.size(), file);
  std::fclose(file);
}

void ReportWriter::changed() {
  if (!is_on_) return;
  constexpr std::uint64_t at_once = 1000;
  try {
    const Lock lock(mutex_);
    if (end_ != End::none) return;
    const auto now = std::chrono::steady_clock::now();
    if (writes_ >= at_once && now - last_write_ < std::chrono::milliseconds(100)) return;
    ++writes_;
    last_write_ = now;
    std::string text = text_so_far(to_string(Engine::instance().report()));
    if (file_ != "stderr") write(text);
    last_text_ = std::move(text);
  } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): the report does not change
  }
}

void ReportWriter::write_at_end(End end) {
  if (!is_on_ || !mutex_.try_lock()) return;  // a thread that ended with the process may hold the mutex
  if (end_ != End::none) {
    mutex_.unlock();
    return;
  }
  end_ = end;
  const std::optional<Report> report = Engine::instance().report_at_exit();
  if (!report) {
    write("ended: a call was under way; this is what was known before\n" + last_text_);
  } else if (end_ == End::by_scenario) {
    std::string text = text_so_far(to_string(*report));
    write("ended: everything is delivered, and the scenario ends the program then\n" +
          text.substr(text.find('\n') + 1));
  } else {
    write(to_string(*report));
  }
  mutex_.unlock();
}

void ReportWriter::append_crash(std::string_view what) {
  if (!is_on_ || end_ != End::none) return;
  const bool to_stderr = file_ == "stderr";
  const AppendedFile file(to_stderr ? nullptr : file_.c_str());
  const auto put = [&file](std::string_view part) { file.write(part); };
  if (to_stderr) put(last_text_);
  put("crashed: ");
  put(what);
  put("\n");
  Engine::instance().deliveries().describe(put);
}

#ifdef _WIN32

LPTOP_LEVEL_EXCEPTION_FILTER previous_filter = nullptr;

LONG WINAPI on_exception(EXCEPTION_POINTERS* exception) {
  char text[] = "exception 0x00000000";
  constexpr char digits[] = "0123456789abcdef";
  DWORD code = exception->ExceptionRecord->ExceptionCode;
  for (std::size_t i = sizeof(text) - 2; code != 0; --i, code >>= 4) text[i] = digits[code & 15];
  ReportWriter::instance().append_crash(text);
  return previous_filter != nullptr ? previous_filter(exception) : EXCEPTION_CONTINUE_SEARCH;
}

void watch_for_crashes() { previous_filter = SetUnhandledExceptionFilter(on_exception); }

#else

constexpr struct {
  int number;
  std::string_view name;
} crash_signals[] = {
    {SIGSEGV, "SIGSEGV"}, {SIGBUS, "SIGBUS"}, {SIGILL, "SIGILL"}, {SIGFPE, "SIGFPE"}, {SIGABRT, "SIGABRT"}};

struct sigaction previous_actions[std::size(crash_signals)];

void on_signal(int number, siginfo_t* info, void*) {
  for (std::size_t i = 0; i < std::size(crash_signals); ++i)
    if (crash_signals[i].number == number) {
      sigaction(number, &previous_actions[i], nullptr);  // the previous action runs when this returns
      ReportWriter::instance().append_crash(crash_signals[i].name);
    }
  if (info->si_code <= 0) std::raise(number);  // a sent signal does not recur; one of the program's own code does
}

void watch_for_crashes() {
  struct sigaction action{};
  action.sa_sigaction = on_signal;
  action.sa_flags = SA_SIGINFO | SA_NODEFER;
  for (std::size_t i = 0; i < std::size(crash_signals); ++i)
    sigaction(crash_signals[i].number, &action, &previous_actions[i]);
}

#endif

void ReportWriter::write_to(std::string file) {
  const bool first = !is_on_;
  {
    const Lock lock(mutex_);
    file_ = std::move(file);
    is_on_ = true;
  }
  if (!first) return;
  std::atexit([] { ReportWriter::instance().write_at_end(End::orderly); });
  watch_for_crashes();
  Engine::instance().on_change([] { ReportWriter::instance().changed(); });
}

}  // namespace

void write_report_to(std::string file) { ReportWriter::instance().write_to(std::move(file)); }

void exit_for_scenario() {
  ReportWriter::instance().write_at_end(End::by_scenario);
  // Does not close streams that a blocked thread may hold, such as stdin.
  std::fflush(stdout);
  std::fflush(stderr);
#ifdef _WIN32
  ExitProcess(EXIT_SUCCESS);
#else
  std::_Exit(EXIT_SUCCESS);
#endif
}

}  // namespace qmforge::wfp
