#include "completion.h"

#include <algorithm>
#include <vector>

namespace qmforge::tools {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<std::string> command_names(const CommandDescription& command) {
  std::vector<std::string> names;
  for (const CommandDescription& inner : command.commands) names.push_back(inner.name);
  return names;
}

std::vector<std::string> option_names(const CommandDescription& command) {
  std::vector<std::string> names;
  for (const OptionDescription& option : command.options)
    if (!option.is_argument)
      for (const std::string& name : option.names)
        if (name.starts_with("--")) names.push_back(name);
  return names;
}

// `ndr20|ndr64|all` as words; empty for a value that is not one of a few.
std::string choices(const OptionDescription& option) {
  if (option.value.find('|') == std::string::npos) return "";
  std::string words = option.value;
  std::ranges::replace(words, '|', ' ');
  return words;
}

bool names_a_folder(const OptionDescription& option) { return option.value == "DIR"; }
bool names_a_file(const OptionDescription& option) { return option.value == "FILE"; }

// In single quotation marks, for any of the three shells.
std::string quoted(const std::string& text, std::string_view escaped_quote) {
  std::string quoted = "'";
  for (const char c : text)
    if (c == '\'')
      quoted += escaped_quote;
    else
      quoted += c;
  return quoted + '\'';
}

// What zsh takes for syntax in a description.
std::string zsh_description(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string zsh_value(const OptionDescription& option) {
  if (!choices(option).empty()) return ":value:(" + choices(option) + ')';
  if (names_a_folder(option)) return ":folder:_files -/";
  if (names_a_file(option)) return ":file:_files";
  return option.value.empty() ? "" : ':' + option.value + ": ";
}

}  // namespace

std::string bash_completion(const CommandDescription& program) {
  std::string text = "# bash completion for " + program.name + "\n_" + program.name + "() {\n" +
                     "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                     "  local command=${COMP_WORDS[1]} words=\n"
                     "  if (( COMP_CWORD == 1 )); then\n    words='" +
                     joined(command_names(program)) + ' ' + joined(option_names(program)) +
                     "'\n    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n    return\n  fi\n  case $command in\n";
  for (const CommandDescription& command : program.commands) {
    text += "    " + command.name + ")\n      case $before in\n";
    for (const OptionDescription& option : command.options) {
      const std::string& name = option.names.back();
      if (!choices(option).empty())
        text += "        " + name + ") words='" + choices(option) + "' ;;\n";
      else if (names_a_folder(option))
        text += "        " + name + ") COMPREPLY=($(compgen -d -- \"$word\")); return ;;\n";
    }
    text += "        *) words='" + joined(option_names(command)) + ' ' + joined(command_names(command)) +
            "' ;;\n      esac ;;\n";
  }
  return text +
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
         "  if [[ $word != -* ]]; then COMPREPLY+=($(compgen -f -- \"$word\")); fi\n"
         "}\ncomplete -o filenames -F _" +
         program.name + ' ' + program.name + '\n';
}

std::string zsh_completion(const CommandDescription& program) {
  constexpr std::string_view quote = "'\\''";
  std::string text = "#compdef " + program.name + "\nlocal -a commands\ncommands=(\n";
  for (const CommandDescription& command : program.commands)
    text += "  " + quoted(command.name + ':' + zsh_description(command.text), quote) + '\n';
  text +=
      ")\nif (( CURRENT == 2 )); then\n  _describe command commands\n  return\nfi\n"
      "shift words; (( CURRENT-- ))\ncase $words[1] in\n";
  for (const CommandDescription& command : program.commands) {
    text += "  " + command.name + ")\n    _arguments";
    for (const OptionDescription& option : command.options) {
      if (option.is_argument) continue;
      const std::string description = '[' + zsh_description(option.text) + ']' + zsh_value(option);
      text += " \\\n      " + quoted(option.names.back() + description, quote);
    }
    if (!command.commands.empty())
      text += " \\\n      " + quoted("1:command:(" + joined(command_names(command)) + ')', quote);
    text += " \\\n      '*:file:_files' ;;\n";
  }
  return text + "esac\n";
}

std::string fish_completion(const CommandDescription& program) {
  constexpr std::string_view quote = "\\'";
  const std::string complete = "complete -c " + program.name;
  std::string text = "# fish completion for " + program.name + '\n';
  for (const CommandDescription& command : program.commands)
    text += complete + " -f -n __fish_use_subcommand -a " + command.name + " -d " + quoted(command.text, quote) + '\n';
  for (const CommandDescription& command : program.commands) {
    const std::string condition = " -n '__fish_seen_subcommand_from " + command.name + '\'';
    for (const CommandDescription& inner : command.commands)
      text += complete + condition + " -f -a " + inner.name + " -d " + quoted(inner.text, quote) + '\n';
    for (const OptionDescription& option : command.options) {
      if (option.is_argument) continue;
      text += complete + condition + " -l " + option.names.back().substr(2);
      if (!choices(option).empty())
        text += " -x -a '" + choices(option) + '\'';
      else if (names_a_file(option) || names_a_folder(option))
        text += " -r";
      else if (!option.value.empty())
        text += " -x";
      text += " -d " + quoted(option.text, quote) + '\n';
    }
  }
  return text;
}

}  // namespace qmforge::tools
