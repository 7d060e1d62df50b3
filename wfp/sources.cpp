// Where fed events come from.
#include "sources.h"

#include <array>
#include <fstream>
#include <memory>
#include <memory_resource>

#include "qmforge/json.h"
#include "qmforge/sim/odometer.h"
#include "staging.h"

namespace qmforge::wfp {
namespace {

/// The modes that are on. They count for what is fed, not for what is delivered.
std::set<Mode> modes_now() {
  std::set<Mode> modes;
  for (const Mode mode : all_modes)
    if (is_on(mode)) modes.insert(mode);
  return modes;
}

/// Stages events one by one, as they are asked for.
class Staging {
 public:
  explicit Staging(EventSource events) : events_(std::move(events)), modes_(modes_now()) {}

  bool operator()(RecordBytes& record) {
    if (next_ == staged_.size()) {
      staged_.clear();
      next_ = 0;
      const bool more =
          events_([this](const Event& event) { stage(event, header_for(event), modes_, number_++, staged_); });
      if (!more) return false;
    }
    record = std::move(staged_[next_++]);
    return true;
  }

 private:
  EventSource events_;
  std::set<Mode> modes_;
  std::uint32_t number_ = 0;
  std::vector<RecordBytes> staged_;
  std::size_t next_ = 0;
};

/// Records that were staged before.
class Staged {
 public:
  explicit Staged(std::vector<RecordBytes> records) : records_(std::move(records)) {}

  bool operator()(RecordBytes& record) {
    if (next_ == records_.size()) return false;
    record = std::move(records_[next_++]);
    return true;
  }

 private:
  std::vector<RecordBytes> records_;
  std::size_t next_ = 0;
};

/// Events as the generator makes them, `count` of them.
class Generated {
 public:
  Generated(std::uint64_t seed, std::size_t count, const sim::Profile& profile)
      : choices_(std::make_shared<sim::RandomChoices>(seed)),
        left_(count),
        profile_(profile.for_format(Format::native64)) {}

  bool operator()(const std::function<void(const Event&)>& use) {
    if (left_ == 0) return false;
    --left_;
    std::array<std::byte, 4096> buffer;
    std::pmr::monotonic_buffer_resource storage(buffer.data(), buffer.size());
    use(sim::generate(*choices_, profile_, storage));
    return true;
  }

 private:
  std::shared_ptr<sim::RandomChoices> choices_;  // shared by copies of the source, of which one is used
  std::size_t left_;
  sim::Profile profile_;
};

/// Whether a line of a labelled set says that its input is malformed, and so holds no event.
bool has_no_event(std::string_view line) {
  return line.find("\"event\": null") != std::string_view::npos ||
         line.find("\"event\":null") != std::string_view::npos;
}

}  // namespace

Feed feed_of(const Event& event, const EventHeader& header) {
  std::vector<RecordBytes> records;
  stage(event, header, modes_now(), 0, records);
  return {Staged(std::move(records)), 1};
}

Feed feed_of(std::span<const Event> events) {
  const std::set<Mode> modes = modes_now();
  std::vector<RecordBytes> records;
  std::uint32_t number = 0;
  for (const Event& event : events) stage(event, header_for(event), modes, number++, records);
  return {Staged(std::move(records)), events.size()};
}

Feed feed_of_seed(std::uint64_t seed, std::size_t count, const sim::Profile& profile) {
  return {Staging(Generated(seed, count, profile)), count};
}

Feed feed_of_everything() {
  sim::Profile profile;
  profile.validity = sim::Validity::clean;
  profile.contents = sim::Contents::fixed;
  sim::Odometer odometer;
  const std::set<Mode> modes = modes_now();
  std::vector<RecordBytes> records;
  std::uint32_t number = 0;
  do {
    std::pmr::monotonic_buffer_resource storage;
    const Event event = sim::generate(odometer, profile, storage);
    stage(event, header_for(event), modes, number++, records);
  } while (odometer.next());
  return {Staged(std::move(records)), number};
}

std::expected<Feed, std::string> feed_of_file(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) return std::unexpected("cannot read " + file.string());
  const std::set<Mode> modes = modes_now();
  std::vector<RecordBytes> records;
  std::uint32_t number = 0;
  std::uint32_t line_number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++line_number;
    if (line.empty() || has_no_event(line)) continue;
    std::pmr::monotonic_buffer_resource storage;
    const auto labelled = from_json(line, Revision::r0, storage);
    if (!labelled)
      return std::unexpected(file.string() + ":" + std::to_string(line_number) + ": " + labelled.error().field + ": " +
                             labelled.error().message);
    stage(labelled->event, header_for(labelled->event), modes, number++, records);
  }
  return Feed{Staged(std::move(records)), number};
}

std::expected<Feed, std::string> feed_of_json(std::string_view text) {
  std::pmr::monotonic_buffer_resource storage;
  const auto labelled = from_json(text, Revision::r0, storage);
  if (!labelled) return std::unexpected(labelled.error().field + ": " + labelled.error().message);
  return feed_of(labelled->event, header_for(labelled->event));
}

}  // namespace qmforge::wfp
