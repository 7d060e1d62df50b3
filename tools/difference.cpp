#include "difference.h"

#include <algorithm>
#include <string_view>

namespace qmforge::tools {
namespace {

// The member, or null where there is none.
const Json& member(const Json& object, std::string_view name) {
  static const Json null;
  if (!object.is_object()) return null;
  const auto found = object.find(std::string(name));
  return found == object.end() ? null : *found;
}

bool has(const Json& object, std::string_view name) { return object.is_object() && object.contains(std::string(name)); }

// A value in one line that is not too long to read.
std::string shown(const Json& value) {
  constexpr std::size_t longest = 160;
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() <= longest) return text;
  return text.substr(0, longest) + "... (" + std::to_string(text.size()) + " characters)";
}

std::string unquoted(const Json& text) { return text.is_string() ? text.get<std::string>() : shown(text); }

// `malformed (truncated at byte 36, qmFilterId)`
std::string verdict_with_reason(const Json& result) {
  std::string text = unquoted(member(result, "verdict"));
  const Json& error = member(result, "error");
  if (!error.is_object()) return text;
  text += " (" + unquoted(member(error, "code"));
  if (has(error, "offset")) text += " at byte " + unquoted(error["offset"]);
  if (has(error, "field") && error["field"] != "") text += ", " + unquoted(error["field"]);
  return text + ')';
}

std::optional<Difference> differing_values(const Json& expected, const Json& got, const std::string& path);

std::optional<Difference> differing_members(const Json& expected, const Json& got, const std::string& path) {
  for (const auto& [name, value] : expected.items()) {
    const std::string inner = path + '.' + name;
    if (!got.contains(name)) {
      if (name == "failureErrorName") continue;
      return Difference{inner, shown(value), "nothing"};
    }
    if (auto difference = differing_values(value, got[name], inner)) return difference;
  }
  for (const auto& [name, value] : got.items())
    if (!expected.contains(name)) return Difference{path + '.' + name, "nothing", shown(value)};
  return std::nullopt;
}

std::optional<Difference> differing_elements(const Json& expected, const Json& got, const std::string& path) {
  for (std::size_t i = 0; i < std::min(expected.size(), got.size()); ++i)
    if (auto difference = differing_values(expected[i], got[i], path + '[' + std::to_string(i) + ']'))
      return difference;
  if (expected.size() == got.size()) return std::nullopt;
  return Difference{path, std::to_string(expected.size()) + " elements", std::to_string(got.size()) + " elements"};
}

std::optional<Difference> differing_values(const Json& expected, const Json& got, const std::string& path) {
  if (expected.is_object() && got.is_object()) return differing_members(expected, got, path);
  if (expected.is_array() && got.is_array()) return differing_elements(expected, got, path);
  if (expected == got) return std::nullopt;
  return Difference{path, shown(expected), shown(got)};
}

std::optional<Difference> differing_errors(const Json& expected, const Json& got, Completeness completeness) {
  if (!expected.is_object() || !got.is_object()) return differing_values(expected, got, "error");
  for (const char* const name : {"code", "offset", "field"}) {
    if (!expected.contains(name) || (!got.contains(name) && completeness == Completeness::partial)) continue;
    if (member(got, name) != member(expected, name))
      return Difference{std::string("error.") + name, unquoted(member(expected, name)), unquoted(member(got, name))};
  }
  return std::nullopt;
}

// Whether two findings have the same rule and field.
bool same_finding(const Json& one, const Json& other) {
  if (!has(one, "rule") || member(one, "rule") != member(other, "rule")) return false;
  return !has(one, "field") || !has(other, "field") || one["field"] == other["field"];
}

// Whether each finding is among the others.
bool is_subset(const Json& findings, const Json& others) {
  return std::ranges::all_of(findings, [&](const Json& finding) {
    return std::ranges::any_of(others, [&](const Json& other) { return same_finding(finding, other); });
  });
}

// `v4-mask-contiguous (localSubNet.v4AddrMask.mask), error-code-success (failureErrorCode)`
std::string findings_text(const Json& findings) {
  if (!findings.is_array()) return shown(findings);
  std::string text;
  for (const Json& finding : findings) {
    text += (text.empty() ? "" : ", ") + (has(finding, "rule") ? unquoted(finding["rule"]) : shown(finding));
    if (has(finding, "field")) text += " (" + unquoted(finding["field"]) + ')';
  }
  return text.empty() ? "none" : text;
}

}  // namespace

std::string Difference::to_string() const {
  return field + (expected.empty() && got.empty() ? "" : ": expected " + expected + ", got " + got);
}

std::optional<Difference> find_difference(const Json& expected, const Json& answer, Completeness completeness) {
  const auto is_compared = [&](const char* name) {
    return expected.contains(name) && (completeness == Completeness::full || answer.contains(name));
  };
  if (member(answer, "verdict") != member(expected, "verdict"))
    return Difference{"verdict", verdict_with_reason(expected), verdict_with_reason(answer)};
  if (is_compared("error"))
    if (auto difference = differing_errors(member(expected, "error"), member(answer, "error"), completeness))
      return difference;
  if (is_compared("event"))
    if (auto difference = differing_values(member(expected, "event"), member(answer, "event"), "event"))
      return difference;
  if (is_compared("findings")) {
    const Json& wanted = member(expected, "findings");
    const Json& got = member(answer, "findings");
    if (!got.is_array() || !is_subset(wanted, got) || !is_subset(got, wanted))
      return Difference{"findings", findings_text(wanted), findings_text(got)};
  }
  if (is_compared("canonical"))
    return differing_values(member(expected, "canonical"), member(answer, "canonical"), "canonical");
  return std::nullopt;
}

}  // namespace qmforge::tools
