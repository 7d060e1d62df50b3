// The parts of the grammar, which share the choices, the profile and the storage.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>

#include "qmforge/sim/generate.h"

namespace qmforge::sim {

class Grammar {
 public:
  Grammar(Choices& choices, const Profile& profile, std::pmr::memory_resource& storage)
      : choices_(choices), profile_(profile), storage_(storage), contents_(profile.contents) {}

  [[nodiscard]] Event event();
  /// `only`: the type of the subnet; nullopt: any.
  [[nodiscard]] ConditionValue subnet(Subnet side, std::optional<DataType> only);
  [[nodiscard]] Value value();

 private:
  // event.cpp
  template <class Enum>
  [[nodiscard]] Enum enumeration(Question question);
  [[nodiscard]] TrafficType traffic_type();
  [[nodiscard]] std::uint32_t error_code();
  [[nodiscard]] Guid guid();

  // values.cpp
  [[nodiscard]] DataType condition_type();
  [[nodiscard]] bool is_null(DataType type);
  [[nodiscard]] ValueArm arm(DataType type);
  [[nodiscard]] Value value_of(DataType type);
  [[nodiscard]] Range range();

  // masks.cpp
  [[nodiscard]] V4AddrMask v4_mask();
  [[nodiscard]] V6AddrMask v6_mask();
  [[nodiscard]] std::uint32_t v4_bits();
  [[nodiscard]] std::uint32_t v4_address();
  [[nodiscard]] std::uint8_t v6_prefix();
  [[nodiscard]] std::array<std::uint8_t, 16> v6_address();
  [[nodiscard]] bool clears_host_bits();

  // arrays.cpp
  [[nodiscard]] ByteBlob blob();
  [[nodiscard]] Sid sid();
  [[nodiscard]] TokenInformation token();
  [[nodiscard]] SidAndAttributesView sids(std::uint32_t& count);
  [[nodiscard]] Utf16View text();
  [[nodiscard]] std::uint32_t length();
  [[nodiscard]] std::uint32_t sub_authority_count();
  [[nodiscard]] std::uint64_t authority();
  [[nodiscard]] char16_t unit();

  // scalars.cpp
  [[nodiscard]] std::uint64_t scalar(unsigned bits);
  [[nodiscard]] std::uint8_t pattern_byte() { return ++pattern_; }
  void fill(std::span<std::uint8_t> bytes);
  template <std::size_t n>
  [[nodiscard]] std::array<std::uint8_t, n> array() {
    std::array<std::uint8_t, n> bytes;
    fill(bytes);
    return bytes;
  }

  // Allocates `size` elements, at least one: an empty array has an address, too.
  template <class T>
  [[nodiscard]] std::span<T> allocate(std::size_t size) {
    T* const first = std::pmr::polymorphic_allocator<T>(&storage_).allocate(size == 0 ? 1 : size);
    std::uninitialized_default_construct_n(first, size);
    return {first, size};
  }

  [[nodiscard]] bool is_any() const { return profile_.validity == Validity::any; }
  [[nodiscard]] bool is_clean() const { return profile_.validity == Validity::clean; }

  Choices& choices_;
  const Profile& profile_;
  std::pmr::memory_resource& storage_;
  Contents contents_;         // for the current value; the profile's, except for the bounds of a range
  std::uint8_t pattern_ = 0;  // the last byte that Contents::fixed wrote
};

}  // namespace qmforge::sim
