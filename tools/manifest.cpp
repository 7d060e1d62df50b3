#include "manifest.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "console.h"
#include "hex_line.h"
#include "qmforge/names.h"

namespace qmforge::tools {
namespace {

using nlohmann::json;

// The member, or null where there is none.
const json& member(const json& object, const char* name) {
  static const json null;
  if (!object.is_object()) return null;
  const auto found = object.find(name);
  return found == object.end() ? null : *found;
}

// Whether each member of `said` that is no sentence has the value that it has in `due`.
bool agrees(const json& due, const json& said) {
  for (const auto& [name, value] : said.items())
    if (name != "message" && member(due, name.c_str()) != value) return false;
  return true;
}

// failureErrorName is no part of the structure: an answer may do without it.
bool events_agree(json due, const json& said) {
  if (due.is_object() && said.is_object() && !said.contains("failureErrorName")) due.erase("failureErrorName");
  return due == said;
}

bool findings_agree(const json& due, const json& said) {
  if (!said.is_array() || said.size() != due.size()) return false;
  for (std::size_t i = 0; i < said.size(); ++i)
    if (!said[i].is_object() || !agrees(due[i], said[i])) return false;
  return true;
}

// The escape of a surrogate at the beginning of a text: its number, or nothing.
std::optional<unsigned> surrogate_escape(std::string_view text) {
  constexpr std::size_t length = 6;  // \uXXXX
  unsigned unit = 0;
  if (text.size() < length || text[0] != '\\' || text[1] != 'u') return std::nullopt;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + length, unit, 16);
  if (error != std::errc() || end != text.data() + length || unit < 0xd800 || unit > 0xdfff) return std::nullopt;
  return unit;
}

}  // namespace

json parse_json(std::string_view text) {
  std::string safe;
  while (!text.empty()) {
    const std::size_t escape = std::min(text.find('\\'), text.size());
    safe.append(text.substr(0, escape));
    text.remove_prefix(escape);
    const std::optional<unsigned> first = surrogate_escape(text);
    const std::optional<unsigned> second = first ? surrogate_escape(text.substr(6)) : std::nullopt;
    const bool is_pair = first && second && *first < 0xdc00 && *second >= 0xdc00;
    const std::size_t taken = is_pair ? 12 : first ? 6 : std::min<std::size_t>(2, text.size());
    if (first && !is_pair) {
      safe += '\\';
      for (const char c : text.substr(0, taken)) safe += c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c;
    } else {
      safe.append(text.substr(0, taken));
    }
    text.remove_prefix(taken);
  }
  return json::parse(safe, nullptr, false);
}

Manifest::Manifest(const std::string& directory)
    : directory_(directory), input_((directory_ / "manifest.jsonl").string()), lines_(input_, [] {}) {}

void Manifest::read_bytes(ManifestLine& line) {
  const json& hex = member(line.expected, "hex");
  const json& file = member(line.expected, "file");
  if (hex.is_string()) {
    // The line's own reader of hex, with the label that it wants.
    if (!parse_hex_line("hex " + hex.get<std::string>(), line.bytes)) throw Failure(lines_.place("\"hex\" is no hex"));
  } else if (file.is_string()) {
    Input((directory_ / file.get<std::string>()).string()).read_all(line.bytes);
  } else {
    throw Failure(lines_.place("neither \"hex\" nor \"file\""));
  }
}

bool Manifest::next(ManifestLine& line) {
  std::string_view text;
  do {
    if (!lines_.next(text)) return false;
  } while (is_passed_over(text));
  line.expected = parse_json(text);
  const json& label = member(line.expected, "label");
  const json& format = member(line.expected, "format");
  const json& revision = member(line.expected, "revision");
  const auto named = format.is_string() ? format_from_name(format.get<std::string>()) : std::nullopt;
  if (!line.expected.is_object() || !label.is_string() || !named || (revision != 0 && revision != 1) ||
      !member(line.expected, "verdict").is_string())
    throw Failure(lines_.place("no object with label, format, revision and verdict"));
  line.label = label.get<std::string>();
  line.format = *named;
  line.revision = revision == 0 ? Revision::r0 : Revision::r1;
  const json& fault = member(line.expected, "fault");
  line.fault = fault.is_string() ? fault.get<std::string>() : "";
  read_bytes(line);
  return true;
}

std::string first_difference(const json& expected, const json& answer) {
  if (member(answer, "verdict") != member(expected, "verdict")) return "verdict";
  if (const auto error = answer.find("error"); error != answer.end()) {
    const json& due = member(expected, "error");
    if (error->is_object() != due.is_object()) return "error";
    for (const char* const name : {"code", "offset", "field"})
      if (error->is_object() && error->contains(name) && member(*error, name) != member(due, name))
        return std::string("error.") + name;
  }
  if (answer.contains("event") && !events_agree(member(expected, "event"), answer["event"])) return "event";
  if (answer.contains("findings") && !findings_agree(member(expected, "findings"), answer["findings"]))
    return "findings";
  if (answer.contains("canonical") && answer["canonical"] != member(expected, "canonical")) return "canonical";
  return "";
}

}  // namespace qmforge::tools
