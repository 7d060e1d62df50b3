#include "qmforge/report.h"

#include <algorithm>

namespace qmforge {
namespace {

/// Whether both have the same findings, in any order. No validator reports the same finding twice.
bool same_findings(const Findings& a, const Findings& b) noexcept {
  return a.size() == b.size() && std::ranges::is_permutation(a, b);
}

}  // namespace

std::string_view to_string(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::valid: return "valid";
    case Verdict::invalid: return "invalid";
    case Verdict::malformed: return "malformed";
  }
  return {};
}

std::string_view first_difference(const Report& expected, const Report& actual) noexcept {
  if (expected.event.has_value() != actual.event.has_value()) return "verdict";
  if (!expected.event) {
    const DecodeError& a = expected.event.error();
    const DecodeError& b = actual.event.error();
    if (a.code != b.code) return "error.code";
    if (a.offset != b.offset) return "error.offset";
    return a.field == b.field ? "" : "error.field";
  }
  if (!(*expected.event == *actual.event)) return "event";
  return same_findings(expected.findings, actual.findings) ? "" : "findings";
}

}  // namespace qmforge
