#include <qmforge/fuzz/targets.h>

#include "mine.h"

QMFORGE_FUZZ_FORGED(Mine, .format = qmforge::Format::ndr20Body)
