// The calls that the program made. If there is no memory to log a call, its result does not change.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <new>
#include <string_view>
#include <vector>

#include "origin.h"
#include "qmforge/wfp/report.h"

namespace qmforge::wfp {

class CallLog {
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
  /// A call of a function that is not faked; `function` has static storage.
  void count_unfaked(std::string_view function) { ++unfaked_[function]; }

  [[nodiscard]] std::uint64_t count(Function function) const { return counts_[static_cast<std::size_t>(function)]; }
  [[nodiscard]] std::vector<Call> calls() const { return {calls_.begin(), calls_.end()}; }
  [[nodiscard]] std::vector<UnfakedCalls> unfaked() const {
    std::vector<UnfakedCalls> result;
    for (const auto& [function, count] : unfaked_) result.push_back({std::string(function), count});
    return result;
  }

 private:
  static constexpr std::size_t most_calls = 65536;

  std::uint64_t last_ = 0;
  std::array<std::uint64_t, function_count> counts_{};
  std::deque<Call> calls_;
  std::map<std::string_view, std::uint64_t> unfaked_;
};

}  // namespace qmforge::wfp
