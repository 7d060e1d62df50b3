#include <qmforge/bench/run.h>

#include "mine.h"

QMFORGE_BENCHMARK_MAIN(Mine, "ndr20", "ndr20-big")
