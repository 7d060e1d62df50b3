// Operations on four 32-bit integers with the vector extensions of g++ and clang++. For other compilers, for processors
// without vectors, and with QMFORGE_PORTABLE, an implementation in ISO C++ gives the same results.
//
// Used to compare a message's fixed words, and where the width of a load matters: an event's first members are stored
// and loaded together, because a load that spans several recent stores waits for all of them.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>

#include "attributes.h"
#include "qmforge/event.h"

// A 32-bit x86 without SSE2 has no such instructions, and another calling convention for vectors.
#if (!defined(__GNUC__) || (defined(__i386__) && !defined(__SSE2__))) && !defined(QMFORGE_PORTABLE)
#define QMFORGE_PORTABLE
#endif

namespace qmforge::detail {

#ifdef QMFORGE_PORTABLE

struct U32x4 {
  std::array<std::uint32_t, 4> lane;
};

template <class Operation>
[[nodiscard]] QMFORGE_INLINE U32x4 each(const U32x4& a, const U32x4& b, Operation operation) noexcept {
  return {{operation(a.lane[0], b.lane[0]), operation(a.lane[1], b.lane[1]), operation(a.lane[2], b.lane[2]),
           operation(a.lane[3], b.lane[3])}};
}
[[nodiscard]] QMFORGE_INLINE U32x4 operator|(const U32x4& a, const U32x4& b) noexcept {
  return each(a, b, std::bit_or<>());
}
[[nodiscard]] QMFORGE_INLINE U32x4 operator&(const U32x4& a, const U32x4& b) noexcept {
  return each(a, b, std::bit_and<>());
}
[[nodiscard]] QMFORGE_INLINE U32x4 operator^(const U32x4& a, const U32x4& b) noexcept {
  return each(a, b, std::bit_xor<>());
}

/// All ones in the lanes where `a` is greater than `b`, zero in the others.
[[nodiscard]] QMFORGE_INLINE U32x4 greater(const U32x4& a, const std::array<std::uint32_t, 4>& b) noexcept {
  return each(a, {b}, [](std::uint32_t x, std::uint32_t y) { return x > y ? ~std::uint32_t{0} : 0; });
}
/// All ones in the lanes where both are equal, zero in the others.
[[nodiscard]] QMFORGE_INLINE U32x4 equal(const U32x4& a, const U32x4& b) noexcept {
  return each(a, b, [](std::uint32_t x, std::uint32_t y) { return x == y ? ~std::uint32_t{0} : 0; });
}
/// Swaps the byte order of each lane.
[[nodiscard]] QMFORGE_INLINE U32x4 byteswap(const U32x4& a) noexcept {
  return {{std::byteswap(a.lane[0]), std::byteswap(a.lane[1]), std::byteswap(a.lane[2]), std::byteswap(a.lane[3])}};
}
[[nodiscard]] QMFORGE_INLINE U32x4 lanes(const std::array<std::uint32_t, 4>& values) noexcept { return {values}; }
/// The first lane in all lanes.
[[nodiscard]] QMFORGE_INLINE U32x4 splat_first(const U32x4& a) noexcept {
  return {{a.lane[0], a.lane[0], a.lane[0], a.lane[0]}};
}

#else

using U32x4 [[gnu::vector_size(16)]] = std::uint32_t;

[[nodiscard]] QMFORGE_INLINE U32x4 equal(U32x4 a, U32x4 b) noexcept { return reinterpret_cast<U32x4>(a == b); }
[[nodiscard]] QMFORGE_INLINE U32x4 byteswap(U32x4 a) noexcept {
  return a << 24 | (a & 0xff00) << 8 | (a >> 8 & 0xff00) | a >> 24;
}
[[nodiscard]] QMFORGE_INLINE U32x4 lanes(const std::array<std::uint32_t, 4>& values) noexcept {
  return U32x4{values[0], values[1], values[2], values[3]};
}
/// SSE2 compares signed integers only. g++ would move the range of a constant `b` at run time.
[[nodiscard]] QMFORGE_INLINE U32x4 greater(U32x4 a, const std::array<std::uint32_t, 4>& b) noexcept {
  using I32x4 [[gnu::vector_size(16)]] = std::int32_t;
  constexpr std::uint32_t half = 0x80000000;
  const U32x4 b_from_middle = lanes({b[0] - half, b[1] - half, b[2] - half, b[3] - half});
  return reinterpret_cast<U32x4>(reinterpret_cast<I32x4>(a - half) > reinterpret_cast<I32x4>(b_from_middle));
}
[[nodiscard]] QMFORGE_INLINE U32x4 splat_first(U32x4 a) noexcept { return __builtin_shufflevector(a, a, 0, 0, 0, 0); }

#endif

[[nodiscard]] QMFORGE_INLINE U32x4 load_lanes(const void* at) noexcept {
  U32x4 lanes;
  std::memcpy(&lanes, at, sizeof(lanes));
  return lanes;
}

QMFORGE_INLINE void store_lanes(void* at, U32x4 lanes) noexcept { std::memcpy(at, &lanes, sizeof(lanes)); }

/// Whether all lanes are zero, and so is `scalar`.
[[nodiscard]] QMFORGE_INLINE bool all_zero(U32x4 lanes, std::uint64_t scalar = 0) noexcept {
  std::uint64_t halves[2];
  std::memcpy(halves, &lanes, sizeof(halves));
  return (halves[0] | halves[1] | scalar) == 0;
}

// An event's first members are two vectors: failureErrorCode, failurePoint, keyingModuleType, qmState; then saRole,
// saTrafficType, revision and either padding or a part of qmFilterId.
static_assert(offsetof(Event, failureErrorCode) == 0 && offsetof(Event, failurePoint) == 4 &&
              offsetof(Event, keyingModuleType) == 8 && offsetof(Event, qmState) == 12 &&
              offsetof(Event, saRole) == 16 && offsetof(Event, saTrafficType) == 20 && offsetof(Event, revision) == 24);

[[nodiscard]] QMFORGE_INLINE U32x4 first_members(const Event& event) noexcept { return load_lanes(&event); }
QMFORGE_INLINE void set_first_members(Event& event, U32x4 values) noexcept {
  store_lanes(static_cast<void*>(&event), values);
}
/// Sets saRole, saTrafficType and revision; qmFilterId is then unspecified.
QMFORGE_INLINE void set_second_members(Event& event, U32x4 values) noexcept {
  store_lanes(reinterpret_cast<std::byte*>(&event) + offsetof(Event, saRole), values);
}

/// Sets the type and is_null = false with one store, which includes the padding between them.
QMFORGE_INLINE void set_type(ConditionValue& value, DataType type) noexcept {
  const std::uint32_t type_and_not_null[] = {static_cast<std::uint32_t>(type), 0};
  static_assert(offsetof(ConditionValue, type) == 0 && offsetof(ConditionValue, is_null) == 4 &&
                offsetof(ConditionValue, arm) == sizeof(type_and_not_null));
  std::memcpy(static_cast<void*>(&value), type_and_not_null, sizeof(type_and_not_null));
}

}  // namespace qmforge::detail
