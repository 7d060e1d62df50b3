// The tables in which the reference decoder describes types. They read like the IDL.
//
// A table lists members and their order, but no offsets, structure sizes or alignments: those are computed from it. The
// alignment (which every encoding computes alike) and the size in memory are computed here, at compile time; the others
// by the interpreters (ndr_reader.h, image_reader.h).
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

#include "qmforge/field_path.h"

namespace qmforge::reference {

enum class Kind : std::uint8_t {
  integer,       // `size` bytes, aligned to its size
  bytes,         // `size` bytes as they are, alignment 1
  structure,     // members in order; the last one may be a conformant array
  alternatives,  // a union, selected by a 32-bit sibling (`switch_is`)
  pointer,       // [unique]
  array,         // conformant: a sibling has the number of elements (`size_is`)
  string,        // [string] wchar_t: 16-bit units, the last one NUL
};

struct Member;
struct Arm;

/// An alignment or a size in bytes, which depends on the size of a pointer.
struct Measure {
  std::size_t of_32_bits = 0;
  std::size_t of_64_bits = 0;

  [[nodiscard]] constexpr std::size_t with_pointers_of(std::size_t size) const {
    return size == 4 ? of_32_bits : of_64_bits;
  }
  [[nodiscard]] constexpr Measure and_also(const Measure& other) const {
    return {std::max(of_32_bits, other.of_32_bits), std::max(of_64_bits, other.of_64_bits)};
  }
};

/// The least multiple of `alignment` that is at least `offset`.
template <std::unsigned_integral Offset>
constexpr Offset aligned(Offset offset, std::size_t alignment) {
  return (offset + alignment - 1) / alignment * alignment;
}

struct Type {
  Kind kind;
  std::size_t size = 0;                  // integer, bytes
  std::span<const Member> members = {};  // structure
  bool indivisible = false;              // structure: read as one field, which fits or does not
  std::span<const Arm> arms = {};        // alternatives
  Step discriminant = Step::none;        // alternatives: the name of the repeated discriminant, below the union's
  const Type* target = nullptr;          // pointer: the pointee; array: the element
  Measure alignment = {1, 1};
  Measure in_memory = {};  // the size, without a conformant array at the end of a structure
};

inline constexpr std::size_t no_governor = static_cast<std::size_t>(-1);

struct Member {
  Step step;  // Step::none: the member has no name in paths
  const Type* type;
  /// The member of switch_is or size_is: an earlier one, or for a conformant array any other one.
  std::size_t governor = no_governor;
  /// switch_is may be an expression: these bits of the sibling count.
  std::uint32_t governor_mask = 0xffffffff;
};

struct Arm {
  std::uint32_t tag;
  Step step = Step::none;
  const Type* type = nullptr;  // nullptr: an empty arm
};

constexpr Type integer(std::size_t size) {
  return {.kind = Kind::integer, .size = size, .alignment = {size, size}, .in_memory = {size, size}};
}

constexpr Type bytes(std::size_t size) { return {.kind = Kind::bytes, .size = size, .in_memory = {size, size}}; }

constexpr Type utf16_string() { return {.kind = Kind::string, .alignment = {2, 2}}; }

constexpr Type pointer_to(const Type& pointee) {
  return {.kind = Kind::pointer, .target = &pointee, .alignment = {4, 8}, .in_memory = {4, 8}};
}

constexpr Type array_of(const Type& element) {
  return {.kind = Kind::array, .target = &element, .alignment = element.alignment};
}

/// Where the first `count` members of a structure end in memory.
constexpr std::size_t end_of_members(std::span<const Member> members, std::size_t count, std::size_t pointer_size) {
  std::size_t end = 0;
  for (const Member& member : members.first(count))
    end = aligned(end, member.type->alignment.with_pointers_of(pointer_size)) +
          member.type->in_memory.with_pointers_of(pointer_size);
  return end;
}

/// The alignment of its most aligned member.
constexpr Type structure(std::span<const Member> members) {
  Type type = {.kind = Kind::structure, .members = members};
  for (const Member& member : members) type.alignment = type.alignment.and_also(member.type->alignment);
  type.in_memory = {aligned(end_of_members(members, members.size(), 4), type.alignment.of_32_bits),
                    aligned(end_of_members(members, members.size(), 8), type.alignment.of_64_bits)};
  return type;
}

constexpr Type indivisible_structure(std::span<const Member> members) {
  Type type = structure(members);
  type.indivisible = true;
  return type;
}

/// The alignment of its most aligned arm, or of its 32-bit discriminant. (In memory it has no discriminant, but every
/// union here has an arm that is aligned to 4 or more.)
constexpr Type alternatives(std::span<const Arm> arms, Step discriminant = Step::none) {
  Type type = {.kind = Kind::alternatives, .arms = arms, .discriminant = discriminant, .alignment = {4, 4}};
  for (const Arm& arm : arms) {
    if (arm.type == nullptr) continue;
    type.alignment = type.alignment.and_also(arm.type->alignment);
    type.in_memory = type.in_memory.and_also(arm.type->in_memory);
  }
  type.in_memory = {aligned(type.in_memory.of_32_bits, type.alignment.of_32_bits),
                    aligned(type.in_memory.of_64_bits, type.alignment.of_64_bits)};
  return type;
}

/// The arm that a tag selects; nullptr if it selects none.
constexpr const Arm* find_arm(const Type& alternatives_type, std::uint64_t tag) {
  for (const Arm& arm : alternatives_type.arms)
    if (arm.tag == tag) return &arm;
  return nullptr;
}

/// The member of the conformant array at the end of a structure; nullptr if there is none.
constexpr const Member* conformant_member(const Type& type) {
  const bool is_conformant =
      type.kind == Kind::structure && !type.members.empty() && type.members.back().type->kind == Kind::array;
  return is_conformant ? &type.members.back() : nullptr;
}

/// `path` one step deeper; the same path for members without a name.
constexpr FieldPath below(const FieldPath& path, Step step) { return step == Step::none ? path : path / step; }

}  // namespace qmforge::reference
