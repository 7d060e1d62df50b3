#include "inner_file.h"

#include <algorithm>
#include <system_error>

#include "input.h"

namespace qmforge::tools {
namespace {

namespace fs = std::filesystem;

bool is_inner_name(const std::string& name) {
  if (name.empty() || name.starts_with('/') || name.find_first_of("\\:") != std::string::npos) return false;
  return std::ranges::none_of(fs::path(name), [](const auto& part) { return part == ".."; });
}

}  // namespace

std::string read_inner_file(const fs::path& folder, const std::string& name, std::vector<std::byte>& bytes) {
  const std::string subject = "\"file\": " + name;
  if (!is_inner_name(name)) return subject + " is not a path inside the set's folder";
  fs::path path = folder;
  const fs::path relative = name;
  fs::file_status status;
  for (const fs::path& part : relative) {
    path /= part;
    std::error_code error;
    status = fs::symlink_status(path, error);
    if (status.type() == fs::file_type::not_found) return subject + " does not exist";
    if (fs::is_symlink(status)) return subject + " leads through a symbolic link";
  }
  if (!fs::is_regular_file(status)) return subject + " is not a regular file";
  Input(path.string()).read_all(bytes);
  return "";
}

}  // namespace qmforge::tools
