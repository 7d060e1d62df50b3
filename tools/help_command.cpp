// qmforge help and qmforge completion: help texts, the manual page, completion scripts.
#include <memory>
#include <string>
#include <vector>

#include "command_line.h"
#include "commands.h"
#include "completion.h"
#include "man_page.h"

namespace qmforge::tools {

void add_help(Program& program, const std::string& version, Console& console) {
  struct Settings {
    std::vector<std::string> command;
    bool man = false;
  };
  Command command = program.command().add_command("help", "Print the help of a command");
  const auto settings = std::make_shared<Settings>();
  const Option name = command.add_option("COMMAND", settings->command, "The command (default: the whole program)");
  command.add_flag("--man", settings->man, "Print the manual page").excludes(name);
  command.add_footer("Examples:\n  qmforge help conform\n  qmforge help --man > qmforge.1");
  command.set_action([settings, version, &program, &console] {
    console.print(settings->man ? man_page(program.describe(), version) : program.help(settings->command));
  });
}

void add_completion(Program& program, Console& console) {
  Command command = program.command().add_command("completion", "Print the completion script of a shell");
  command.require_command();
  const auto add = [&](const char* shell, const char* use, std::string (*script)(const CommandDescription&)) {
    command.add_command(shell, use).set_action([&program, &console, script] {
      console.print(script(program.describe()));
    });
  };
  add("bash", "For bash: source <(qmforge completion bash)", bash_completion);
  add("zsh", "For zsh: a file _qmforge in a folder of $fpath", zsh_completion);
  add("fish", "For fish: qmforge completion fish | source", fish_completion);
}

}  // namespace qmforge::tools
