#include "child.h"

#include <cstdlib>
#include <random>
#include <string_view>
#include <system_error>

#ifndef _WIN32
#include <sys/wait.h>
#endif

#include "console.h"

namespace qmforge::tools {
namespace {

// An argument as the shell reads it back.
std::string shell_word(std::string_view argument) {
#ifdef _WIN32
  constexpr char quote = '"';
  constexpr std::string_view inside = "\\\"";
#else
  constexpr char quote = '\'';
  constexpr std::string_view inside = "'\\''";
#endif
  std::string text(1, quote);
  for (const char c : argument) c == quote ? text.append(inside) : text.append(1, c);
  return text + quote;
}

int run_line(const std::string& line) {
#ifdef _WIN32
  return std::system(('"' + line + '"').c_str());  // cmd takes the first and the last quotation mark away
#else
  const int status = std::system(line.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
#endif
}

}  // namespace

int run_child(const std::vector<std::string>& command, const std::filesystem::path& input,
              const std::filesystem::path& output) {
  std::string line;
  for (const std::string& word : command) line += shell_word(word) + ' ';
  return run_line(line + "< " + shell_word(input.string()) + " > " + shell_word(output.string()));
}

TemporaryFolder::TemporaryFolder() {
  const std::filesystem::path root = std::filesystem::temp_directory_path();
  std::random_device random;
  do path_ = root / ("qmforge-" + std::to_string(random()));
  while (!std::filesystem::create_directory(path_));
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace qmforge::tools
