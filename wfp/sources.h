// Where fed events come from: built by hand, a seed, every combination, a file.
//
// Modes work when a feed is made: on everything but a seed's events at once, on those one by one, with the modes that
// were on at the start.
#pragma once

#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "engine.h"
#include "qmforge/sim/generate.h"

namespace qmforge::wfp {

struct Feed {
  Source source;
  std::size_t count;  // of events; modes may add others
};

[[nodiscard]] Feed feed_of(const Event& event, const EventHeader& header);
[[nodiscard]] Feed feed_of(std::span<const Event> events);
[[nodiscard]] Feed feed_of_seed(std::uint64_t seed, std::size_t count, const sim::Profile& profile);
[[nodiscard]] Feed feed_of_everything();
[[nodiscard]] std::expected<Feed, std::string> feed_of_file(const std::filesystem::path& file);
/// One event in its JSON form. The error is a sentence.
[[nodiscard]] std::expected<Feed, std::string> feed_of_json(std::string_view text);

}  // namespace qmforge::wfp
