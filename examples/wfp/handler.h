// The event handler of the sample loggers, in two implementations: handler.cpp, and handler_wrong.cpp, which has three
// common bugs.
#pragma once

#include <string>

#include "qmforge/wfp/fwpmu.h"

/// One line for a Quick Mode failure, without its line's end; empty for every other event.
std::string describe(const FWPM_NET_EVENT2& event);
