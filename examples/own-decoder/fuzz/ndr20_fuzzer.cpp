#include <qmforge/fuzz/targets.h>

#include "mine.h"

QMFORGE_FUZZ_DIFFERENTIAL(Mine, ndr20)
