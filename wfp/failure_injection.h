// Failure injection: which calls return an error and do nothing else.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
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
  /// The same over several runs: sites that the file lists failed in an earlier run and do not fail again; sites that
  /// fail in this run are appended. The error is a sentence.
  [[nodiscard]] std::expected<void, std::string> fail_every_call_site_once(std::uint32_t code,
                                                                           const std::filesystem::path& file);
  void clear() { *this = FailureInjection(); }
  [[nodiscard]] std::size_t failed_call_sites() const { return failed_sites_; }

  /// The code that the call must return, or nullopt. `caller` is the call's return address.
  [[nodiscard]] std::optional<std::uint32_t> next(std::string_view function, const void* caller);

 private:
  void add_to_file(std::uint64_t site, std::string_view function) const;

  struct Planned {
    std::string function;
    std::uint32_t calls_until;
    std::uint32_t code;
  };
  std::vector<Planned> planned_;
  std::optional<std::uint32_t> site_code_;
  std::unordered_set<std::uint64_t> sites_;
  std::size_t failed_sites_ = 0;      // of this run
  std::filesystem::path sites_file_;  // empty: none
};

}  // namespace qmforge::wfp
