#include <qmforge/testing/conform_main.h>

#include "mine.h"

QMFORGE_CONFORM_MAIN(Mine)
