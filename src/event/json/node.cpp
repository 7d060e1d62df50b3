#include "node.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "document.h"

namespace qmforge::json {
namespace {

using Tree = nlohmann::json;

std::string description(const Tree& value) {
  switch (value.type()) {
    case Tree::value_t::null:
    case Tree::value_t::boolean:
    case Tree::value_t::number_integer:
    case Tree::value_t::number_unsigned:
    case Tree::value_t::number_float: return value.dump();
    case Tree::value_t::string: return excerpt(value.get_ref<const std::string&>());
    case Tree::value_t::array: return "an array";
    default: return "an object";  // no JSON text has more kinds of values
  }
}

void append_utf8(std::string& out, char32_t character) {
  const auto trail = [character](int shift) { return static_cast<char>(0x80 | (character >> shift & 0x3f)); };
  if (character < 0x80) {
    out += static_cast<char>(character);
  } else if (character < 0x800) {
    out += {static_cast<char>(0xc0 | character >> 6), trail(0)};
  } else if (character < 0x10000) {
    out += {static_cast<char>(0xe0 | character >> 12), trail(6), trail(0)};
  } else {
    out += {static_cast<char>(0xf0 | character >> 18), trail(12), trail(6), trail(0)};
  }
}

}  // namespace

Node Node::member(std::string_view key) const {
  if (const auto found = member_if_any(key)) return *found;
  std::string where = path();
  append_key(where, key);
  throw Failure{{std::move(where), "is missing"}};
}

std::optional<Node> Node::member_if_any(std::string_view key) const {
  if (!value_.is_object()) fail_as("must be an object");
  const auto found = value_.find(key);
  if (found == value_.end()) return std::nullopt;
  return Node(*found, this, found.key(), no_index);
}

void Node::has_only(std::initializer_list<std::string_view> keys) const {
  if (!value_.is_object()) fail_as("must be an object");
  for (const auto& [key, value] : value_.items())
    if (std::ranges::find(keys, key) == keys.end())
      Node(value, this, key, no_index).fail("is no member of this object");
}

std::size_t Node::size() const {
  if (!value_.is_array()) fail_as("must be an array");
  return value_.size();
}

Node Node::element(std::size_t index) const { return {value_.at(index), this, {}, index}; }

bool Node::is_null() const noexcept { return value_.is_null(); }
bool Node::is_string() const noexcept { return value_.is_string(); }

std::string_view Node::string() const {
  if (!value_.is_string()) fail_as("must be a string");
  return value_.get_ref<const std::string&>();
}

std::string Node::utf8() const {
  std::string text;
  char32_t high = 0;  // a surrogate that waits for its other half
  each_unit(string(), [&](char16_t unit) {
    const bool is_high = unit >= 0xd800 && unit < 0xdc00;
    const bool is_low = unit >= 0xdc00 && unit < 0xe000;
    if (is_low != (high != 0)) fail("is no Unicode text: it has a lone surrogate");
    if (is_high) {
      high = unit;
    } else {
      append_utf8(text, is_low ? 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00U) : unit);
      high = 0;
    }
  });
  if (high != 0) fail("is no Unicode text: it has a lone surrogate");
  return text;
}

std::int64_t Node::number_between(std::int64_t least, std::int64_t most) const {
  if (value_.is_number_unsigned()) {
    const auto number = value_.get<std::uint64_t>();
    if (std::cmp_less_equal(number, most)) return static_cast<std::int64_t>(number);
  } else if (value_.is_number_integer()) {  // a negative one
    const auto number = value_.get<std::int64_t>();
    if (number >= least) return number;
  }
  fail_as("must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
}

void Node::fail(std::string sentence) const { throw Failure{{path(), std::move(sentence)}}; }

void Node::fail_as(std::string_view must) const { fail(std::string(must) + ", not " + description(value_)); }

std::string Node::path() const {
  std::string path;
  for (const Node* node = this; node->parent_ != nullptr; node = node->parent_) {
    std::string step;
    if (node->index_ != no_index) {
      step = '[' + std::to_string(node->index_) + ']';
    } else {
      append_key(step, node->key_);
      if (node->parent_->parent_ != nullptr) step.insert(0, ".");
    }
    path.insert(0, step);
  }
  return path;
}

}  // namespace qmforge::json
