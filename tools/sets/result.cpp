#include "result.h"

#include "qmforge/inspect.h"
#include "qmforge/sim/encode.h"

namespace qmforge::tools {

Result result_of(std::string_view label, std::span<const std::byte> bytes, const DecodeOptions& options) {
  Result result{.label = label,
                .format = options.format,
                .revision = options.revision,
                .report = inspect(bytes, options),
                .canonical = {}};
  if (const auto& event = result.report.event) result.canonical = sim::is_canonical(bytes, options.format, *event);
  return result;
}

}  // namespace qmforge::tools
