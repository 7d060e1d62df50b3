// Failure injection: which calls fail instead of being made.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "qmforge/wfp/function.h"

namespace qmforge::wfp {

class FailureInjection {
 public:
  void fail(std::string_view function, std::uint32_t nth, std::uint32_t code) {
    planned_.push_back({std::string(function), nth, code});
  }
  void fail_every_call_site_once(std::uint32_t code) { site_code_ = code; }
  void clear() { *this = FailureInjection(); }
  [[nodiscard]] std::size_t failed_call_sites() const { return sites_.size(); }

  /// The code that the call must fail with, if it must. `caller` is the address that the call returns to.
  [[nodiscard]] std::optional<std::uint32_t> next(std::string_view function, const void* caller);

 private:
  struct Planned {
    std::string function;
    std::uint32_t calls_until;
    std::uint32_t code;
  };
  std::vector<Planned> planned_;
  std::optional<std::uint32_t> site_code_;
  std::unordered_set<std::uint64_t> sites_;
};

}  // namespace qmforge::wfp
