// manifest_fuzzer: any bytes as the manifest of a labelled set. The reader reports an error with its place, or gives
// inputs, and a set that is written from these inputs gives them again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "closing_line.h"
#include "console.h"
#include "hex_line.h"
#include "manifest.h"
#include "qmforge/fuzz/wrong_answer.h"
#include "qmforge/names.h"

namespace {

using namespace qmforge;
using fuzz::wrong_answer;

/// A folder of this process, removed at its end, for a set's manifest.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "manifest-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string path() const { return path_.string(); }
  [[nodiscard]] std::string manifest() const { return (path_ / "manifest.jsonl").string(); }
  void write(std::string_view text) const { std::ofstream(manifest(), std::ios::binary) << text; }

 private:
  std::filesystem::path path_;
};

/// What is read of an input; equal for a line in the form of `simulate` and for any other JSON.
void check_input(const tools::Manifest& manifest, const tools::ManifestLine& line) {
  if (!tools::is_label(line.label)) wrong_answer("manifest-label", "accepted as a label: " + line.label);
  if (line.result_size == 0) return;
  tools::Json object;
  try {
    object = manifest.expected(line);
  } catch (const tools::Failure&) {
    return;  // not JSON, or nested too deep: reported when the result is needed
  }
  const auto is = [&](const char* name, const tools::Json& value) {
    if (object[name] != value)
      wrong_answer("manifest-form", std::string(name) + " is read as another one: " + line.text);
  };
  is("label", line.label);
  is("format", to_string(line.format));
  is("revision", line.revision == Revision::r0 ? 0 : 1);
  is("verdict", line.verdict);
  if (!line.fault.empty()) is("fault", line.fault);
}

struct Set {
  std::vector<tools::ManifestLine> inputs;
  bool has_files = false;
  std::string error;
};

Set read(const Folder& folder, tools::Unsealed unsealed) {
  Set set;
  try {
    tools::Manifest manifest(folder.path(), unsealed);
    for (tools::ManifestLine line; manifest.next(line);) {
      check_input(manifest, line);
      set.has_files |= line.text.find("\"file\"") != std::string::npos;
      set.inputs.push_back(line);
    }
  } catch (const tools::Failure& failure) {
    set.error = failure.what();
    if (!set.error.starts_with(folder.manifest() + ':'))
      wrong_answer("manifest-error", "an error without its place: " + set.error);
  }
  return set;
}

bool are_equal(const tools::ManifestLine& one, const tools::ManifestLine& other) {
  return one.text == other.text && one.label == other.label && one.format == other.format &&
         one.revision == other.revision && one.verdict == other.verdict && one.fault == other.fault &&
         one.bytes == other.bytes && one.result_size == other.result_size;
}

void check_written(const Folder& folder, const Set& set) {
  tools::ClosingLine closing;
  std::string text;
  for (const tools::ManifestLine& line : set.inputs) {
    closing.add(line.text);
    text += line.text + '\n';
  }
  folder.write(text + closing.text() + '\n');
  const Set again = read(folder, tools::Unsealed::rejected);
  if (!again.error.empty()) wrong_answer("manifest-round-trip", again.error);
  bool equal = again.inputs.size() == set.inputs.size();
  for (std::size_t i = 0; equal && i < set.inputs.size(); ++i) equal = are_equal(again.inputs[i], set.inputs[i]);
  if (!equal) wrong_answer("manifest-round-trip", "read as another set: " + text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Folder folder;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  folder.write(text);
  const Set sealed = read(folder, tools::Unsealed::rejected);
  const Set set = read(folder, tools::Unsealed::accepted);
  if (sealed.error.empty() && !set.error.empty() && set.error.find("duplicate label") == std::string::npos)
    wrong_answer("manifest-unsealed", "accepted with a closing line only: " + set.error);
  if (set.error.empty() && !set.has_files) check_written(folder, set);
  return 0;
}
