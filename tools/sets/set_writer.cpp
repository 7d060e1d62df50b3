#include "set_writer.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "qmforge/hex.h"

namespace qmforge::tools {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t files_per_folder = 1000;

// A failed stream has no reason of its own; errno still holds the system's.
void check(const std::ofstream& stream, const fs::path& path) {
  if (!stream) throw fs::filesystem_error("cannot write", path, std::error_code(errno, std::generic_category()));
}

std::string_view chars(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string line_of(std::string result, std::string_view location, std::string_view fault) {
  result.back() = ',';  // replaces the closing brace: more members follow
  result.append(" ").append(location).append(", \"fault\": ");
  if (fault.empty())
    result += "null}";
  else
    result.append("\"").append(fault).append("\"}");
  return result;
}

}  // namespace

std::string hex_location(const sim::LabelledInput& labelled) {
  return std::string(R"("hex": ")").append(to_hex(labelled.bytes)).append("\"");
}

std::string manifest_line(const sim::LabelledInput& labelled, std::string_view location) {
  return line_of(to_json(labelled.result()), location, labelled.fault);
}

SetWriter::SetWriter(const fs::path& directory, Bytes bytes, bool replace)
    : directory_(resolve_set_folder(directory)), replace_(replace), bytes_(bytes) {
  require_writable(directory_, replace);
  if (directory_.has_parent_path()) fs::create_directories(directory_.parent_path());
  partial_ = make_unique_folder(directory_, "partial");
  manifest_path_ = partial_ / "manifest.jsonl.partial";
  errno = 0;
  manifest_.open(manifest_path_, std::ios::binary);
  check(manifest_, manifest_path_);
}

SetWriter::~SetWriter() {
  if (finished_) return;
  manifest_.close();
  std::error_code ignored;
  fs::remove_all(partial_, ignored);
}

// Returns the file's name in the manifest, which has slashes on every system.
std::string SetWriter::write_file(const RenderedInput& input) {
  std::string folder = std::to_string(size() / files_per_folder);
  folder.insert(0, 3 - std::min<std::size_t>(3, folder.size()), '0');
  folder.insert(0, "inputs/");
  if (size() % files_per_folder == 0) fs::create_directories(partial_ / folder);
  const std::string file = folder + '/' + input.label + ".bin";
  errno = 0;
  std::ofstream stream(partial_ / file, std::ios::binary);
  stream << chars(input.bytes);
  stream.close();
  check(stream, partial_ / file);
  return file;
}

RenderedInput SetWriter::render(const sim::LabelledInput& labelled) const {
  if (bytes_ == Bytes::inManifest)
    return {.line = manifest_line(labelled, hex_location(labelled)), .label = {}, .fault = {}, .bytes = {}};
  return {
      .line = to_json(labelled.result()), .label = labelled.label, .fault = labelled.fault, .bytes = labelled.bytes};
}

void SetWriter::add(const RenderedInput& input) {
  if (bytes_ == Bytes::inManifest) return add_line(input.line, {});
  const std::string location = std::string(R"("file": ")").append(write_file(input)).append("\"");
  add_line(line_of(input.line, location, input.fault), chars(input.bytes));
}

void SetWriter::add_line(std::string_view line, std::string_view file_contents) {
  closing_line_.add(line, file_contents);
  errno = 0;
  manifest_ << line << '\n';
  check(manifest_, manifest_path_);
}

std::optional<KeptSet> SetWriter::finish() {
  errno = 0;
  manifest_ << closing_line_.text() << '\n';
  manifest_.close();
  check(manifest_, manifest_path_);
  fs::rename(manifest_path_, partial_ / manifest_name);
  std::optional<KeptSet> kept = install_set(partial_, directory_, replace_);
  finished_ = true;
  return kept;
}

}  // namespace qmforge::tools
