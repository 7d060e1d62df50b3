// qmforge: simulates, decodes and validates IKE/AuthIP Quick Mode failure events.
#include <exception>
#include <new>
#include <string_view>

#include "command_line.h"
#include "commands.h"
#include "console.h"
#include "interruption.h"
#include "platform.h"

namespace qmforge::tools {
namespace {

void run(int argc, const char* const* argv, Console& console) {
  Program program("qmforge", QMFORGE_VERSION,
                  "Simulate, decode and validate IKE/AuthIP Quick Mode failure events "
                  "(FWPM_NET_EVENT_IKEEXT_QM_FAILURE0 and 1)");
  Command command = program.command();
  command.require_command();
  command.add_footer(
      "qmforge COMMAND --help describes a command, with examples.\n"
      "Exit status: 0 every input is valid, 1 some are not, 2 wrong usage, or a file cannot be read or written.");
  add_decode(command, console);
  add_encode(command, console);
  add_simulate(command, console);
  add_check(command, console);
  add_conform(command, console);
  add_show(command, console);
  add_list(command, console);
  add_corpus(command, console);
  add_help(program, QMFORGE_VERSION, console);
  add_completion(program, console);
  program.run(argc, argv, console);
  console.flush();
}

// The message without the prefix that the standard library adds to the errors of its file system.
std::string_view sentence(const std::exception& error) {
  std::string_view what = error.what();
  constexpr std::string_view prefix = "filesystem error: ";
  if (what.starts_with(prefix)) what.remove_prefix(prefix.size());
  return what;
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
    } catch (const qmforge::tools::Interrupted&) {
      qmforge::tools::end_interrupted();
    } catch (const std::bad_alloc&) {
      console.report_error("out of memory");
    } catch (const std::exception& error) {
      console.report_error(qmforge::tools::sentence(error));
    }
  } catch (const OutputFailure& failure) {
    console.report_error(failure.what());
  }
  return static_cast<int>(console.exit_code());
}
