#include "../rpc.h"
