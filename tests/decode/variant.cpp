// Compiled once for each variant, with `qmforge` and QMFORGE_VARIANT defined to other names.
#include "decode/variant.h"

#include "qmforge/inspect.h"
#include "qmforge/json.h"

std::string reader_variants::QMFORGE_VARIANT(std::span<const std::byte> input, std::uint32_t format,
                                             std::uint32_t revision) {
  using namespace qmforge;
  const DecodeOptions options{.format = Format{format}, .revision = Revision{revision}};
  const Report report = inspect(input, options);
  std::string text = to_json(
      Result{.label = {}, .format = options.format, .revision = options.revision, .report = report, .canonical = {}});
  if (report.event)
    for (const ConditionValue* subnet : {&report.event->localSubNet, &report.event->remoteSubNet})
      text += ' ' + std::to_string(static_cast<std::uint32_t>(subnet->type)) + (subnet->is_null ? " NULL" : "");
  return text;
}
