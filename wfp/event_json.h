// A net event as a scenario writes it: `{"type": …, "header": {…}, "event": {…}}`.
#pragma once

#include <expected>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>

#include "header_overlay.h"
#include "net_event.h"

namespace qmforge::wfp {

struct WrittenEvent {
  NetEventBody body;
  std::optional<HeaderOverlay> header;  // if it has one of its own
};

/// What a Quick Mode failure's views point to is allocated from `storage`. The error is a sentence.
[[nodiscard]] std::expected<WrittenEvent, std::string> read_event(std::string_view text,
                                                                  std::pmr::memory_resource& storage);
[[nodiscard]] std::expected<HeaderOverlay, std::string> read_header(std::string_view text);

}  // namespace qmforge::wfp
