// The result of an interpreter: a tree of nodes, one for each type in its table, and the heap that holds them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

#include "qmforge/field_path.h"
#include "reference/type.h"

namespace qmforge::reference {

struct Node {
  const Type* type = nullptr;
  /// integer: its value; alternatives: the tag; pointer: the referent id or address, 0 for NULL; array: its number of
  /// elements; string: its number of units, the NUL not counted.
  std::uint64_t number = 0;
  /// structure: its members; alternatives: the arm, or none when it is empty; pointer: the pointee, or none for NULL;
  /// array of structures: the elements.
  std::span<Node> children = {};
  /// bytes: themselves; array of integers, string: the elements in host order. Aligned for them, and never a null
  /// pointer.
  std::span<std::byte> content = {};
};

/// Memory that lives as long as the heap does. The first few kilobytes are inside it, so that the many small trees of
/// a test or a fuzzer cost no allocation.
class Heap {
 public:
  Heap() noexcept : next_(first_), left_(sizeof first_) {}
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  /// `count` value-initialised objects. The address is valid even for no objects.
  template <class T>
  std::span<T> make(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= alignof(std::max_align_t));
    T* const first = reinterpret_cast<T*>(take(count * sizeof(T)));
    std::uninitialized_value_construct_n(first, count);
    return {first, count};
  }

 private:
  static constexpr std::size_t unit = alignof(std::max_align_t);
  static constexpr std::size_t block_size = 4096;

  std::byte* take(std::size_t size) {
    const std::size_t needed = std::max(unit, (size + unit - 1) / unit * unit);
    if (needed > left_) {
      left_ = std::max(needed, block_size);
      next_ = blocks_.emplace_back(new std::byte[left_]).get();
    }
    std::byte* const taken = next_;
    next_ += needed;
    left_ -= needed;
    return taken;
  }

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* next_;
  std::size_t left_;
  alignas(std::max_align_t) std::byte first_[block_size];
};

/// The member of a structure named `step`.
inline const Node& member(const Node& node, Step step) {
  const auto members = node.type->members;
  const auto found = std::find_if(members.begin(), members.end(), [step](const Member& m) { return m.step == step; });
  return node.children[static_cast<std::size_t>(found - members.begin())];
}

}  // namespace qmforge::reference
