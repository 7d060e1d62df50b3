#include "field_bytes.h"

#include <charconv>
#include <optional>

#include "dump.h"
#include "locate.h"
#include "qmforge/field_path.h"
#include "style.h"

namespace qmforge::tools {
namespace {

std::optional<Step> step_named(std::string_view name) {
  for (auto i = static_cast<unsigned>(Step::none) + 1; i <= static_cast<unsigned>(Step::attributes); ++i)
    if (to_string(static_cast<Step>(i)) == name) return static_cast<Step>(i);
  return std::nullopt;
}

// Parses a field path, up to the first name that is not a field.
FieldPath parse_path(std::string_view text) {
  FieldPath path;
  while (!text.empty() && path.depth() < FieldPath::max_depth) {
    const std::string_view part = text.substr(0, text.find('.'));
    const std::size_t bracket = part.find('[');
    const auto step = step_named(part.substr(0, bracket));
    if (!step) break;
    path = path / *step;
    std::uint32_t index = 0;
    if (bracket != std::string_view::npos &&
        std::from_chars(part.data() + bracket + 1, part.data() + part.size(), index).ec == std::errc())
      path = path[index];
    text.remove_prefix(std::min(part.size() + 1, text.size()));
  }
  return path;
}

}  // namespace

std::string dump_field(std::string_view field, std::span<const std::byte> input, const DecodeOptions& options) {
  constexpr std::string_view event = "event.";
  const auto decoded = decode(input, options);
  if (!decoded) return dump(input, locate(decoded.error(), input, options), Style{});
  if (!field.starts_with(event)) return "";
  const FieldPath path = parse_path(field.substr(event.size()));
  if (path.depth() == 0) return "";
  const auto bytes = locate(path, *decoded, input, options);
  return bytes ? dump(input, *bytes, Style{}) : "";
}

}  // namespace qmforge::tools
