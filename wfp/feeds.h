// Feeds: events from a source, through the stages, as records.
//
//     event source      built by hand, a seed, every combination, a file
//     header defaults   the header of an event that has none              header_defaults.h
//     hostile modes     what the modes make of it, and add                hostile_modes.h
//     log, dispatch     a record in the log, an event in a callback       event_log.h, dispatcher.h
//
// Events pass the stages up to the log when a feed is made; a seed's events one by one, as they are asked for. The
// modes are those that were on when the feed was made.
#pragma once

#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "dispatcher.h"
#include "mode_set.h"
#include "qmforge/event.h"
#include "qmforge/sim/generate.h"
#include "qmforge/wfp/event_header.h"

namespace qmforge::wfp {

struct Feed {
  RecordSource source;
  std::size_t count;  // of events; modes may add others
};

[[nodiscard]] Feed feed_of(const Event& event, const EventHeader& header, const ModeSet& modes);
[[nodiscard]] Feed feed_of(std::span<const Event> events, const ModeSet& modes);
[[nodiscard]] Feed feed_of_seed(std::uint64_t seed, std::size_t count, const sim::Profile& profile,
                                const ModeSet& modes);
[[nodiscard]] Feed feed_of_everything(const ModeSet& modes);
[[nodiscard]] std::expected<Feed, std::string> feed_of_file(const std::filesystem::path& file, const ModeSet& modes);
/// One event in its JSON form. The error is a sentence.
[[nodiscard]] std::expected<Feed, std::string> feed_of_json(std::string_view text, const ModeSet& modes);

}  // namespace qmforge::wfp
