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
    default: return "an object";
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

void Node::has_only(std::span<const std::string_view> keys) const {
  if (!value_.is_object()) fail_as("must be an object");
  for (const auto& [key, value] : value_.items())
    if (std::ranges::find(keys, key) == keys.end()) Node(value, this, key, no_index).fail("is an unknown key");
}

std::size_t Node::size() const {
  if (!value_.is_array()) fail_as("must be an array");
  return value_.size();
}

Node Node::element(std::size_t index) const { return {value_.at(index), this, {}, index}; }

bool Node::is_null() const noexcept { return value_.is_null(); }
bool Node::is_string() const noexcept { return value_.is_string(); }
bool Node::is_object() const noexcept { return value_.is_object(); }

std::string_view Node::string() const {
  if (!value_.is_string()) fail_as("must be a string");
  return value_.get_ref<const std::string&>();
}

std::optional<std::int64_t> Node::exact_number() const noexcept {
  constexpr std::int64_t limit = std::int64_t{1} << 53;
  if (!value_.is_number_integer()) return std::nullopt;
  if (value_.is_number_unsigned() && value_.get<std::uint64_t>() > limit) return std::nullopt;
  const auto number = value_.get<std::int64_t>();
  return number >= -limit ? std::optional(number) : std::nullopt;
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
  if (parent_ == nullptr) return {};
  std::string path = parent_->path();
  if (index_ != no_index) {
    path.append("[").append(std::to_string(index_)).append("]");
  } else {
    append_key(path, key_);
  }
  return path;
}

}  // namespace qmforge::json
