// The journal: what was called, and what was wrong about it. What finds no memory is not written down: a call's result
// does not depend on whether it could be.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <new>
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
  void end(const Origin& call, std::uint32_t result, std::uint64_t thread, bool injected) noexcept {
    try {
      calls_.push_back({call.call, call.function, result, thread, injected});
      if (calls_.size() > most_calls) calls_.pop_front();
    } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): see above
    }
  }
  /// `describe` gives the text.
  template <class Describe>
  void mistake(Misuse misuse, const Origin& call, Describe describe) noexcept {
    if (mistakes_.size() == most_mistakes) return;
    try {
      mistakes_.push_back({misuse, call.call, call.function, describe()});
    } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): see above
    }
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
