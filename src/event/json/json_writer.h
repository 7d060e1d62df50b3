// Writes JSON in one line, `{"like": "this", "and": [1, 2]}`, in printable ASCII alone.
//
// Brackets, keys and commas are literals, as they are in the text: `out.add(R"(, "size": )", blob.size)`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "../text/appender.h"
#include "qmforge/views.h"

namespace qmforge::json {

class Writer : public Appender {
 public:
  /// Appends to `out`.
  explicit Writer(std::string& out, std::uint64_t max_size = ~std::uint64_t{0})
      : Appender(out), begin_(out.size()), max_size_(max_size) {}

  /// Whether more than `max_size` bytes were written. The writers of arrays then stop.
  [[nodiscard]] bool is_full() const noexcept { return size() - begin_ > max_size_; }

  /// A string of printable ASCII without quotation marks and backslashes.
  void unescaped(std::string_view text) { add('"', text, '"'); }
  void unescaped_or_null(std::string_view text) { text.empty() ? add("null") : unescaped(text); }
  /// A string in UTF-8. Bytes that are not well-formed UTF-8 become U+FFFD, one for each byte.
  void utf8(std::string_view text);
  /// A string in UTF-16; {"utf16": "hex"} where it is not well-formed, which no JSON string can hold.
  void utf16(const Utf16View& units);

 private:
  std::size_t begin_;
  std::uint64_t max_size_;
};

}  // namespace qmforge::json
