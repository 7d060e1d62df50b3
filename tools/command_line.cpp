#include "command_line.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <sstream>
#include <utility>

namespace qmforge::tools {
namespace {

// What CLI11 has to say when parsing ends early: the help or the version that was asked for, or a complaint.
void report(const CLI::App& app, const CLI::ParseError& error, Console& console) {
  std::ostringstream out;
  std::ostringstream complaint;
  if (app.exit(error, out, complaint) == 0) {
    console.print(out.str());
  } else {
    std::string text = complaint.str();
    while (text.ends_with('\n')) text.pop_back();
    console.complain(text);
  }
}

}  // namespace

Option Option::required() {
  option_->required();
  return *this;
}

Option Option::excludes(Option other) {
  option_->excludes(other.option_);
  return *this;
}

Option Option::at_most(unsigned limit) {
  option_->check(CLI::Range(0U, limit));
  return *this;
}

Option Option::value_name(const std::string& name) {
  option_->type_name(name);
  return *this;
}

bool Option::was_given() const { return option_->count() != 0; }

Command Command::add_command(const std::string& name, const std::string& description) {
  return Command(*app_->add_subcommand(name, description));
}

void Command::require_command() { app_->require_subcommand(1); }

Option Command::add_option(const std::string& name, std::string& value, const std::string& description) {
  return Option(*app_->add_option(name, value, description));
}

Option Command::add_option(const std::string& name, std::vector<std::string>& values, const std::string& description) {
  return Option(*app_->add_option(name, values, description));
}

Option Command::add_option(const std::string& name, std::uint64_t& value, const std::string& description) {
  return Option(*app_->add_option(name, value, description));
}

Option Command::add_option(const std::string& name, unsigned& value, const std::string& description) {
  return Option(*app_->add_option(name, value, description));
}

Option Command::add_option(const std::string& name, const std::function<void(const std::string&)>& read,
                           const std::string& description) {
  return Option(*app_->add_option_function<std::string>(name, read, description));
}

Option Command::add_flag(const std::string& name, bool& value, const std::string& description) {
  return Option(*app_->add_flag(name, value, description));
}

void Command::add_footer(const std::string& text) { app_->footer(text); }

void Command::set_action(const std::function<void()>& action) { app_->callback(action); }

std::vector<std::string> Command::given() const {
  std::vector<std::string> names;
  for (const CLI::Option* const option : std::as_const(*app_).get_options())
    if (option->count() != 0) names.push_back(option->get_name());
  return names;
}

void refuse(const std::string& name, const std::string& sentence) { throw CLI::ValidationError(name, sentence); }

Program::Program(const std::string& name, const std::string& version, const std::string& description)
    : app_(std::make_unique<CLI::App>(description, name)) {
  app_->set_version_flag("--version", name + ' ' + version, "Print the version and exit");
  app_->set_help_flag("-h,--help", "Print this help and exit");
}

Program::~Program() = default;

void Program::run(int argc, const char* const* argv, Console& console) {
  try {
    if (argc > 1) check_command(argv[1]);
    app_->parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    report(*app_, error, console);
  }
}

// CLI11 would complain that a command is required.
void Program::check_command(std::string_view first) const {
  const auto commands = std::as_const(*app_).get_subcommands({});
  const bool is_command =
      std::ranges::any_of(commands, [first](const CLI::App* command) { return command->get_name() == first; });
  if (!is_command && !first.starts_with('-')) throw Failure(std::string(first) + " is no command; see qmforge --help");
}

}  // namespace qmforge::tools
