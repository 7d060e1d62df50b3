// One value of a JSON text with its path: reads the value as a given type, or reports what is wrong, and where.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "../text/digits.h"

namespace qmforge::json {

/// A node refers to its parent and to the tree: both must outlive it. A function that reads throws a Failure if the
/// value has another type or is out of range.
class Node {
 public:
  explicit Node(const nlohmann::json& root) noexcept : value_(root) {}

  /// A member of an object.
  [[nodiscard]] Node member(std::string_view key) const;
  [[nodiscard]] std::optional<Node> member_if_any(std::string_view key) const;
  /// Throws for a member of the object that is not among `keys`.
  void has_only(std::span<const std::string_view> keys) const;
  void has_only(std::initializer_list<std::string_view> keys) const { has_only(std::span(keys.begin(), keys.size())); }

  /// The size of an array.
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] Node element(std::size_t index) const;

  [[nodiscard]] bool is_null() const noexcept;
  [[nodiscard]] bool is_string() const noexcept;
  [[nodiscard]] bool is_object() const noexcept;

  /// A string, as UTF-8.
  [[nodiscard]] std::string_view string() const;
  /// A number without fraction and exponent that the type holds, which has 32 bits at most.
  template <std::integral Number>
  [[nodiscard]] Number number() const {
    return static_cast<Number>(number_between(std::numeric_limits<Number>::min(), std::numeric_limits<Number>::max()));
  }
  /// The same for 64 bits: as a string of decimal digits, or as a number that every JSON parser reads exactly.
  template <std::integral Number>
  [[nodiscard]] Number decimal() const {
    using Limits = std::numeric_limits<Number>;
    if (is_string()) {
      if (const auto parsed = digits::parse<Number>(string())) return *parsed;
    } else if (const auto number = exact_number(); number && std::in_range<Number>(*number)) {
      return static_cast<Number>(*number);
    }
    fail_as("must be a decimal number from " + std::to_string(Limits::min()) + " to " + std::to_string(Limits::max()) +
            ", as a string where it is above 2^53");
  }

  /// "… is missing", "… must be null": `sentence` follows the node's path.
  [[noreturn]] void fail(std::string sentence) const;
  /// The same, with the value that was found.
  [[noreturn]] void fail_as(std::string_view must) const;

 private:
  static constexpr std::size_t no_index = static_cast<std::size_t>(-1);

  Node(const nlohmann::json& value, const Node* parent, std::string_view key, std::size_t index) noexcept
      : value_(value), parent_(parent), key_(key), index_(index) {}

  /// The value if it is a whole number from -2^53 to 2^53, which a double holds.
  [[nodiscard]] std::optional<std::int64_t> exact_number() const noexcept;
  [[nodiscard]] std::int64_t number_between(std::int64_t least, std::int64_t most) const;
  [[nodiscard]] std::string path() const;

  const nlohmann::json& value_;
  const Node* parent_ = nullptr;
  std::string_view key_;          // of a member
  std::size_t index_ = no_index;  // of an element
};

}  // namespace qmforge::json
