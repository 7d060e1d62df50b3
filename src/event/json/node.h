// One value of a JSON text, with the path that leads to it: reads it as what it should be, or says where and why not.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "../text/digits.h"

namespace qmforge::json {

/// A node refers to its parent and to the tree: neither may go before it. Every function throws a Failure when the
/// value is not what it reads.
class Node {
 public:
  explicit Node(const nlohmann::json& root) noexcept : value_(root) {}

  /// A member of an object.
  [[nodiscard]] Node member(std::string_view key) const;
  [[nodiscard]] std::optional<Node> member_if_any(std::string_view key) const;
  /// Checks that an object has no members but these.
  void has_only(std::initializer_list<std::string_view> keys) const;

  /// The size of an array.
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] Node element(std::size_t index) const;

  [[nodiscard]] bool is_null() const noexcept;
  [[nodiscard]] bool is_string() const noexcept;

  /// A string as the tree has it: see document.h.
  [[nodiscard]] std::string_view string() const;
  /// A string as UTF-8.
  [[nodiscard]] std::string utf8() const;
  /// A number without fraction and exponent that the type holds, which has 32 bits at most.
  template <std::integral Number>
  [[nodiscard]] Number number() const {
    return static_cast<Number>(number_between(std::numeric_limits<Number>::min(), std::numeric_limits<Number>::max()));
  }
  /// The same, as a string of decimal digits.
  template <std::integral Number>
  [[nodiscard]] Number decimal_string() const {
    if (is_string())
      if (const auto parsed = digits::parse<Number>(string())) return *parsed;
    fail_as("must be a string of a decimal number from " + std::to_string(std::numeric_limits<Number>::min()) + " to " +
            std::to_string(std::numeric_limits<Number>::max()));
  }

  /// "… is missing", "… must be null": what is wrong, said of the node.
  [[noreturn]] void fail(std::string sentence) const;
  /// The same, and what the value is instead.
  [[noreturn]] void fail_as(std::string_view must) const;

 private:
  static constexpr std::size_t no_index = static_cast<std::size_t>(-1);

  Node(const nlohmann::json& value, const Node* parent, std::string_view key, std::size_t index) noexcept
      : value_(value), parent_(parent), key_(key), index_(index) {}

  [[nodiscard]] std::int64_t number_between(std::int64_t least, std::int64_t most) const;
  [[nodiscard]] std::string path() const;

  const nlohmann::json& value_;
  const Node* parent_ = nullptr;
  std::string_view key_;          // of a member
  std::size_t index_ = no_index;  // of an element
};

}  // namespace qmforge::json
