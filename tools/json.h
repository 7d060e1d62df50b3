// JSON from outside: manifests, and the answers of tested programs.
#pragma once

#include <expected>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace qmforge::tools {

/// JSON whose members keep their order, so that the first difference is the first in the text.
using Json = nlohmann::ordered_json;

/// Reads JSON text. The error is a sentence: the text is not JSON, it has a duplicate key, of whose values other
/// parsers may take another one, or it is nested more than 64 deep.
[[nodiscard]] std::expected<Json, std::string> parse_json(std::string_view text);

}  // namespace qmforge::tools
