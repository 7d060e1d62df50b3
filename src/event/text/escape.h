// Strings in printable ASCII, as JSON escapes them.
#pragma once

#include <cstdint>
#include <string>

#include "digits.h"

namespace qmforge {

/// A UTF-16 unit of a string: itself, escaped by a backslash, or \uXXXX.
inline void append_escaped(std::string& out, char16_t unit) {
  if (unit < 0x20 || unit > 0x7e) {
    out += "\\u";
    digits::append_hex(out, static_cast<std::uint16_t>(unit));
  } else {
    if (unit == u'"' || unit == u'\\') out += '\\';
    out += static_cast<char>(unit);
  }
}

}  // namespace qmforge
