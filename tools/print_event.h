// An event for people: a line a field, by the structure's own names.
#pragma once

#include <string>

#include "qmforge/event.h"
#include "style.h"

namespace qmforge::tools {

/// Appends the lines.
void print_event(std::string& out, const Event& event, const Style& style);

}  // namespace qmforge::tools
