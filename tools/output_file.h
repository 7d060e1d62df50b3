// Files that appear when they are complete.
#pragma once

#include <filesystem>
#include <fstream>
#include <string_view>

namespace qmforge::tools {

/// A file to write. An old file at the path stays until finish(): the new contents go to a temporary file beside it,
/// which the destructor removes. A path that is not a regular file (a pipe, /dev/stdout) is written directly. Throws a
/// Failure that names the file.
class OutputFile {
 public:
  explicit OutputFile(const std::filesystem::path& path);
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  void write(std::string_view text);
  void finish();

 private:
  void check() const;

  std::filesystem::path path_;
  std::filesystem::path partial_;  // the temporary file
  std::ofstream stream_;
  bool finished_ = false;
};

}  // namespace qmforge::tools
