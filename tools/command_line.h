// The program's command line: commands, their options, and what is done when a command is chosen. What is needed here
// of CLI11, which one file alone compiles: its headers take more time than all that a command does.
#pragma once

#include <cstdint>
#include <functional>
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

class Option {
 public:
  explicit Option(CLI::Option& option) noexcept : option_(&option) {}

  Option required();
  Option excludes(Option other);
  /// At most this, for a number.
  Option at_most(unsigned limit);
  /// What stands for the value in the help.
  Option value_name(const std::string& name);

  [[nodiscard]] bool was_given() const;

 private:
  CLI::Option* option_;
};

/// The program itself or a command of it. What it is given refers to stays with the caller until the program has run.
class Command {
 public:
  explicit Command(CLI::App& app) noexcept : app_(&app) {}

  Command add_command(const std::string& name, const std::string& description);
  /// One of its commands must be chosen.
  void require_command();

  /// Options are `--name`; what has a name without dashes is told by its place.
  Option add_option(const std::string& name, std::string& value, const std::string& description);
  Option add_option(const std::string& name, std::vector<std::string>& values, const std::string& description);
  Option add_option(const std::string& name, std::uint64_t& value, const std::string& description);
  Option add_option(const std::string& name, unsigned& value, const std::string& description);
  Option add_option(const std::string& name, const std::function<void(const std::string&)>& read,
                    const std::string& description);
  Option add_flag(const std::string& name, bool& value, const std::string& description);
  /// What the help ends with.
  void add_footer(const std::string& text);

  /// What is done at the end of parsing when the command was chosen.
  void set_action(const std::function<void()>& action);
  /// The names of the options that were given.
  [[nodiscard]] std::vector<std::string> given() const;

 private:
  CLI::App* app_;
};

/// Ends parsing: the option, or the command, cannot be meant so.
[[noreturn]] void refuse(const std::string& name, const std::string& sentence);

class Program {
 public:
  Program(const std::string& name, const std::string& version, const std::string& description);
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program();

  [[nodiscard]] Command command() noexcept { return Command(*app_); }
  /// Runs the command that was chosen. The help or the version that was asked for, and what is wrong with the command
  /// line, go to the console.
  void run(int argc, const char* const* argv, Console& console);

 private:
  void check_command(std::string_view first) const;

  std::unique_ptr<CLI::App> app_;
};

}  // namespace qmforge::tools
