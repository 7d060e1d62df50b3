#include "output_file.h"

#include <cerrno>
#include <random>
#include <system_error>

#include "console.h"

namespace qmforge::tools {
namespace fs = std::filesystem;

OutputFile::OutputFile(const fs::path& path) : path_(path) {
  std::error_code unknown;  // ignored: an error shows again when the file is opened
  if (const fs::path target = fs::canonical(path_, unknown); fs::is_symlink(path_, unknown) && !target.empty())
    path_ = target;
  partial_ = path_;
  if (!fs::exists(path_, unknown) || fs::is_regular_file(path_, unknown)) {
    std::random_device random;
    do {
      partial_ = path_;
      partial_ += ".partial-" + std::to_string(random());
    } while (fs::exists(partial_, unknown));
  }
  errno = 0;
  stream_.open(partial_, std::ios::binary);
  check();
}

OutputFile::~OutputFile() {
  if (finished_ || partial_ == path_) return;
  stream_.close();
  std::error_code ignored;
  fs::remove(partial_, ignored);
}

void OutputFile::write(std::string_view text) {
  errno = 0;
  stream_ << text;
  check();
}

void OutputFile::finish() {
  errno = 0;
  stream_.close();
  check();
  std::error_code error;
  if (partial_ != path_) fs::rename(partial_, path_, error);
  if (error) throw Failure("cannot write " + path_.string() + ": " + error.message());
  finished_ = true;
}

void OutputFile::check() const {
  if (!stream_) throw Failure("cannot write " + path_.string() + ": " + std::generic_category().message(errno));
}

}  // namespace qmforge::tools
