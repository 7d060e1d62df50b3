// Where an answer differs from the expected result, and how.
#pragma once

#include <optional>
#include <string>

#include "manifest.h"

namespace qmforge::tools {

struct Difference {
  std::string field;     // `verdict`, `error.offset`, `event.localSubNet.v4AddrMask.mask`, `findings`, `canonical`
  std::string expected;  // values for people, in one line
  std::string got;

  /// `error.offset: expected 36, got 40`
  [[nodiscard]] std::string to_string() const;
};

/// Which members of an answer must be there.
enum class Completeness : bool {
  partial,  // verdict; what else is there is compared
  full,     // everything that a result has, apart from sentences and names
};

/// The first difference, in the order verdict, error, event, findings, canonical; in an event, in the order of its
/// members. Not compared are members that the expected result does not have, sentences (`message`), and a
/// `failureErrorName` that the answer leaves out. Findings are compared as sets of rule and field; a finding without a
/// field stands for any field.
[[nodiscard]] std::optional<Difference> find_difference(const Json& expected, const Json& answer,
                                                        Completeness completeness = Completeness::partial);

}  // namespace qmforge::tools
