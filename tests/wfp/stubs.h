// The stubs of the functions that are exported and not faked, by name.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace qmforge::wfp {

struct Stub {
  std::string_view name;
  void (*function)();
};

[[nodiscard]] std::span<const Stub> all_stubs();

/// Calls a stub with more arguments than any has, each a pointer. What it returns.
[[nodiscard]] std::uint32_t call_stub(const Stub& stub, const std::array<void*, 10>& arguments);

}  // namespace qmforge::wfp
