// Where an answer differs from the expected result, and how.
#pragma once

#include <optional>
#include <string>

#include "json.h"

namespace qmforge::tools {

struct Difference {
  std::string field;     // `verdict`, `error.offset`, `event.localSubNet.v4AddrMask.mask`, `findings`, `canonical`
  std::string expected;  // values for people, in one line
  std::string got;

  /// `error.offset: expected 36, got 40`
  [[nodiscard]] std::string to_string() const;
};

/// Which members of an answer are required.
enum class Completeness : bool {
  partial,  // the verdict; other members are compared if present
  full,     // all members of a result, except messages and names
};

/// The first difference, in the order verdict, error, event, findings, canonical; in an event, in the order of its
/// members. Ignores members that the expected result does not have, messages, and a missing `failureErrorName`.
/// Findings are compared as sets of rule and field; a finding without a field matches any field.
[[nodiscard]] std::optional<Difference> find_difference(const Json& expected, const Json& answer,
                                                        Completeness completeness = Completeness::partial);

}  // namespace qmforge::tools
