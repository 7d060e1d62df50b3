// The text forms of text.h, appended to a longer text; and others that only longer texts need.
#pragma once

#include <array>
#include <cstdint>

#include "appender.h"
#include "qmforge/event.h"
#include "qmforge/field_path.h"
#include "qmforge/findings.h"

namespace qmforge {

void add_v4(Appender& out, std::uint32_t addr);
void add_v6(Appender& out, const std::array<std::uint8_t, 16>& addr);
void add_sid(Appender& out, const Sid& sid);
void add_guid(Appender& out, const Guid& guid);
void add_string(Appender& out, const Utf16View& units);
void add_path(Appender& out, const FieldPath& path);
/// The sentence of explain(): printable ASCII without quotation marks and backslashes.
void add_explanation(Appender& out, const Finding& finding, const Event& event);

/// The text that `add` appends.
template <class Add>
std::string text_of(const Add& add) {
  std::string text;
  {
    Appender out(text);
    add(out);
  }
  return text;
}

}  // namespace qmforge
