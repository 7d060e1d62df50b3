// The version-independent names, which fwpmu.h has too.
#pragma once

#include "fwpmu.h"
