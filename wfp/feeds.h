// Feeds: events from a source, through the stages, as records.
//
//     event source      built by hand, a seed, every combination, a file
//     header defaults   the header of an event that has none              header_defaults.h, header_overlay.h
//     hostile modes     changes to the event, additional events           hostile_modes.h
//     log, dispatch     a record in the log, an event in a callback       event_log.h, dispatcher.h
//
// Events pass the stages up to the log when a feed is made; a seed's events pass one at a time, when they are needed.
// The modes are those that were on when the feed was made.
#pragma once

#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "dispatcher.h"
#include "header_overlay.h"
#include "mode_set.h"
#include "qmforge/event.h"
#include "qmforge/sim/generate.h"
#include "qmforge/wfp/event_header.h"

namespace qmforge::wfp {

struct StageSettings {
  ModeSet modes;
  std::uint32_t number = 0;  // of events that were fed before: selects among the variants of a mode
  HeaderOverlay header;
};

struct Feed {
  RecordSource source;
  std::size_t count;  // of events; modes may add others
};

[[nodiscard]] Feed feed_of(const Event& event, const EventHeader& header, const StageSettings& settings);
[[nodiscard]] Feed feed_of(std::span<const Event> events, const StageSettings& settings);
[[nodiscard]] Feed feed_of_seed(std::uint64_t seed, std::size_t count, const sim::Profile& profile,
                                const StageSettings& settings);
[[nodiscard]] Feed feed_of_everything(const StageSettings& settings);
[[nodiscard]] std::expected<Feed, std::string> feed_of_file(const std::filesystem::path& file,
                                                            const StageSettings& settings);
/// One event, as event_json.h reads it; its own header, if any, replaces that of the settings. The error is a sentence.
[[nodiscard]] std::expected<Feed, std::string> feed_of_json(std::string_view text, const StageSettings& settings);

}  // namespace qmforge::wfp
