// The options that say which labelled set is meant: `simulate` writes it, `check` goes through it.
#pragma once

#include <string>

#include "command_line.h"
#include "qmforge/sim/sets.h"

namespace qmforge::tools {

/// --seed, --count, --exhaustive, --valid, --malformed, --mix, --format, --revision, --shard, all into `options`.
void add_set_options(Command command, sim::SetOptions& options);

}  // namespace qmforge::tools
