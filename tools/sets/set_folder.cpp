#include "set_folder.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <random>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace qmforge::tools {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void fail(const fs::path& path, const std::string& sentence) {
  throw UnsuitableFolder(path.string() + ' ' + sentence);
}

// Whether a line is an input or the closing line of a manifest that a SetWriter wrote.
bool is_our_line(std::string_view line) {
  return line.starts_with(R"({"label": ")") || line.starts_with(R"({"inputs": )");
}

// The file that a line of a SetWriter's manifest names; empty for none.
std::string_view named_file(std::string_view line) {
  constexpr std::string_view key = R"(, "file": ")";
  const std::size_t begin = line.rfind(key);
  if (begin == std::string_view::npos) return {};
  const std::string_view name = line.substr(begin + key.size());
  return name.substr(0, name.find('"'));
}

// The files of a set, as paths in it with slashes; nullopt when the manifest is not a set's.
std::optional<std::unordered_set<std::string>> files_of_set(const fs::path& directory) {
  if (!fs::is_regular_file(fs::symlink_status(directory / manifest_name))) return std::nullopt;
  std::unordered_set<std::string> files = {manifest_name};
  std::ifstream manifest(directory / manifest_name, std::ios::binary);
  for (std::string line; std::getline(manifest, line);) {
    if (!is_our_line(line)) return std::nullopt;
    if (const std::string_view file = named_file(line); !file.empty()) files.emplace(file);
  }
  return files;
}

bool is_inputs_folder(const std::string& name) {
  constexpr std::string_view prefix = "inputs";
  return name.starts_with(prefix) && name.find_first_not_of("/0123456789", prefix.size()) == std::string::npos;
}

// All files and folders of a set, a folder before its contents. Throws UnsuitableFolder for one that is not the set's.
std::vector<fs::path> contents_of_set(const fs::path& directory) {
  const auto files = files_of_set(directory);
  if (!files) fail(directory, "holds files, but not a set; nothing was changed");
  std::vector<fs::path> contents;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(directory)) {
    const std::string name = entry.path().lexically_relative(directory).generic_string();
    const fs::file_status status = entry.symlink_status();
    const bool belongs =
        fs::is_directory(status) ? is_inputs_folder(name) : fs::is_regular_file(status) && files->contains(name);
    if (!belongs) fail(directory, "holds " + name + ", which does not belong to the set; nothing was changed");
    contents.push_back(entry.path());
  }
  return contents;
}

// Removes a set file by file, and nothing else. Returns why that is not possible; empty for success.
std::string remove_set(const fs::path& directory) {
  try {
    const std::vector<fs::path> contents = contents_of_set(directory);
    std::for_each(contents.rbegin(), contents.rend(), [](const fs::path& path) { fs::remove(path); });
    fs::remove(directory);
    return "";
  } catch (const UnsuitableFolder&) {
    return "another program added files to it";
  } catch (const fs::filesystem_error& error) {
    return error.code().message();
  }
}

bool is_there(const fs::path& path) { return fs::exists(fs::symlink_status(path)); }

// Renames the set in `directory`, if there is one, and returns its new folder.
std::optional<fs::path> move_aside(const fs::path& directory) {
  if (!is_there(directory)) return std::nullopt;
  require_writable(directory, true);
  if (fs::is_empty(directory)) return std::nullopt;
  const fs::path aside = make_unique_folder(directory, "old");
  fs::remove(aside);  // Windows renames to a name that is free, and to no other
  fs::rename(directory, aside);
  return aside;
}

// Moves a folder to a path that does not exist or is an empty folder. False if anything else is at the path.
bool move_in(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::remove(to, error);  // an empty folder, or nothing happens
  fs::rename(from, to, error);
  if (!error) return true;
  if (is_there(to)) return false;
  throw fs::filesystem_error("cannot write", to, error);
}

}  // namespace

fs::path resolve_set_folder(const fs::path& directory) {
  if (directory.empty()) throw UnsuitableFolder("the name of the folder is empty");
  fs::path path = directory;
  while (!path.has_filename() && path.has_relative_path()) path = path.parent_path();  // `set/`
  if (fs::is_symlink(path)) {
    if (!fs::exists(path)) fail(path, "is a dangling symbolic link");
    path = fs::canonical(path);
  }
  if (!fs::exists(path)) return path;
  if (!fs::is_directory(path)) fail(path, "is not a folder");
  if (fs::equivalent(path, fs::current_path()))
    fail(path, "is the current folder; name a folder in it, or one elsewhere");
  return fs::canonical(path);
}

fs::path make_unique_folder(const fs::path& path, const std::string& suffix) {
  std::random_device random;
  for (;;) {
    char number[9];
    std::snprintf(number, sizeof number, "%08x", static_cast<unsigned>(random()));
    fs::path folder = path;
    folder += '.' + suffix + '-' + number;
    if (fs::create_directory(folder)) return folder;
  }
}

void require_writable(const fs::path& directory, bool replace) {
  if (!is_there(directory) || (fs::is_directory(directory) && fs::is_empty(directory))) return;
  if (!fs::is_directory(directory)) fail(directory, "is not a folder");
  if (replace)
    static_cast<void>(contents_of_set(directory));
  else if (files_of_set(directory))
    fail(directory, "holds a set already (--replace replaces it)");
  else
    fail(directory, "is not empty");
}

std::optional<KeptSet> install_set(const fs::path& finished, const fs::path& directory, bool replace) {
  std::vector<fs::path> old;
  // If another run writes to the same folder at the same time, the run that ends last replaces the other's set.
  for (bool moved = false; !moved;) {
    if (replace)
      if (auto aside = move_aside(directory)) old.push_back(*std::move(aside));
    moved = move_in(finished, directory);
    if (!moved && !replace) fail(directory, "was written by another program meanwhile; nothing was changed");
  }
  std::optional<KeptSet> kept;
  for (const fs::path& each : old)
    if (std::string reason = remove_set(each); !reason.empty()) kept = {.folder = each, .reason = std::move(reason)};
  return kept;
}

}  // namespace qmforge::tools
