#include "conversation.h"

#include <utility>

#include "interruption.h"

namespace qmforge::tools {
namespace {

constexpr std::size_t input_at_once = 1U << 16;
constexpr std::chrono::milliseconds tick(50);  // how often signals and time limits are looked at

}  // namespace

Conversation::Conversation(const std::vector<std::string>& command, std::chrono::seconds timeout,
                           std::function<bool(std::string&)> add_input)
    : name_(command[0]), timeout_(timeout), add_input_(std::move(add_input)), child_(command) {}

std::optional<std::string_view> Conversation::next_line() {
  for (;;) {
    const std::size_t end = output_.find('\n', searched_);
    const bool is_last = end == std::string::npos && output_ended_;
    if (end != std::string::npos || (is_last && begin_ != output_.size())) {
      std::string_view line = std::string_view(output_).substr(begin_, end - begin_);
      begin_ = searched_ = is_last ? output_.size() : end + 1;
      if (line.ends_with('\r')) line.remove_suffix(1);
      return line;
    }
    if (is_last || !stop_reason_.empty()) return std::nullopt;
    output_.erase(0, begin_);
    begin_ = 0;
    searched_ = output_.size();
    move_data();
  }
}

void Conversation::move_data() {
  throw_if_interrupted();
  while (!input_closed_ && !all_added_ && input_.size() < input_at_once) all_added_ = !add_input_(input_);
  if (!input_closed_ && all_added_ && input_.empty()) {
    child_.close_input();
    input_closed_ = true;
  }
  const Child::Transfer moved = child_.transfer(input_, output_, tick);
  input_.erase(0, moved.written);
  if (moved.written != 0) last_progress_ = Clock::now();
  if (moved.input_closed) {
    input_.clear();
    input_closed_ = true;
  }
  output_ended_ = moved.output_ended;
  since_answer_ += moved.read;
  if (since_answer_ > max_output) stop("wrote more than 16 MiB without an answer");
  if (has_timed_out()) stop("gave no answer within " + std::to_string(timeout_.count()) + " s");
  // Another process may hold its output open.
  if (moved.read == 0 && !output_ended_ && child_.status()) child_.kill();
}

void Conversation::stop(const std::string& reason) {
  if (stop_reason_.empty()) stop_reason_ = reason;
  child_.kill();
}

void Conversation::accept_answer() {
  since_answer_ = output_.size() - begin_;
  last_progress_ = Clock::now();
}

std::string Conversation::finish() {
  child_.close_input();
  while (stop_reason_.empty() && !child_.status()) {
    throw_if_interrupted();
    std::string ignored;
    child_.transfer("", ignored, std::chrono::milliseconds(5));
    if (has_timed_out()) stop("did not end within " + std::to_string(timeout_.count()) + " s after its input");
  }
  if (!stop_reason_.empty()) return name_ + ' ' + stop_reason_ + "; it was killed";
  return child_.status()->is_success() ? "" : name_ + ' ' + child_.status()->to_string();
}

}  // namespace qmforge::tools
