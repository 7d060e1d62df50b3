// Apart from fwpmu.h: this file declares the functions without their parameters.
#include "stubs.h"

#define IF_STUB_faked(...)
#define IF_STUB_answer(...) __VA_ARGS__
#define IF_STUB_create_enum_handle(...) __VA_ARGS__
#define IF_STUB_enumerate(...) __VA_ARGS__
#define IF_STUB_subscribe(...) __VA_ARGS__
#define IF_STUB_list(...) __VA_ARGS__
#define IF_STUB_end(...) __VA_ARGS__
#define IF_STUB_socket_call(...) __VA_ARGS__

extern "C" {
#define CALL(kind, name, ...) IF_STUB_##kind(void name();)
#include "exports.inc"
#undef CALL
}

namespace qmforge::wfp {
namespace {

constexpr Stub stubs[] = {
#define CALL(kind, name, ...) IF_STUB_##kind({#name, &name}, )
#include "exports.inc"
#undef CALL
};

}  // namespace

std::span<const Stub> all_stubs() { return stubs; }

// Arguments that the function does not take are ignored by the calling conventions of Linux.
#ifdef __clang__
__attribute__((no_sanitize("function")))
#endif
std::uint32_t
call_stub(const Stub& stub, const std::array<void*, 10>& a) {
  using Function = std::uint32_t (*)(void*, void*, void*, void*, void*, void*, void*, void*, void*, void*);
  return reinterpret_cast<Function>(stub.function)(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9]);
}

}  // namespace qmforge::wfp
