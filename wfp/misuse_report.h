// The misuses of the program. If there is no memory to report a misuse, the call's error code does not change.
#pragma once

#include <new>
#include <string>
#include <vector>

#include "codes.h"
#include "origin.h"
#include "qmforge/wfp/report.h"

namespace qmforge::wfp {

class MisuseReport {
 public:
  /// `describe` gives the text.
  template <class Describe>
  void add(MisuseKind kind, const Origin& call, Describe describe) noexcept {
    if (misuses_.size() == most_misuses) return;
    try {
      misuses_.push_back({kind, call.call, call.function, describe()});
    } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): see above
    }
  }
  /// The code that a call returns whose argument is NULL.
  DWORD null_argument(const Origin& call, const char* argument) noexcept {
    add(MisuseKind::nullArgument, call, [&] { return std::string(argument) + " is NULL"; });
    return code::nullPointer;
  }

  [[nodiscard]] const std::vector<Misuse>& misuses() const { return misuses_; }

 private:
  static constexpr std::size_t most_misuses = 65536;

  std::vector<Misuse> misuses_;
};

}  // namespace qmforge::wfp
