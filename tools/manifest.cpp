#include "manifest.h"

#include <optional>
#include <utility>

#include "console.h"
#include "hex_line.h"
#include "inner_file.h"
#include "qmforge/hex.h"
#include "qmforge/names.h"
#include "set_folder.h"

namespace qmforge::tools {
namespace {

// The member's text; nothing where it is not a string.
std::optional<std::string> text_member(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

bool take(std::string_view& text, std::string_view beginning) {
  if (!text.starts_with(beginning)) return false;
  text.remove_prefix(beginning.size());
  return true;
}

// A string without escapes; its closing quotation mark is taken as well.
std::string_view take_string(std::string_view& text) {
  const std::size_t end = text.find('"');
  const std::string_view string = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return string;
}

// The string in quotation marks, without escapes, at the end of a text.
std::optional<std::string_view> take_last_string(std::string_view& text) {
  if (!text.ends_with('"')) return std::nullopt;
  text.remove_suffix(1);
  const std::size_t begin = text.rfind('"');
  if (begin == std::string_view::npos) return std::nullopt;
  const std::string_view string = text.substr(begin + 1);
  text = text.substr(0, begin);
  if (string.find('\\') != std::string_view::npos) return std::nullopt;
  return string;
}

bool take_end(std::string_view& text, std::string_view end) {
  if (!text.ends_with(end)) return false;
  text.remove_suffix(end.size());
  return true;
}

bool is_verdict(std::string_view text) { return text == "valid" || text == "invalid" || text == "malformed"; }

// Fast path: reads a line in the form that SetWriter writes, from both ends, and skips the result between them. Returns
// false for any other form; read_json_line reads those.
bool read_own_form(ManifestLine& line, std::string& hex, std::string& file) {
  std::string_view front = line.text;
  if (!take(front, R"({"label": ")")) return false;
  const std::string_view label = take_string(front);
  if (!take(front, R"(, "format": ")")) return false;
  const auto format = format_from_name(take_string(front));
  if (!format || label.find('\\') != std::string_view::npos) return false;
  const bool is_r0 = take(front, R"(, "revision": 0, "verdict": ")");
  if (!is_r0 && !take(front, R"(, "revision": 1, "verdict": ")")) return false;
  const std::string_view verdict = take_string(front);
  if (!is_verdict(verdict)) return false;

  std::string_view back = line.text;
  if (!take_end(back, "}")) return false;
  std::string_view fault;
  if (!take_end(back, "null")) {
    const auto name = take_last_string(back);
    if (!name) return false;
    fault = *name;
  }
  if (!take_end(back, R"(, "fault": )")) return false;
  const auto location = take_last_string(back);
  if (!location) return false;
  if (take_end(back, R"(, "hex": )"))
    hex = *location;
  else if (take_end(back, R"(, "file": )"))
    file = *location;
  else
    return false;
  if (back.size() < line.text.size() - front.size()) return false;

  line.label = label;
  line.format = *format;
  line.revision = is_r0 ? Revision::r0 : Revision::r1;
  line.verdict = verdict;
  line.fault = fault;
  line.result_size = back.size();
  return true;
}

}  // namespace

Manifest::Manifest(const std::string& directory, Unsealed unsealed)
    : directory_(directory),
      unsealed_(unsealed),
      input_((directory_ / manifest_name).string()),
      lines_(input_, [] {}) {}

void Manifest::fail(std::size_t line, const std::string& sentence) const {
  throw Failure(input_.name() + ':' + std::to_string(line) + ": " + sentence);
}

bool Manifest::next_text(std::string_view& text) {
  while (lines_.next(text))
    if (!is_blank_or_comment(text)) return true;
  return false;
}

bool Manifest::next(ManifestLine& line) {
  std::string_view text;
  if (ended_) return false;
  if (!next_text(text)) {
    ended_ = true;
    check_unsealed_end();
    return false;
  }
  if (is_closing_line(text)) {
    ended_ = true;
    check_closing_line(text);
    return false;
  }
  line.number = lines_.number();
  line.text = text;
  read_line(line);
  return true;
}

void Manifest::read_line(ManifestLine& line) {
  std::string hex;
  std::string file;
  line.result_size = 0;
  if (!read_own_form(line, hex, file)) read_json_line(line, hex, file);
  if (!is_label(line.label))
    fail(line.number, "invalid label '" + line.label + "'; expected a word of printable characters");
  if (file.empty()) {
    auto bytes = from_hex(hex);
    if (!bytes) fail(line.number, "\"hex\" does not hold hex digits, two for each byte");
    line.bytes = *std::move(bytes);
    closing_line_.add(line.text);
  } else {
    if (const std::string wrong = read_inner_file(directory_, file, line.bytes); !wrong.empty())
      fail(line.number, wrong);
    closing_line_.add(line.text, {reinterpret_cast<const char*>(line.bytes.data()), line.bytes.size()});
  }
  check_new(line);
}

void Manifest::read_json_line(ManifestLine& line, std::string& hex, std::string& file) const {
  const Json object = expected(line);
  const auto label = text_member(object, "label");
  const auto format = text_member(object, "format");
  const auto named = format ? format_from_name(*format) : std::nullopt;
  const auto revision = object.find("revision");
  const auto verdict = text_member(object, "verdict");
  if (!label) fail(line.number, "\"label\" is missing or not a string");
  if (!named) fail(line.number, "\"format\" is missing or unknown");
  if (revision == object.end() || (*revision != 0 && *revision != 1))
    fail(line.number, "\"revision\" is missing or neither 0 nor 1");
  if (!verdict || !is_verdict(*verdict))
    fail(line.number, "\"verdict\" is missing or not one of valid, invalid, malformed");
  const auto hex_member = text_member(object, "hex");
  const auto file_member = text_member(object, "file");
  if (hex_member.has_value() == file_member.has_value())
    fail(line.number, "expected either \"hex\" or \"file\", a string");
  if (file_member && file_member->empty()) fail(line.number, "\"file\" is empty");
  line.label = *label;
  line.format = *named;
  line.revision = *revision == 0 ? Revision::r0 : Revision::r1;
  line.verdict = *verdict;
  line.fault = text_member(object, "fault").value_or("");
  hex = hex_member.value_or("");
  file = file_member.value_or("");
}

Json Manifest::expected(const ManifestLine& line) const {
  auto object = parse_json(line.text);
  if (!object) fail(line.number, object.error());
  if (!object->is_object()) fail(line.number, "not a JSON object");
  return *std::move(object);
}

void Manifest::check_new(const ManifestLine& line) {
  if (unsealed_ == Unsealed::accepted && !labels_.insert(line.label).second)
    fail(line.number, "duplicate label '" + line.label + '\'');
}

void Manifest::check_closing_line(std::string_view text) {
  const std::size_t number = lines_.number();
  const std::uint64_t read = closing_line_.inputs();
  const Json closing = parse_json(text).value_or(Json());
  const auto inputs = closing.is_object() ? closing.find("inputs") : closing.end();
  if (!closing.is_object() || !inputs->is_number_unsigned()) fail(number, "malformed closing line");
  const auto stated = inputs->get<std::uint64_t>();
  if (stated != read)
    fail(number, std::string(read < stated ? "incomplete" : "appended to") + ": the closing line says " +
                     std::to_string(stated) + " inputs, " + std::to_string(read) + " precede it");
  if (text != closing_line_.text())
    fail(number, "altered: the digest in the closing line is not that of the " + std::to_string(read) + " inputs");
  std::string_view rest;
  if (next_text(rest)) fail(lines_.number(), "this line follows the closing line; the set was appended to");
  if (read == 0) fail(number, "the set has no inputs");
}

void Manifest::check_unsealed_end() const {
  const std::string read = std::to_string(closing_line_.inputs());
  if (unsealed_ == Unsealed::rejected)
    throw Failure(input_.name() + ": incomplete: no closing line after " + read +
                  " inputs. The set is truncated, or written by hand or by an older qmforge; --unsealed accepts it");
  if (closing_line_.inputs() == 0) throw Failure(input_.name() + ": the set has no inputs");
}

}  // namespace qmforge::tools
