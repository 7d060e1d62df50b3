// Running another program on a file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace qmforge::tools {

/// Runs `command` (a program and its arguments) with `input` as its standard input and its standard output in `output`;
/// its standard error is ours. Returns its exit status; one that did not end by itself gives a status other than 0. It
/// goes through the system's shell, each argument quoted.
[[nodiscard]] int run_child(const std::vector<std::string>& command, const std::filesystem::path& input,
                            const std::filesystem::path& output);

/// A folder of our own among the system's temporary files, removed with all that is in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace qmforge::tools
