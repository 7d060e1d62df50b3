// qmforge corpus: the seeds of the fuzz targets, a folder for each.
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <string>

#include "command_line.h"
#include "commands.h"
#include "seeds.h"

namespace qmforge::tools {
namespace {

namespace fs = std::filesystem;

// Removes the seeds of an earlier version. Inputs that a fuzzer found do not begin with seed-.
void remove_seeds(const fs::path& folder) {
  std::vector<fs::path> seeds;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder))
    if (entry.path().filename().string().starts_with("seed-")) seeds.push_back(entry.path());
  for (const fs::path& seed : seeds) fs::remove(seed);
}

void write_corpus(const fs::path& directory, Console& console) {
  std::set<std::string_view> targets;
  std::size_t count = 0;
  each_seed([&](const Seed& seed) {
    const fs::path folder = directory / seed.target;
    if (targets.insert(seed.target).second) {
      fs::create_directories(folder);
      remove_seeds(folder);
    }
    errno = 0;
    std::ofstream file(folder / seed.name, std::ios::binary);
    file.write(reinterpret_cast<const char*>(seed.bytes.data()), static_cast<std::streamsize>(seed.bytes.size()));
    file.close();
    if (!file)
      throw Failure("cannot write " + (folder / seed.name).string() + ": " + std::generic_category().message(errno));
    ++count;
  });
  console.print(std::to_string(count) + " seeds for " + std::to_string(targets.size()) + " targets\n");
}

}  // namespace

void add_corpus(Command program, Console& console) {
  Command command = program.add_command("corpus", "Write the seeds of the fuzz targets");
  const auto directory = std::make_shared<std::string>();
  command
      .add_option("DIR", *directory,
                  "The folder to write: one subfolder a target, in which files that begin with seed- are replaced")
      .required();
  command.add_footer("Example:\n  qmforge corpus corpus");
  command.set_action([directory, &console] { write_corpus(*directory, console); });
}

}  // namespace qmforge::tools
