// The options that describe a labelled set: `simulate` writes it, `check` makes and checks it.
#pragma once

#include "command_line.h"
#include "qmforge/sim/sets.h"

namespace qmforge::tools {

/// --seed, --count, --exhaustive, --valid, --malformed, --mix, --format, --revision, --shard, all into `options`.
/// Returns --exhaustive, for what cannot be used with it.
Option add_set_options(Command command, sim::SetOptions& options);

}  // namespace qmforge::tools
