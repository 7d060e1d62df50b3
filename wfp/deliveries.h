// The events of running callbacks, and the last batch that a call returned. A crash report reads them without the lock.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "body_kinds.h"
#include "mode_set.h"
#include "origin.h"
#include "record.h"

namespace qmforge::wfp {

class Deliveries {
 public:
  /// A running callback, during the lifetime of this object. If more callbacks run than there are slots, some are not
  /// listed.
  class Callback {
   public:
    Callback(Deliveries& deliveries, const Record& record);
    Callback(const Callback&) = delete;
    Callback& operator=(const Callback&) = delete;
    ~Callback();

   private:
    std::atomic<const Record*>* place_ = nullptr;
  };

  void set_batch(const Origin& call, const Record& first, const Record& last, std::size_t count);
  void clear();

  /// One line for each callback that runs, else one for the last batch: `delivering event 3, QM_FAILURE, mode
  /// null-body`. Calls `line` with parts of it and "\n" at its end. Does nothing that a signal handler must not do.
  template <class Part>
  void describe(Part part) const {
    bool any = false;
    for (const auto& place : callbacks_)
      if (const Record* const record = place.load()) {
        part("delivering ");
        describe(*record, part);
        part("\n");
        any = true;
      }
    const Record* const first = batch_first_.load();
    if (any || first == nullptr) return;
    part("last batch: call ");
    number(batch_call_.load(), part);
    part(" (");
    part(to_string(batch_function_.load()));
    part("), ");
    describe(*first, part);
    if (const std::size_t count = batch_count_.load(); count > 1) {
      part(" to ");
      describe(*batch_last_.load(), part);
    }
    part("\n");
  }

 private:
  template <class Part>
  static void number(std::uint64_t value, Part& part) {
    std::array<char, 20> digits;
    std::size_t at = digits.size();
    do digits[--at] = static_cast<char>('0' + value % 10);
    while ((value /= 10) != 0);
    part(std::string_view(digits.data() + at, digits.size() - at));
  }
  template <class Part>
  static void describe(const Record& record, Part& part) {
    part("event ");
    number(record.number, part);
    part(", ");
    part(kind_name(record.type));
    const ModeSet modes(record.modes);
    std::string_view before = ", mode ";
    for (const Mode mode : all_modes)
      if (modes.contains(mode)) {
        part(before);
        part(to_string(mode));
        before = " ";
      }
  }

  std::array<std::atomic<const Record*>, 16> callbacks_{};
  std::atomic<const Record*> batch_first_ = nullptr;
  std::atomic<const Record*> batch_last_ = nullptr;
  std::atomic<std::size_t> batch_count_ = 0;
  std::atomic<std::uint64_t> batch_call_ = 0;
  std::atomic<Function> batch_function_{};
};

}  // namespace qmforge::wfp
