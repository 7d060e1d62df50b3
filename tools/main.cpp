// qmforge: forge, read and judge IKE/AuthIP Quick Mode failure events.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <exception>
#include <new>
#include <sstream>
#include <string>
#include <string_view>

#include "commands.h"
#include "console.h"
#include "platform.h"

namespace qmforge::tools {
namespace {

// What CLI11 has to say when parsing ends early: the help or the version that was asked for, or a complaint.
void report(const CLI::App& program, const CLI::ParseError& error, Console& console) {
  std::ostringstream out;
  std::ostringstream complaint;
  if (program.exit(error, out, complaint) == 0) {
    console.print(out.str());
  } else {
    std::string text = complaint.str();
    while (text.ends_with('\n')) text.pop_back();
    console.complain(text);
  }
}

// CLI11 would complain that a command is required.
void check_command(CLI::App& program, std::string_view first) {
  const auto commands = program.get_subcommands({});
  const bool is_command =
      std::ranges::any_of(commands, [first](const CLI::App* command) { return command->get_name() == first; });
  if (!is_command && !first.starts_with('-')) throw Failure(std::string(first) + " is no command; see qmforge --help");
}

void run(int argc, const char* const* argv, Console& console) {
  CLI::App program{
      "Forges, reads and judges IKE/AuthIP Quick Mode failure events (FWPM_NET_EVENT_IKEEXT_QM_FAILURE0/1).",
      "qmforge"};
  program.set_version_flag("--version", "qmforge " QMFORGE_VERSION, "Print the version and exit");
  program.set_help_flag("-h,--help", "Print this help and exit");
  program.require_subcommand(1);
  program.footer(
      "qmforge COMMAND --help says more about a command, with examples.\n"
      "Exit status: 0 all is valid, 1 something is not, 2 wrong usage or a file that cannot be read or written.");
  add_decode(program, console);
  add_encode(program, console);
  add_simulate(program, console);
  add_check(program, console);
  add_conform(program, console);
  add_list(program, console);
  add_corpus(program, console);
  try {
    if (argc > 1) check_command(program, argv[1]);
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    report(program, error, console);
  }
  console.flush();
}

}  // namespace
}  // namespace qmforge::tools

int main(int argc, char** argv) {
  using qmforge::tools::Console;
  using qmforge::tools::OutputFailure;
  qmforge::tools::prepare_streams();
  Console console;
  try {
    try {
      qmforge::tools::run(argc, argv, console);
    } catch (const OutputFailure&) {
      throw;
    } catch (const std::bad_alloc&) {
      console.complain("out of memory");
    } catch (const std::exception& error) {
      console.complain(error.what());
    }
  } catch (const OutputFailure& failure) {
    console.complain(failure.what());
  }
  return static_cast<int>(console.status());
}
