// A JSON text as a tree, with what nlohmann/json leaves out: duplicate keys are refused, nesting is bounded, and
// strings may hold any UTF-16 units.
#pragma once

#include <cstddef>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "../text/digits.h"
#include "qmforge/json.h"
#include "unicode.h"

namespace qmforge::json {

/// Thrown by everything that reads; from_json catches it.
struct Failure {
  JsonError error;
};

/// A result's deepest member stands 8 deep: an element of a range's token information. Members that are passed over may
/// go deeper.
inline constexpr std::size_t max_depth = 32;

/// The tree of a text. Throws a Failure when the text is no JSON.
///
/// The strings of the tree are in UTF-8, but for surrogates and U+0001 that the text escapes: each is U+0001 and four
/// hex digits. (No JSON string holds U+0001 itself, so this cannot be confused with anything; the parser would refuse
/// lone surrogates.) each_unit undoes it.
class Document {
 public:
  explicit Document(std::string_view text);
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;
  ~Document();

  [[nodiscard]] const nlohmann::json& root() const noexcept { return *tree_; }

 private:
  std::unique_ptr<const nlohmann::json> tree_;  // behind a pointer: the type takes a compiler seconds to read
};

/// Calls `unit` with every UTF-16 unit of a string of the tree.
template <class Unit>
void each_unit(std::string_view string, Unit&& unit) {
  while (!string.empty()) {
    const char32_t character = take_character(string);
    if (character == 1) {
      unit(static_cast<char16_t>(*digits::parse<std::uint16_t>(string.substr(0, 4), 16)));
      string.remove_prefix(4);
    } else {
      to_utf16(character, unit);
    }
  }
}

/// A string of the tree as JSON, in printable ASCII and of bounded length: for messages.
[[nodiscard]] std::string excerpt(std::string_view string);

/// Makes a member's path of its object's.
void append_key(std::string& path, std::string_view key);

}  // namespace qmforge::json
