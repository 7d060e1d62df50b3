// Memory that a consumer must not read. Its bytes have fixed, recognisable values, and AddressSanitizer reports reads
// of it.
#pragma once

#include <cstddef>
#include <cstring>

#if defined(__SANITIZE_ADDRESS__)
#define QMFORGE_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define QMFORGE_ADDRESS_SANITIZER 1
#endif
#endif
#ifdef QMFORGE_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#endif

namespace qmforge::wfp {

/// Never valid: the end of a QM_FAILURE1 after a QM_FAILURE0, the pointee of a stale pointer.
inline constexpr std::byte indeterminate{0xa5};
/// Freed memory.
inline constexpr std::byte freed{0xdd};

inline void forbid(void* from, std::size_t size) {
  std::memset(from, static_cast<int>(indeterminate), size);
#ifdef QMFORGE_ADDRESS_SANITIZER
  ASAN_POISON_MEMORY_REGION(from, size);
#endif
}

/// Makes memory that holds forbidden parts readable again, before it is freed.
inline void allow([[maybe_unused]] void* from, [[maybe_unused]] std::size_t size) {
#ifdef QMFORGE_ADDRESS_SANITIZER
  ASAN_UNPOISON_MEMORY_REGION(from, size);
#endif
}

#ifdef QMFORGE_ADDRESS_SANITIZER
inline constexpr bool reads_are_checked = true;
#else
inline constexpr bool reads_are_checked = false;
#endif

}  // namespace qmforge::wfp
