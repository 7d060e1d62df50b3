// Part of rpc.h here.
#pragma once

#ifdef _WIN32
#include_next <rpcdce.h>
#else
#include "rpc.h"
#endif
