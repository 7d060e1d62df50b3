// The journal: what was called, and what was wrong about it.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "memory.h"
#include "qmforge/wfp/control.h"

namespace qmforge::wfp {

/// `call 12 (FwpmNetEventEnum0)`.
[[nodiscard]] std::string to_string(const Origin& origin);

class Journal {
 public:
  /// A call begins: it gets a number.
  [[nodiscard]] Origin begin(Function function) {
    ++counts_[static_cast<std::size_t>(function)];
    return {++last_, function};
  }
  void end(const Origin& call, std::uint32_t result, std::uint64_t thread, bool injected) {
    calls_.push_back({call.call, call.function, result, thread, injected});
    if (calls_.size() > most_calls) calls_.pop_front();
  }
  void mistake(Misuse misuse, const Origin& call, std::string text) {
    if (mistakes_.size() < most_mistakes) mistakes_.push_back({misuse, call.call, call.function, std::move(text)});
  }

  [[nodiscard]] std::uint64_t count(Function function) const { return counts_[static_cast<std::size_t>(function)]; }
  [[nodiscard]] std::vector<Call> calls() const { return {calls_.begin(), calls_.end()}; }
  [[nodiscard]] const std::vector<Mistake>& mistakes() const { return mistakes_; }

 private:
  static constexpr std::size_t most_calls = 65536;
  static constexpr std::size_t most_mistakes = 65536;

  std::uint64_t last_ = 0;
  std::array<std::uint64_t, function_count> counts_{};
  std::deque<Call> calls_;
  std::vector<Mistake> mistakes_;
};

}  // namespace qmforge::wfp
