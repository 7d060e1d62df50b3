// An event as text: a line for each field, with the names of the structure.
#pragma once

#include <string>

#include "partial_event.h"
#include "qmforge/event.h"
#include "style.h"

namespace qmforge::tools {

/// Appends the lines. Long values are abridged: 16 bytes of a blob, 64 SIDs of a token, 72 characters of a string.
void print_event(std::string& out, const Event& event, const Style& style);
/// The same for the fields that were read before an error.
void print_event(std::string& out, const PartialEvent& partial, const Style& style);

}  // namespace qmforge::tools
