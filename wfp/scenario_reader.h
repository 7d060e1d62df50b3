// The commands of a scenario, line by line; docs/wfp.md describes them.
#pragma once

#include <cstddef>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "feeds.h"

namespace qmforge::wfp {

class ScenarioReader {
 public:
  using Result = std::expected<void, std::string>;  // the error is a sentence

  /// File names in the scenario are relative to `folder`.
  explicit ScenarioReader(std::filesystem::path folder) : folder_(std::move(folder)) {}

  [[nodiscard]] Result read_line(std::string_view line);
  /// After the last line: starts the feeds that wait for a subscription.
  [[nodiscard]] Result finish();

  [[nodiscard]] std::size_t logged() const { return logged_count_; }  // events
  [[nodiscard]] std::size_t live() const { return live_count_; }
  [[nodiscard]] bool is_quiet() const { return quiet_; }

 private:
  /// Feeds that run one after the other, from the first subscription on.
  struct Live {
    double per_second = 0;
    std::vector<RecordSource> sources;
  };

  [[nodiscard]] StageSettings settings() const;
  void start(Feed feed);
  Result start_if(std::expected<Feed, std::string> feed);
  Result read_logged(std::string_view rest);
  Result read_live(std::string_view rest);
  Result read_header(std::string_view rest);
  Result read_event(std::string_view rest);
  Result read_seed(std::string_view rest);
  Result read_exhaustive(std::string_view rest);
  Result read_labelled(std::string_view rest);
  Result read_mode(std::string_view rest);
  Result read_fail(std::string_view rest);
  Result read_fail_sites(std::string_view rest);
  Result read_clock(std::string_view rest);
  Result read_report(std::string_view rest);
  Result read_trace(std::string_view rest);
  Result read_exit(std::string_view rest);
  Result read_quiet(std::string_view rest);

  std::filesystem::path folder_;
  HeaderOverlay header_;
  bool is_logged_ = true;
  std::vector<Live> live_;
  std::size_t logged_count_ = 0;
  std::size_t live_count_ = 0;
  bool exit_when_delivered_ = false;
  bool quiet_ = false;
};

}  // namespace qmforge::wfp
