// An image: Windows structures as in this process's memory, except that pointers are offsets into the image until the
// image has an address.
//
//     bytes      | structure | pointee | pointee ...      a slot holds the offset of its pointee
//     pointers   the offsets of the slots
//
// An event becomes an image once, when it is fed; a delivery copies the image and adds its address to the slots.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>
#include <vector>

namespace qmforge::wfp {

/// A structure of zeros, its unions and its padding included.
template <class T>
[[nodiscard]] T zeroed() {
  static_assert(std::is_trivially_copyable_v<T>);
  T structure;
  std::memset(static_cast<void*>(&structure), 0, sizeof(T));
  return structure;
}

struct Image {
  std::vector<std::byte> bytes;
  std::vector<std::uint32_t> pointers;

  /// Appends bytes at an alignment; returns their offset.
  std::uint32_t append(const void* data, std::size_t size, std::size_t alignment) {
    const std::size_t at = (bytes.size() + alignment - 1) / alignment * alignment;
    bytes.resize(at + size);
    if (size != 0) std::memcpy(bytes.data() + at, data, size);
    return static_cast<std::uint32_t>(at);
  }
  template <class T>
  std::uint32_t append(const T& structure) {
    static_assert(std::is_trivially_copyable_v<T>);
    return append(&structure, sizeof(T), alignof(T));
  }
  /// Makes the slot at `slot` a pointer to `target`.
  void point(std::size_t slot, std::uint32_t target) {
    put<std::uintptr_t>(slot, target);
    pointers.push_back(static_cast<std::uint32_t>(slot));
  }
  template <class T>
  void put(std::size_t at, const T& value) {
    std::memcpy(bytes.data() + at, &value, sizeof(T));
  }
};

/// Adds `base` to a slot, which makes it a pointer.
inline void relocate(std::byte* slot, const std::byte* base) {
  std::uintptr_t offset;
  std::memcpy(&offset, slot, sizeof(offset));
  offset += reinterpret_cast<std::uintptr_t>(base);
  std::memcpy(slot, &offset, sizeof(offset));
}

}  // namespace qmforge::wfp
