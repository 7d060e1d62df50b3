#include "feeds.h"

#include <array>
#include <fstream>
#include <memory>
#include <memory_resource>

#include "event_json.h"
#include "hostile_modes.h"
#include "qmforge/json.h"
#include "qmforge/sim/odometer.h"

namespace qmforge::wfp {
namespace {

using RecordBytes = std::vector<std::byte>;

/// The stages between a source and the log.
class Stages {
 public:
  explicit Stages(StageSettings settings) : settings_(std::move(settings)) {}

  void push(const NetEventBody& body) { push(body, settings_.header.header(qm_failure_of(body), settings_.modes)); }
  void push(const NetEventBody& body, const EventHeader& header) {
    std::vector<Draft> drafts;
    apply_modes(body, header, settings_.modes, settings_.number + static_cast<std::uint32_t>(pushed_++), drafts);
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
  StageSettings settings_;
  std::size_t pushed_ = 0;
  std::vector<RecordBytes> records_;
  std::size_t next_ = 0;
};

/// `count` generated events. The generator's weights switch some answers off; as in a labelled set, they change every
/// few events, so that a feed is a sample of all events.
class Generated {
 public:
  Generated(std::uint64_t seed, std::size_t count, const sim::Profile& profile, const StageSettings& settings)
      : stages_(settings),
        choices_(std::make_shared<sim::RandomChoices>(seed)),
        seed_(seed),
        count_(count),
        profile_(profile.for_format(Format::native64)) {}

  bool operator()(RecordBytes& record) {
    constexpr std::size_t swarm_size = 64;
    while (!stages_.take(record)) {
      if (made_ == count_) return false;
      if (made_ % swarm_size == 0) choices_->reseed(seed_ ^ std::uint64_t{made_ / swarm_size} << 32);
      ++made_;
      std::array<std::byte, 4096> buffer;
      std::pmr::monotonic_buffer_resource storage(buffer.data(), buffer.size());
      stages_.push(sim::generate(*choices_, profile_, storage));
    }
    return true;
  }

 private:
  Stages stages_;
  std::shared_ptr<sim::RandomChoices> choices_;  // shared by copies of the source, of which one is used
  std::uint64_t seed_;
  std::size_t count_;
  std::size_t made_ = 0;
  sim::Profile profile_;
};

/// Whether a line of a labelled set is a malformed input, which has no event.
bool has_no_event(std::string_view line) {
  return line.find("\"event\": null") != std::string_view::npos ||
         line.find("\"event\":null") != std::string_view::npos;
}

}  // namespace

Feed feed_of(const Event& event, const EventHeader& header, const StageSettings& settings) {
  Stages stages(settings);
  stages.push(event, header);
  return std::move(stages).feed();
}

Feed feed_of(std::span<const Event> events, const StageSettings& settings) {
  Stages stages(settings);
  for (const Event& event : events) stages.push(event);
  return std::move(stages).feed();
}

Feed feed_of_seed(std::uint64_t seed, std::size_t count, const sim::Profile& profile, const StageSettings& settings) {
  return {Generated(seed, count, profile, settings), count};
}

Feed feed_of_everything(const StageSettings& settings) {
  sim::Profile profile;
  profile.validity = sim::Validity::clean;
  profile.contents = sim::Contents::fixed;
  sim::Odometer odometer;
  Stages stages(settings);
  do {
    std::pmr::monotonic_buffer_resource storage;
    stages.push(sim::generate(odometer, profile, storage));
  } while (odometer.next());
  return std::move(stages).feed();
}

std::expected<Feed, std::string> feed_of_file(const std::filesystem::path& file, const StageSettings& settings) {
  std::ifstream stream(file);
  if (!stream || std::filesystem::is_directory(file)) return std::unexpected("cannot read " + file.string());
  Stages stages(settings);
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

std::expected<Feed, std::string> feed_of_json(std::string_view text, const StageSettings& settings) {
  std::pmr::monotonic_buffer_resource storage;
  auto written = read_event(text, storage);
  if (!written) return std::unexpected(written.error());
  StageSettings own = settings;
  if (written->header) own.header = *written->header;
  Stages stages(std::move(own));
  stages.push(written->body);
  return std::move(stages).feed();
}

}  // namespace qmforge::wfp
