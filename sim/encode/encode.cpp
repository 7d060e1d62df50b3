// encode(): checks that there is an encoding, and calls the writer for the format.
#include "qmforge/sim/encode.h"

#include <algorithm>

#include "encodable.h"
#include "writers.h"

namespace qmforge::sim {

std::expected<void, EncodeError> encode(const Event& event, const EncodeOptions& options, std::vector<std::byte>& out,
                                        FieldMap* map) {
  if (map != nullptr) map->clear();
  auto written = check_encodable(event, options);
  if (written) {
    const bool image = is_memory_image(options.format);
    written = image ? write_image(event, options, out, map) : write_ndr(event, options, out, map);
  }
  if (!written) {
    out.clear();
    if (map != nullptr) map->clear();
  }
  return written;
}

std::optional<bool> is_canonical(std::span<const std::byte> input, Format format, const Event& event) {
  if (is_memory_image(format)) return std::nullopt;
  EncodeOptions canonical;
  canonical.format = format;
  std::vector<std::byte> written;
  return encode(event, canonical, written).has_value() && std::ranges::equal(input, written);
}

}  // namespace qmforge::sim
