#include "input.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "console.h"
#include "platform.h"

namespace qmforge::tools {
namespace {

constexpr std::size_t read_size = 1U << 16;

}  // namespace

Input::Input(std::string path) : path_(std::move(path)), file_(standard_input) {
  if (path_ == "-") return;
  if (path_.empty()) throw Failure("the name of a file is empty");
  std::error_code unknown;  // ignored: an error shows again when the file is opened or read
  if (std::filesystem::is_directory(path_, unknown)) fail("is a directory");
  if (const auto size = std::filesystem::file_size(path_, unknown); !unknown) file_size_ = size;
  file_ = open_for_reading(path_.c_str());
  if (file_ < 0) fail(std::generic_category().message(errno));
}

Input::~Input() {
  if (file_ > standard_input) close_file(file_);
}

std::size_t Input::read(std::span<std::byte> into) {
  if (ahead_.empty()) return read_file(into);
  const std::size_t count = std::min(into.size(), ahead_.size());
  std::ranges::copy(std::as_bytes(std::span(ahead_)).first(count), into.begin());
  ahead_.erase(0, count);
  return count;
}

bool Input::starts_with(std::string_view text) {
  char c = 0;
  while (ahead_.size() < text.size() && text.starts_with(ahead_)) {
    if (read_file(std::as_writable_bytes(std::span(&c, 1))) == 0) break;
    ahead_ += c;
  }
  return ahead_.starts_with(text);
}

std::size_t Input::read_file(std::span<std::byte> into) const {
  const std::ptrdiff_t count = read_some(file_, into.data(), into.size());
  if (count < 0) fail(std::generic_category().message(errno));
  return static_cast<std::size_t>(count);
}

void Input::read_all(std::vector<std::byte>& into) {
  if (file_size_ > max_size) fail_too_large();
  // One byte more than a file has, to see its end; then in doubling pieces, should it grow.
  into.resize(std::max(read_size, static_cast<std::size_t>(file_size_) + 1));
  std::size_t size = 0;
  while (const std::size_t count = read(std::span(into).subspan(size))) {
    size += count;
    if (size > max_size) fail_too_large();
    if (size == into.size()) into.resize(2 * size);
  }
  into.resize(size);
}

void Input::fail(std::string_view sentence) const {
  throw Failure((path_ == "-" ? "standard input" : path_) + ": " + std::string(sentence));
}

void Input::fail_too_large() const { fail("the file has 4 GiB or more; an event has less"); }

bool LineReader::next(std::string_view& line) {
  std::size_t searched = begin_;
  std::size_t end = buffer_.find('\n', searched);
  while (end == std::string::npos) {
    searched = buffer_.size() - begin_;
    if (!read_more()) {
      if (begin_ == buffer_.size()) return false;
      end = buffer_.size();
      break;
    }
    end = buffer_.find('\n', searched);
  }
  line = std::string_view(buffer_).substr(begin_, end - begin_);
  if (line.ends_with('\r')) line.remove_suffix(1);
  begin_ = std::min(end + 1, buffer_.size());
  if (++number_ == 1) remove_byte_order_mark(line);
  return true;
}

void LineReader::remove_byte_order_mark(std::string_view& line) {
  if (line.starts_with("\xff\xfe") || line.starts_with("\xfe\xff")) {
    failed_ = true;
    input_.fail("the text is UTF-16; expected UTF-8");
  }
  if (line.starts_with(byte_order_mark)) line.remove_prefix(byte_order_mark.size());
}

std::string LineReader::place(std::string_view sentence) const {
  return input_.name() + ':' + std::to_string(number_) + ": " + std::string(sentence);
}

bool LineReader::read_more() {
  failed_ = true;  // until it is read
  before_reading_();
  buffer_.erase(0, begin_);
  begin_ = 0;
  const std::size_t size = buffer_.size();
  if (size > longest_)
    input_.fail("line " + std::to_string(number_ + 1) + " is longer than " + std::to_string(longest_) + " bytes");
  buffer_.resize(size + std::max(read_size, size));
  const std::size_t count = input_.read(std::as_writable_bytes(std::span(buffer_).subspan(size)));
  buffer_.resize(size + count);
  failed_ = false;
  return count != 0;
}

}  // namespace qmforge::tools
