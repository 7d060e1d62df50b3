#include "json.h"

#include <unordered_set>
#include <vector>

namespace qmforge::tools {
namespace {

constexpr std::size_t max_nesting = 64;

// Whether brackets outside of strings are nested deeper than max_nesting. Parsing, comparing and destroying a value
// take stack or memory for each level.
bool is_nested_too_deep(std::string_view text) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string && c == '\\') ++i;
    if (c == '"') in_string = !in_string;
    if (in_string) continue;
    if ((c == '[' || c == '{') && ++depth > max_nesting) return true;
    if ((c == ']' || c == '}') && depth != 0) --depth;
  }
  return false;
}

}  // namespace

std::expected<Json, std::string> parse_json(std::string_view text) {
  if (is_nested_too_deep(text)) return std::unexpected("nested more than " + std::to_string(max_nesting) + " deep");
  std::vector<std::unordered_set<std::string>> keys;  // of the objects that are open
  std::string duplicate;
  const auto note_keys = [&](int /*depth*/, Json::parse_event_t event, const Json& value) {
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key && !keys.back().insert(value.get<std::string>()).second)
      duplicate = value.get<std::string>();
    return true;
  };
  Json json = Json::parse(text, note_keys, false);
  if (json.is_discarded()) return std::unexpected("not JSON; the line may be truncated");
  if (!duplicate.empty()) return std::unexpected("duplicate key \"" + duplicate + '"');
  return json;
}

}  // namespace qmforge::tools
