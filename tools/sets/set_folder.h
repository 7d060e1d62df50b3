// The folder of a labelled set: which files belong to it, and how a new set replaces an old one.
#pragma once

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>

namespace qmforge::tools {

inline constexpr const char* manifest_name = "manifest.jsonl";

/// A folder that a set cannot be written to; the message is a sentence for the user.
struct UnsuitableFolder : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The folder of an old set that was replaced and could not be removed.
struct KeptSet {
  std::filesystem::path folder;
  std::string reason;
};

/// The folder that a set for `directory` is written to: without a trailing slash, and with symbolic links resolved.
/// Throws UnsuitableFolder for the current folder (processes in it would keep the old one), for a file, and for a
/// dangling link.
[[nodiscard]] std::filesystem::path resolve_set_folder(const std::filesystem::path& directory);

/// Makes a new, empty folder `PATH.SUFFIX-xxxxxxxx` with a random name.
[[nodiscard]] std::filesystem::path make_unique_folder(const std::filesystem::path& path, const std::string& suffix);

/// Throws UnsuitableFolder unless `directory` does not exist, is empty or, with `replace`, holds a set and nothing
/// else: manifest.jsonl, and the files that it names in folders `inputs/NNN`.
void require_writable(const std::filesystem::path& directory, bool replace);

/// Moves the complete set in `finished` to `directory`. With `replace`, it first renames an old set and then removes
/// it, so that a complete set exists at every moment. Throws UnsuitableFolder if another program has written to
/// `directory` meanwhile.
///
/// Returns the renamed folder of the old set if it cannot be removed, or if another program added files to it
/// meanwhile.
std::optional<KeptSet> install_set(const std::filesystem::path& finished, const std::filesystem::path& directory,
                                   bool replace);

}  // namespace qmforge::tools
