// empty_fuzzer: does nothing. Its speed is the engine's own, which the other targets' speeds are given in parts of.
#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* /*data*/, std::size_t /*size*/) { return 0; }
