// Files that a manifest names.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace qmforge::tools {

/// Reads the file that a manifest in `folder` names into `bytes`. Returns a sentence about what is wrong; empty for
/// success. The file must be a regular file inside the folder: its name is relative, has no `..`, and has no backslash
/// or colon, which Windows interprets; no part of it is a symbolic link.
[[nodiscard]] std::string read_inner_file(const std::filesystem::path& folder, const std::string& name,
                                          std::vector<std::byte>& bytes);

}  // namespace qmforge::tools
