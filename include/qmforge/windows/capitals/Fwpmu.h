#include "../fwpmu.h"
