#include "labelled_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "console.h"
#include "hex_line.h"
#include "inner_file.h"
#include "json.h"
#include "qmforge/names.h"

namespace qmforge::tools {
namespace {

std::string_view take_word(std::string_view& text) {
  const std::size_t end = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

}  // namespace

bool LabelledLines::next(LabelledBytes& out) {
  out.format.reset();
  out.revision.reset();
  do {
    if (!has_line_ && !lines_.next(line_)) return false;
    has_line_ = false;
  } while (is_blank_or_comment(line_) || line_.starts_with(R"({"inputs":)"));  // a set's closing line is not an input
  out.bytes.clear();
  if (append_dump_row(line_, out.bytes)) {
    read_dump(out);
  } else {
    read_line(out);
  }
  return true;
}

void LabelledLines::read_dump(LabelledBytes& out) {
  out.label = input_.name() + ':' + std::to_string(lines_.number());
  while (lines_.next(line_)) {
    if (append_dump_row(line_, out.bytes)) continue;
    has_line_ = true;
    return;
  }
}

void LabelledLines::read_line(LabelledBytes& out) {
  if (line_.starts_with('{')) {
    read_manifest_line(out);
  } else if (!read_conform_line(out)) {
    const auto label = parse_hex_line(line_, out.bytes);
    if (!label) throw Failure(lines_.place(label.error()));
    out.label = label->empty() ? input_.name() + ':' + std::to_string(lines_.number()) : std::string(*label);
  }
}

bool LabelledLines::read_conform_line(LabelledBytes& out) {
  std::string_view rest = line_;
  const std::string_view label = take_word(rest);
  if (rest.empty() || rest.front() != 'n') return false;  // every format begins with n, no hex does
  const auto format = format_from_name(take_word(rest));
  const std::string_view revision = take_word(rest);
  if (!format || (revision != "0" && revision != "1")) return false;
  if (const auto read = parse_hex_line("hex " + std::string(rest), out.bytes); !read)
    throw Failure(lines_.place(read.error()));
  out.label = label;
  out.format = format;
  out.revision = revision == "0" ? Revision::r0 : Revision::r1;
  return true;
}

void LabelledLines::read_manifest_line(LabelledBytes& out) {
  const auto parsed = parse_json(line_);
  if (!parsed) throw Failure(lines_.place(parsed.error()));
  const Json& line = *parsed;  // an object, because it begins with {
  const auto text = [&](const char* key) -> std::optional<std::string> {
    if (!line.contains(key)) return std::nullopt;
    if (!line[key].is_string()) throw Failure(lines_.place(fmt::format("\"{}\" is not a string", key)));
    return line[key].get<std::string>();
  };
  out.label = text("label").value_or("");
  if (out.label.empty()) out.label = input_.name() + ':' + std::to_string(lines_.number());
  if (const auto format = text("format")) {
    out.format = format_from_name(*format);
    if (!out.format) throw Failure(lines_.place("\"format\" is not a format"));
  }
  if (line.contains("revision")) {
    if (line["revision"] != 0 && line["revision"] != 1) throw Failure(lines_.place("\"revision\" is not 0 or 1"));
    out.revision = line["revision"] == 0 ? Revision::r0 : Revision::r1;
  }
  const auto hex = text("hex");
  const auto file = text("file");
  if (hex.has_value() == file.has_value()) throw Failure(lines_.place("expected either \"hex\" or \"file\", a string"));
  if (hex) {
    if (const auto read = parse_hex_line("hex " + *hex, out.bytes); !read)
      throw Failure(lines_.place("\"hex\": " + read.error()));
  } else {
    const std::filesystem::path folder = std::filesystem::path(input_.name()).parent_path();
    if (const std::string wrong = read_inner_file(folder, *file, out.bytes); !wrong.empty())
      throw Failure(lines_.place(wrong));
  }
}

}  // namespace qmforge::tools
