// Options of several commands.
#pragma once

#include <cstdint>

#include "command_line.h"
#include "qmforge/enums.h"

namespace qmforge::tools {

/// --format ndr20|ndr20-body|ndr64|native64|native32; also auto, which sets `*is_auto`, if that is not null.
void add_format(Command command, Format& format, bool* is_auto = nullptr);
/// --revision 0|1
void add_revision(Command command, Revision& revision);
/// --base ADDRESS, in base 10 or as 0x…
[[nodiscard]] Option add_base(Command command, std::uint64_t& base);
/// Throws a usage error for --base with a format that has no addresses, and for an address that the format cannot hold.
void check_base(Option base_option, Format format, std::uint64_t base);

/// --jobs N
Option add_jobs(Command command, unsigned& jobs);
/// --unsealed
Option add_unsealed(Command command, bool& unsealed);

}  // namespace qmforge::tools
