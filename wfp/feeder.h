// A feed that has a thread of its own: one at a pace, or one that waits for a subscription.
#pragma once

#include "engine.h"

namespace qmforge::wfp {

class Feeder {
 public:
  Feeder(Engine& engine, Source source, const FeedOptions& options);
  Feeder(const Feeder&) = delete;
  Feeder& operator=(const Feeder&) = delete;
  ~Feeder() = default;  // waits for the feed's end

  // With the engine's mutex held.
  [[nodiscard]] bool is_done() const { return done_; }
  [[nodiscard]] bool is_held_back() const { return held_back_; }

 private:
  void run();

  Engine& engine_;
  Source source_;
  const FeedOptions options_;
  bool held_back_;
  bool done_ = false;
  Thread thread_;  // last: it runs as soon as it is made
};

}  // namespace qmforge::wfp
