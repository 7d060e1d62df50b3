// UTF-16 strings as text.
#include "escape.h"
#include "qmforge/text.h"

namespace qmforge {

std::string string_text(const Utf16View& units) {
  std::string text = "\"";
  for (const char16_t unit : units) append_escaped(text, unit);
  text += '"';
  return text;
}

}  // namespace qmforge
