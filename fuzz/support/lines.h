// Inputs that are lines of text.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace qmforge::fuzz {

/// Calls `check` with each line of an input, without its end.
template <class Check>
void for_each_line(const std::uint8_t* data, std::size_t size, const Check& check) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    check(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace qmforge::fuzz
