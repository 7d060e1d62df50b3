#include "manifest.h"

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

}  // namespace

json parse_json(std::string_view text) { return json::parse(text, nullptr, false); }

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
