// A JSON text as a tree. Unlike nlohmann/json alone, rejects duplicate keys and limits nesting.
#pragma once

#include <cstddef>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "qmforge/json.h"

namespace qmforge::json {

/// Thrown by all functions that read JSON; from_json catches it.
struct Failure {
  JsonError error;
};

/// A result is at most 8 deep: an element of a range's token information. Members that are skipped may be deeper.
inline constexpr std::size_t max_depth = 32;

/// The tree of a text. Throws a Failure when the text is not JSON.
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

/// A string of the tree as JSON, in printable ASCII and of bounded length: for messages.
[[nodiscard]] std::string excerpt(std::string_view string);

/// Makes the path of a member from the path of its object.
void append_key(std::string& path, std::string_view key);

}  // namespace qmforge::json
