#include "../sddl.h"
