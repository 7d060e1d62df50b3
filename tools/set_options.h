// The options that describe a generated set, for `simulate`, which writes it, and `check`, which checks it.
#pragma once

#include "command_line.h"
#include "qmforge/sim/sets.h"

namespace qmforge::tools {

/// --seed, --count, --exhaustive, --valid, --malformed, --mix, --format, --revision, --byte-order, --shard, all into
/// `options`. Returns --exhaustive, so that the caller can exclude other options.
Option add_set_options(Command command, sim::SetOptions& options);
/// Reports a byte order that the format does not have.
void check_set_options(const sim::SetOptions& options);

}  // namespace qmforge::tools
