#include "progress.h"

#include <cstdio>
#include <string>

#include "platform.h"

namespace qmforge::tools {
Progress::Progress(std::uint64_t total) : total_(total), terminal_(is_colour_terminal(standard_error)) {}

void Progress::wipe() {
  if (shown_) std::fputs("\r\x1b[K", stderr);
  shown_ = false;
}

void Progress::show() {
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(200);
  std::string line = "\r" + std::to_string(done_);
  if (total_ != 0) line += " of " + std::to_string(total_) + ", " + std::to_string(100 * done_ / total_) + " %";
  line += " inputs\x1b[K";
  std::fputs(line.c_str(), stderr);
  shown_ = true;
}

}  // namespace qmforge::tools
