// The folder of a labelled set: what belongs to it, and how one set takes the place of another.
#pragma once

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>

namespace qmforge::tools {

inline constexpr const char* manifest_name = "manifest.jsonl";

/// A folder that a set cannot be written to: a sentence for the user.
struct UnsuitableFolder : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Where a set that is to be written to `directory` goes: without a slash at its end, and behind a symbolic link the
/// folder that it leads to. Throws UnsuitableFolder for the current folder (which cannot be replaced under the
/// processes in it), for a file, and for a link that leads nowhere.
[[nodiscard]] std::filesystem::path resolve_set_folder(const std::filesystem::path& directory);

/// Makes a new, empty folder `PATH.SUFFIX-xxxxxxxx` that nobody else uses.
[[nodiscard]] std::filesystem::path make_unique_folder(const std::filesystem::path& path, const std::string& suffix);

/// Throws UnsuitableFolder unless `directory` does not exist, is empty or, with `replace`, holds a set and nothing
/// else: manifest.jsonl, and the files that it names in folders `inputs/NNN`.
void require_writable(const std::filesystem::path& directory, bool replace);

/// Moves the complete set in `finished` to `directory`. With `replace`, a set that is there is moved aside first and
/// removed afterwards; so at every moment one of the two is whole. Throws UnsuitableFolder when something else has come
/// to be there.
///
/// Returns the folder to which an old set was moved, if somebody put further files into it meanwhile: they stay there.
std::optional<std::filesystem::path> install_set(const std::filesystem::path& finished,
                                                 const std::filesystem::path& directory, bool replace);

}  // namespace qmforge::tools
