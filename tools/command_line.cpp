#include "command_line.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <charconv>
#include <utility>

#include "nearest.h"

namespace qmforge::tools {
namespace {

// The innermost command on the command line.
const CLI::App& chosen_command(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : chosen_command(*chosen.front());
}

// `qmforge list`
std::string full_name(const CLI::App& app) {
  return app.get_parent() == nullptr ? app.get_name() : full_name(*app.get_parent()) + ' ' + app.get_name();
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* const command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* const option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

// A sentence about the first argument that no command or option takes; empty if there is none.
std::string describe_unknown(const CLI::App& root) {
  const CLI::App& app = chosen_command(root);
  for (const std::string& word : root.remaining(true)) {
    if (word == "--") continue;
    if (word.starts_with('-')) {
      const std::string name = word.substr(0, word.find('='));
      return "unknown option '" + name + '\'' + suggestion(name, option_names(app));
    }
    const std::vector<std::string> commands = command_names(app);
    if (!commands.empty()) return "unknown command '" + word + '\'' + suggestion(word, commands);
    return "unexpected argument '" + word + '\'';
  }
  return "";
}

// CLI11's sentence in plain English.
std::string sentence(const CLI::ParseError& error, const CLI::App& app) {
  std::string text = error.what();
  const auto before = [&text](std::string_view end) { return text.substr(0, text.find(end)); };
  if (error.get_name() == "RequiredError") {
    const std::string what = before(" is required");
    return what == "A subcommand" ? "missing command" : "missing " + what;
  }
  if (error.get_name() == "ExcludesError") {
    constexpr std::string_view verb = " excludes ";
    const std::string first = before(verb);
    return first + " and " + text.substr(first.size() + verb.size()) + " cannot be used together";
  }
  if (error.get_name() == "ArgumentMismatch") {
    for (const CLI::Option* const option : app.get_options()) {
      const std::string name = option->get_name();
      if (text.find(name) == std::string::npos) continue;
      if (option->get_expected_max() == 0) return name + " takes no value";
      return name + (option->count() > 1 ? " is given more than once" : " requires a value");
    }
  }
  return text;
}

std::string usage_error(const CLI::ParseError& error, const CLI::App& root) {
  const CLI::App& app = chosen_command(root);
  std::string text = describe_unknown(root);
  if (text.empty()) text = sentence(error, app);
  return text + " (see " + full_name(app) + " --help)";
}

CommandDescription describe_command(const CLI::App& app) {
  CommandDescription description{app.get_name(), app.get_description(), app.get_footer(), {}, {}};
  for (const CLI::Option* const option : app.get_options()) {
    OptionDescription described{{}, "", option->get_description(), option->get_positional()};
    for (const std::string& name : option->get_snames()) described.names.push_back("-" + name);
    for (const std::string& name : option->get_lnames()) described.names.push_back("--" + name);
    if (described.is_argument)
      described.names = {option->get_name(true)};
    else if (option->get_expected_max() != 0)
      described.value = option->get_type_name();
    description.options.push_back(std::move(described));
  }
  for (const CLI::App* const command : app.get_subcommands({}))
    description.commands.push_back(describe_command(*command));
  return description;
}

}  // namespace

void throw_usage_error(const std::string& name, const std::string& sentence) {
  throw CLI::ValidationError(name, sentence);
}

std::uint64_t decimal(const std::string& name, std::string_view text, NumberRange range) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < range.min || number > range.max)
    throw_usage_error(name, "invalid value '" + std::string(text) + "'; expected a whole number from " +
                                std::to_string(range.min) + " to " + std::to_string(range.max));
  return number;
}

Option Option::required() {
  option_->required();
  return *this;
}

Option Option::excludes(Option other) {
  option_->excludes(other.option_);
  return *this;
}

Option Option::value_name(const std::string& name) {
  option_->type_name(name);
  return *this;
}

bool Option::was_given() const { return option_->count() != 0; }

Command Command::add_command(const std::string& name, const std::string& description) {
  return Command(*app_->add_subcommand(name, description)->footer(""));  // CLI11 would repeat the parent's
}

void Command::require_command() { app_->require_subcommand(1); }

Option Command::add_option(const std::string& name, std::string& value, const std::string& description) {
  CLI::Option* const option = app_->add_option(name, value, description);
  option->check([name](const std::string& text) -> std::string {
    if (text.empty()) return "the value is empty";
    // CLI11 takes whatever follows: `--out --hex` would write a folder of that name.
    if (name.starts_with('-') && text.starts_with("--")) return "requires a value, but '" + text + "' follows it";
    return "";
  });
  return Option(*option);
}

Option Command::add_option(const std::string& name, std::vector<std::string>& values, const std::string& description) {
  return Option(*app_->add_option(name, values, description));
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

Program::Program(const std::string& name, const std::string& version, const std::string& description)
    : app_(std::make_unique<CLI::App>(description, name)) {
  app_->set_version_flag("--version", name + ' ' + version, "Print the version and exit");
  app_->set_help_flag("-h,--help", "Print this help and exit");
}

Program::~Program() = default;

void Program::run(int argc, const char* const* argv, Console& console) {
  try {
    app_->parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    console.print(app_->help());
  } catch (const CLI::CallForVersion& version) {
    console.print(std::string(version.what()) + '\n');
  } catch (const CLI::ParseError& error) {
    console.report_error(usage_error(error, *app_));
  }
}

std::string Program::help(const std::vector<std::string>& command) const {
  const CLI::App* app = app_.get();
  for (const std::string& name : command) {
    const std::vector<std::string> names = command_names(*app);
    if (std::ranges::find(names, name) == names.end())
      throw Failure("unknown command '" + name + '\'' + suggestion(name, names) + " (see qmforge --help)");
    app = app->get_subcommand(name);
  }
  return app->get_formatter()->make_help(app, full_name(*app), CLI::AppFormatMode::Normal);
}

CommandDescription Program::describe() const { return describe_command(*app_); }

}  // namespace qmforge::tools
