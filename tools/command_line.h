// The program's command line: commands, their options, and what each command does. One file alone compiles CLI11, which
// takes longer to compile than any command.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "console.h"

namespace CLI {  // NOLINT(readability-identifier-naming): its own name
class App;
class Option;
}  // namespace CLI

namespace qmforge::tools {

/// The whole numbers that an option takes.
struct NumberRange {
  std::uint64_t min = 0;
  std::uint64_t max = std::numeric_limits<std::uint64_t>::max();
};

/// Ends parsing: the value of an option, or a combination of options, is wrong.
[[noreturn]] void throw_usage_error(const std::string& name, const std::string& sentence);

/// Reads `text` as a decimal whole number in the range; anything else is a usage error of the option `name`.
[[nodiscard]] std::uint64_t decimal(const std::string& name, std::string_view text, NumberRange range);

class Option {
 public:
  explicit Option(CLI::Option& option) noexcept : option_(&option) {}

  Option required();
  Option excludes(Option other);
  /// The placeholder of the value in the help: `--seed N`.
  Option value_name(const std::string& name);

  [[nodiscard]] bool was_given() const;

 private:
  CLI::Option* option_;
};

/// The program itself or a command of it. The caller keeps alive what it passes by reference until the program has run.
class Command {
 public:
  explicit Command(CLI::App& app) noexcept : app_(&app) {}

  Command add_command(const std::string& name, const std::string& description);
  /// The user must choose one of its commands.
  void require_command();

  /// Options are `--name`; a name without dashes is an argument that is recognised by its position.
  Option add_option(const std::string& name, std::string& value, const std::string& description);
  Option add_option(const std::string& name, std::vector<std::string>& values, const std::string& description);
  Option add_option(const std::string& name, const std::function<void(const std::string&)>& read,
                    const std::string& description);
  Option add_flag(const std::string& name, bool& value, const std::string& description);
  /// A decimal whole number. Any other value is a usage error, whose message has the range.
  template <std::unsigned_integral Number>
  Option add_number(const std::string& name, Number& value, NumberRange range, const std::string& description) {
    return add_option(
        name,
        [&value, name, range](const std::string& text) { value = static_cast<Number>(decimal(name, text, range)); },
        description);
  }
  /// Text below the options in the help.
  void add_footer(const std::string& text);

  /// What the command does, once the whole command line is read.
  void set_action(const std::function<void()>& action);
  /// The names of the options that were given.
  [[nodiscard]] std::vector<std::string> given() const;

 private:
  CLI::App* app_;
};

/// The help of an option or an argument.
struct OptionDescription {
  std::vector<std::string> names;  // `-h`, `--help`; for an argument its name alone
  std::string value;               // the placeholder of its value; empty for a flag
  std::string text;
  bool is_argument = false;
};

/// The help of a command and of its subcommands.
struct CommandDescription {
  std::string name;
  std::string text;
  std::string footer;
  std::vector<OptionDescription> options;
  std::vector<CommandDescription> commands;
};

class Program {
 public:
  Program(const std::string& name, const std::string& version, const std::string& description);
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program();

  [[nodiscard]] Command command() noexcept { return Command(*app_); }
  /// Runs the command that the user chose. Help, version and errors in the command line go to the console.
  void run(int argc, const char* const* argv, Console& console);

  /// The help of a command, given as a path of names (`list`, `faults`); an empty path is the program itself.
  [[nodiscard]] std::string help(const std::vector<std::string>& command) const;
  [[nodiscard]] CommandDescription describe() const;

 private:
  std::unique_ptr<CLI::App> app_;
};

}  // namespace qmforge::tools
