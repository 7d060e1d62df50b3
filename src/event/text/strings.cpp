// UTF-16 strings as text.
#include "escape.h"
#include "forms.h"
#include "qmforge/text.h"

namespace qmforge {

void add_string(Appender& out, const Utf16View& units) {
  char* at = out.room(2 + most_escaped * units.size());
  *at++ = '"';
  for (const char16_t unit : units) at = put_escaped(at, unit);
  *at++ = '"';
  out.end(at);
}

std::string string_text(const Utf16View& units) {
  return text_of([&units](Appender& out) { add_string(out, units); });
}

}  // namespace qmforge
