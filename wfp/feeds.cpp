#include "feeds.h"

#include <array>
#include <fstream>
#include <memory>
#include <memory_resource>

#include "header_defaults.h"
#include "hostile_modes.h"
#include "qmforge/json.h"
#include "qmforge/sim/odometer.h"

namespace qmforge::wfp {
namespace {

using RecordBytes = std::vector<std::byte>;

/// The stages between a source and the log.
class Stages {
 public:
  explicit Stages(const ModeSet& modes) : modes_(modes) {}

  void push(const Event& event) { push(event, header_for(event)); }
  void push(const Event& event, const EventHeader& header) {
    std::vector<Draft> drafts;
    apply_modes(event, header, modes_, pushed_++, drafts);
    for (Draft& draft : drafts) records_.push_back(make_record(std::move(draft)));
  }

  /// The next record; false when all have been taken.
  bool take(RecordBytes& record) {
    if (next_ == records_.size()) {
      records_.clear();
      next_ = 0;
      return false;
    }
    record = std::move(records_[next_++]);
    return true;
  }

  /// What was pushed, as a feed.
  [[nodiscard]] Feed feed() && {
    const std::size_t count = pushed_;
    return {[stages = std::move(*this)](RecordBytes& record) mutable { return stages.take(record); }, count};
  }

 private:
  ModeSet modes_;
  std::uint32_t pushed_ = 0;
  std::vector<RecordBytes> records_;
  std::size_t next_ = 0;
};

/// Events as the generator makes them, `count` of them.
class Generated {
 public:
  Generated(std::uint64_t seed, std::size_t count, const sim::Profile& profile, const ModeSet& modes)
      : stages_(modes),
        choices_(std::make_shared<sim::RandomChoices>(seed)),
        left_(count),
        profile_(profile.for_format(Format::native64)) {}

  bool operator()(RecordBytes& record) {
    while (!stages_.take(record)) {
      if (left_ == 0) return false;
      --left_;
      std::array<std::byte, 4096> buffer;
      std::pmr::monotonic_buffer_resource storage(buffer.data(), buffer.size());
      stages_.push(sim::generate(*choices_, profile_, storage));
    }
    return true;
  }

 private:
  Stages stages_;
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

Feed feed_of(const Event& event, const EventHeader& header, const ModeSet& modes) {
  Stages stages(modes);
  stages.push(event, header);
  return std::move(stages).feed();
}

Feed feed_of(std::span<const Event> events, const ModeSet& modes) {
  Stages stages(modes);
  for (const Event& event : events) stages.push(event);
  return std::move(stages).feed();
}

Feed feed_of_seed(std::uint64_t seed, std::size_t count, const sim::Profile& profile, const ModeSet& modes) {
  return {Generated(seed, count, profile, modes), count};
}

Feed feed_of_everything(const ModeSet& modes) {
  sim::Profile profile;
  profile.validity = sim::Validity::clean;
  profile.contents = sim::Contents::fixed;
  sim::Odometer odometer;
  Stages stages(modes);
  do {
    std::pmr::monotonic_buffer_resource storage;
    stages.push(sim::generate(odometer, profile, storage));
  } while (odometer.next());
  return std::move(stages).feed();
}

std::expected<Feed, std::string> feed_of_file(const std::filesystem::path& file, const ModeSet& modes) {
  std::ifstream stream(file);
  if (!stream) return std::unexpected("cannot read " + file.string());
  Stages stages(modes);
  std::uint32_t line_number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++line_number;
    if (line.empty() || has_no_event(line)) continue;
    std::pmr::monotonic_buffer_resource storage;
    const auto labelled = from_json(line, Revision::r0, storage);
    if (!labelled)
      return std::unexpected(file.string() + ":" + std::to_string(line_number) + ": " + labelled.error().field + ": " +
                             labelled.error().message);
    stages.push(labelled->event);
  }
  return std::move(stages).feed();
}

std::expected<Feed, std::string> feed_of_json(std::string_view text, const ModeSet& modes) {
  std::pmr::monotonic_buffer_resource storage;
  const auto labelled = from_json(text, Revision::r0, storage);
  if (!labelled) return std::unexpected(labelled.error().field + ": " + labelled.error().message);
  return feed_of(std::span(&labelled->event, 1), modes);
}

}  // namespace qmforge::wfp
