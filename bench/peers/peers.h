// The peers: each registers its benchmarks, hot/NAME/own/SHAPE.
#pragma once

#include "qmforge/bench/workload.h"

namespace qmforge::bench {

void struct_cast(Workload& workload);
void flatbuffers(Workload& workload);
void capnproto(Workload& workload);
void libndr(Workload& workload);

}  // namespace qmforge::bench
