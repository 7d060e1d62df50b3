// Appends to a string: room is made for many characters at once, and then each costs a store.
#pragma once

#include <algorithm>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "digits.h"

namespace qmforge {

/// While it exists, the string is longer than what was appended: do not use it.
class Appender {
 public:
  explicit Appender(std::string& text) noexcept : text_(text), size_(text.size()) {}
  Appender(const Appender&) = delete;
  Appender& operator=(const Appender&) = delete;
  ~Appender() { text_.resize(size_); }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  /// Appends characters, texts, and numbers in decimal.
  template <class... Parts>
  void add(const Parts&... parts) {
    (append(parts), ...);
  }

  /// Two digits for each byte.
  void add_hex(std::span<const std::uint8_t> bytes) { end(digits::put_hex(room(2 * bytes.size()), bytes)); }
  /// All digits of the number's width, the most significant first.
  template <std::unsigned_integral Number>
  void add_hex(Number number) {
    end(digits::put_hex(room(2 * sizeof(Number)), number));
  }

  /// Room for `size` more characters.
  [[nodiscard]] char* room(std::size_t size) {
    if (text_.size() - size_ < size) grow(size);
    return text_.data() + size_;
  }
  /// Ends what was written there.
  void end(const char* at) noexcept { size_ = static_cast<std::size_t>(at - text_.data()); }

 private:
  static constexpr std::size_t step = 1024;

  void append(char c) {
    *room(1) = c;
    ++size_;
  }
  template <std::size_t size>
  void append(const char (&literal)[size]) {
    std::memcpy(room(size - 1), literal, size - 1);
    size_ += size - 1;
  }
  void append(std::string_view text) {
    std::memcpy(room(text.size()), text.data(), text.size());
    size_ += text.size();
  }
  template <std::integral Number>
    requires(!std::same_as<Number, char>)
  void append(Number number) {
    char* const to = room(digits::most_decimal);
    end(std::to_chars(to, to + digits::most_decimal, number).ptr);
  }

  /// As far as there is memory; else the string doubles it.
  void grow(std::size_t size) { text_.resize(std::max(size_ + size, std::min(text_.capacity(), size_ + step))); }

  std::string& text_;
  std::size_t size_;  // up to here the string is written
};

}  // namespace qmforge
