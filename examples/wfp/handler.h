// The event handler of the sample loggers. There are two of it: handler.cpp, and handler_wrong.cpp, which makes the
// three mistakes that are made most.
#pragma once

#include <string>

#include "qmforge/wfp/fwpmu.h"

/// One line for a Quick Mode failure, without its line's end; empty for every other event.
std::string describe(const FWPM_NET_EVENT2& event);
