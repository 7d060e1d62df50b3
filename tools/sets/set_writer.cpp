// A labelled set in a folder: a manifest and, if asked for, a file for each input.
#include "set_writer.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "qmforge/hex.h"

namespace qmforge::tools {
namespace fs = std::filesystem;
namespace {

constexpr const char* manifest_name = "manifest.jsonl";
constexpr std::uint64_t files_per_folder = 1000;

[[noreturn]] void fail(const char* what, const fs::path& path, int error) {
  throw fs::filesystem_error(what, path, std::error_code(error, std::generic_category()));
}

// A stream that failed to write says so by its state alone; errno still holds the system's reason.
void check(const std::ofstream& stream, const char* what, const fs::path& path) {
  if (!stream) fail(what, path, errno);
}

}  // namespace

std::string hex_location(const sim::LabelledInput& labelled) { return R"("hex": ")" + to_hex(labelled.bytes) + '"'; }

std::string manifest_line(const sim::LabelledInput& labelled, std::string_view location) {
  std::string line = to_json(labelled.result());
  line.back() = ',';  // the object goes on
  line.append(" ").append(location).append(", \"fault\": ");
  if (labelled.fault.empty())
    line += "null}";
  else
    line.append("\"").append(labelled.fault).append("\"}");
  return line;
}

SetWriter::SetWriter(fs::path directory, Bytes bytes, bool replace)
    : directory_(std::move(directory)), partial_(directory_), bytes_(bytes) {
  if (!directory_.has_filename()) partial_ = directory_ = directory_.parent_path();  // `set/`
  partial_ += ".partial";
  if (fs::exists(directory_)) {
    if (!fs::is_directory(directory_)) fail("cannot write a set", directory_, ENOTDIR);
    const bool is_set = fs::exists(directory_ / manifest_name);
    if (!fs::is_empty(directory_) && (!replace || !is_set))
      fail(replace ? "not a set, so not replaced" : "cannot write a set", directory_, ENOTEMPTY);
  }
  fs::remove_all(partial_);
  fs::create_directories(partial_);
  manifest_path_ = partial_ / manifest_name;
  manifest_path_ += ".partial";
  errno = 0;
  manifest_.open(manifest_path_, std::ios::binary);
  check(manifest_, "cannot create", manifest_path_);
}

SetWriter::~SetWriter() {
  if (finished_) return;
  manifest_.close();
  std::error_code ignored;
  fs::remove_all(partial_, ignored);
}

// Returns the file's name in the manifest, which has slashes on every system.
std::string SetWriter::write_file(const sim::LabelledInput& labelled) {
  std::string folder = std::to_string(size_ / files_per_folder);
  folder.insert(0, 3 - std::min<std::size_t>(3, folder.size()), '0');
  folder.insert(0, "inputs/");
  if (size_ % files_per_folder == 0) fs::create_directories(partial_ / folder);
  const std::string file = folder + '/' + labelled.label + ".bin";
  errno = 0;
  std::ofstream stream(partial_ / file, std::ios::binary);
  stream.write(reinterpret_cast<const char*>(labelled.bytes.data()),
               static_cast<std::streamsize>(labelled.bytes.size()));
  stream.close();
  check(stream, "cannot write", partial_ / file);
  return file;
}

void SetWriter::add(const sim::LabelledInput& labelled) {
  const std::string location =
      bytes_ == Bytes::inManifest ? hex_location(labelled) : R"("file": ")" + write_file(labelled) + '"';
  errno = 0;
  manifest_ << manifest_line(labelled, location) << '\n';
  check(manifest_, "cannot write", manifest_path_);
  ++size_;
}

void SetWriter::finish() {
  errno = 0;
  manifest_.close();
  check(manifest_, "cannot write", manifest_path_);
  fs::rename(manifest_path_, partial_ / manifest_name);
  fs::remove_all(directory_);  // empty, or the set that is replaced
  fs::rename(partial_, directory_);
  finished_ = true;
}

}  // namespace qmforge::tools
