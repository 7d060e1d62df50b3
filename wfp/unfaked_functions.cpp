// The functions that have a stub.
#include "unfaked.h"

namespace qmforge::wfp {

std::span<const std::string_view> unfaked_functions() noexcept { return {}; }

}  // namespace qmforge::wfp
