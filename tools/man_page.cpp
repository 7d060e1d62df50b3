#include "man_page.h"

#include <algorithm>

namespace qmforge::tools {
namespace {

// Text as roff reads it back.
std::string escaped(std::string_view text) {
  std::string roff;
  bool is_line_start = true;
  for (const char c : text) {
    if (is_line_start && (c == '.' || c == '\'')) roff += "\\&";
    if (c == '\\')
      roff += "\\e";
    else if (c == '-')
      roff += "\\-";
    else
      roff += c;
    is_line_start = c == '\n';
  }
  return roff;
}

std::string upper_case(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return text;
}

// Lines as they are, line by line.
std::string verbatim(std::string_view text) { return ".nf\n" + escaped(text) + "\n.fi\n"; }

std::string option_text(const OptionDescription& option) {
  std::string names;
  for (const std::string& name : option.names) names += (names.empty() ? "" : ", ") + name;
  std::string text = ".TP\n.B " + escaped(names);
  if (!option.value.empty()) text += " \\fI" + escaped(option.value) + "\\fR";
  return text + '\n' + escaped(option.text) + '\n';
}

void add_command(std::string& page, const CommandDescription& command, const std::string& parents) {
  const std::string name = parents + command.name;
  page += ".SS " + escaped(name) + '\n' + escaped(command.text) + ".\n";
  for (const OptionDescription& option : command.options)
    if (option.names.back() != "--help") page += option_text(option);
  if (!command.footer.empty()) page += ".PP\n" + verbatim(command.footer);
  for (const CommandDescription& inner : command.commands) add_command(page, inner, name + ' ');
}

}  // namespace

std::string man_page(const CommandDescription& program, std::string_view version) {
  std::string page = ".TH " + upper_case(program.name) + " 1 \"\" \"" + program.name + ' ' + std::string(version) +
                     "\" \"User Commands\"\n";
  page += ".SH NAME\n" + program.name + " \\- " + escaped(program.text) + '\n';
  page += ".SH SYNOPSIS\n.B " + program.name + "\n\\fICOMMAND\\fR [\\fIOPTION\\fR...] [\\fIARGUMENT\\fR...]\n";
  page += ".SH OPTIONS\n";
  for (const OptionDescription& option : program.options) page += option_text(option);
  page += ".SH COMMANDS\n";
  for (const CommandDescription& command : program.commands) add_command(page, command, "");
  page += ".SH NOTES\n" + verbatim(program.footer);
  return page;
}

}  // namespace qmforge::tools
