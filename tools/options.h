// Options that several commands have.
#pragma once

#include <cstdint>

#include "command_line.h"
#include "qmforge/enums.h"

namespace qmforge::tools {

/// --format ndr20|ndr20-body|ndr64|native64|native32
void add_format(Command command, Format& format);
/// --revision 0|1
void add_revision(Command command, Revision& revision);
/// --base ADDRESS, in base 10 or as 0x…
void add_base(Command command, std::uint64_t& base);
/// Refuses --base for an address that the format cannot have.
void check_base(Format format, std::uint64_t base);

/// --jobs N
Option add_jobs(Command command, unsigned& jobs);
/// --unsealed
Option add_unsealed(Command command, bool& unsealed);

}  // namespace qmforge::tools
