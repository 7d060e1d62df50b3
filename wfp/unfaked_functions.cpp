// The stubs of the functions that the fake exports but does not fake.
//
// Windows' declarations of them are not included: a stub declares only the parameters that it needs.
#include <algorithm>
#include <array>

#include "unfaked.h"

namespace {

using Pointer = void*;

/// The result of a call that creates an object: a new number that is not a handle of the engine.
HANDLE new_handle() {
  static std::uintptr_t last = 0x0FAD0000;
  return reinterpret_cast<HANDLE>(__atomic_add_fetch(&last, 4, __ATOMIC_RELAXED));
}

DWORD give_handle(const char* function, HANDLE* handle) noexcept {
  const DWORD code =
      qmforge::wfp::unfaked_call(function, handle != nullptr ? 0 : static_cast<DWORD>(FWP_E_NULL_POINTER));
  if (code == 0) *handle = new_handle();
  return code;
}

DWORD give_no_entries(const char* function, Pointer* entries, UINT32* count) noexcept {
  const bool complete = entries != nullptr && count != nullptr;
  const DWORD code = qmforge::wfp::unfaked_call(function, complete ? 0 : static_cast<DWORD>(FWP_E_NULL_POINTER));
  if (code == 0) {
    *entries = nullptr;
    *count = 0;
  }
  return code;
}

int fail_socket_call(const char* function) noexcept {
  constexpr DWORD not_supported = 10045;  // WSAEOPNOTSUPP
  [[maybe_unused]] const DWORD code = qmforge::wfp::unfaked_call(function, not_supported);
#ifdef _WIN32
  SetLastError(code);  // it is WSASetLastError, too
#endif
  return -1;
}

}  // namespace

#define DEFINE_faked(name)
#define DEFINE_answer(name, code, parameters) \
  DWORD WINAPI name parameters { return qmforge::wfp::unfaked_call(#name, static_cast<DWORD>(code)); }
#define DEFINE_create_enum_handle(name) DEFINE_subscribe(name, (HANDLE, Pointer, HANDLE * handle))
#define DEFINE_subscribe(name, parameters) \
  DWORD WINAPI name parameters { return give_handle(#name, handle); }
#define DEFINE_enumerate(name)                                                 \
  DWORD WINAPI name(HANDLE, HANDLE, UINT32, Pointer* entries, UINT32* count) { \
    return give_no_entries(#name, entries, count);                             \
  }
#define DEFINE_list(name) \
  DWORD WINAPI name(HANDLE, Pointer* entries, UINT32* count) { return give_no_entries(#name, entries, count); }
#define DEFINE_end(name, parameters) DEFINE_answer(name, ERROR_SUCCESS, parameters)
#define DEFINE_socket_call(name, parameters) \
  int WINAPI name parameters { return fail_socket_call(#name); }

extern "C" {
#define CALL(kind, name, ...) DEFINE_##kind(name __VA_OPT__(, ) __VA_ARGS__)
#include "exports.inc"
#undef CALL
}

namespace qmforge::wfp {
namespace {

struct Row {
  std::string_view kind;
  std::string_view name;
  [[nodiscard]] constexpr bool faked() const { return kind == "faked"; }
};

constexpr std::array rows = {
#define CALL(kind, name, ...) Row{#kind, #name},
#include "exports.inc"
#undef CALL
};

constexpr auto stubs = [] {
  std::array<std::string_view, rows.size() - static_cast<std::size_t>(std::ranges::count_if(rows, &Row::faked))> names;
  auto next = names.begin();
  for (const Row& row : rows)
    if (!row.faked()) *next++ = row.name;
  std::ranges::sort(names);
  return names;
}();

}  // namespace

std::span<const std::string_view> unfaked_functions() noexcept { return stubs; }

}  // namespace qmforge::wfp
