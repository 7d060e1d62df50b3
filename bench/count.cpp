// Counts instructions (qmforge/bench/count.h): one profile for each benchmark. gate.py reads them.
//
//     count [--only PREFIX] [--added-work N]
//
// --added-work lets every event cost N instructions more, for the gate's own test.
#include "qmforge/bench/count.h"

#include <charconv>
#include <cstring>
#include <functional>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "qmforge/bench/workload.h"
#include "qmforge/inspect.h"
#include "qmforge/json.h"
#include "qmforge/names.h"
#include "qmforge/sim/choices.h"
#include "qmforge/sim/generate.h"
#include "qmforge/sim/labelled.h"
#include "qmforge/validate.h"

namespace {

using namespace qmforge;
using bench::keep;
using bench::Message;

struct Run {
  std::string_view only;
  unsigned added_work = 0;
};

[[gnu::noinline]] void added_work(unsigned instructions) {
  // One turn is three instructions: an empty statement, a decrement and a jump.
  for (unsigned i = instructions / 3; i != 0; --i) asm volatile("nop");
}

/// Counts the benchmark if it is asked for.
template <class Work>
void count(const Run& run, const std::string& name, const Work& work, unsigned calls = 16, unsigned events = 1) {
  if (!name.starts_with(run.only)) return;
  bench::count(
      name,
      [&] {
        work();
        if (run.added_work != 0) added_work(run.added_work);
      },
      calls, events);
}

void count_message(const Run& run, const std::string& name, const Message& message) {
  count(run, "decode/" + name, [&] { keep(decode(message.bytes, message.options)); });
}

/// The same message a whole batch over; the count is an event's.
void count_batch(const Run& run, const std::string& name, const Message& message) {
  constexpr std::size_t size = 32;
  const std::vector<std::span<const std::byte>> inputs(size, message.bytes);
  std::vector<Report> results(size);
  const auto work = [&] {
    inspect(inputs, message.options, results);
    keep(results.front());
  };
  count(run, "batch/" + name, work, 16, size);
}

void count_encoding(const Run& run, bench::Workload& workload, std::string_view encoding) {
  const std::string prefix = std::string(encoding) + '/';
  for (const std::string_view shape : bench::shapes)
    count_message(run, prefix + std::string(shape), bench::encode(workload.event(shape), encoding));
  for (const std::string_view shape : {"v4", "v6"}) {
    const Message whole = bench::encode(workload.event(shape), encoding);
    count_message(run, prefix + std::string(shape) + "-cut-late", bench::cut_late(whole));
    count_message(run, prefix + std::string(shape) + "-broken-early", bench::broken_early(whole));
  }
  for (const std::string_view shape : {"transport", "v4", "v6", "v4-v6"})
    count_batch(run, prefix + std::string(shape), bench::encode(workload.event(shape), encoding));
  for (const std::uint32_t sids : {500U, 1000U})
    count_message(run, prefix + "token-" + std::to_string(sids), bench::encode(workload.token(sids), encoding));
}

void count_others(const Run& run, bench::Workload& workload) {
  for (const std::string_view shape : {"transport", "v4", "v6"}) {
    const Event event = workload.event(shape);
    const std::string name(shape);
    count(run, "validate/" + name, [&] { keep(validate(event)); });
    count(run, "json/" + name, [&] { keep(to_json(event)); });
    std::vector<std::byte> out;
    count(run, "encode/" + name, [&] { keep(sim::encode(event, {}, out)); });
  }
  std::pmr::monotonic_buffer_resource storage;
  sim::RandomChoices choices(7);
  count(run, "generate/any", [&] { keep(sim::generate(choices, {}, storage)); }, 256);
  for (const Format format : all_formats) {
    sim::Forge forge({.format = format});
    sim::RandomChoices answers(7);
    count(run, "labelled-input/" + std::string(to_string(format)), [&] { keep(forge.forge(answers)); }, 512);
  }
}

}  // namespace

int main(int argc, char** argv) {
  Run run;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view value = argv[i + 1];
    if (std::strcmp(argv[i], "--only") == 0) run.only = value;
    if (std::strcmp(argv[i], "--added-work") == 0)
      std::from_chars(value.data(), value.data() + value.size(), run.added_work);
  }
  bench::Workload workload;
  for (const std::string_view encoding : bench::encodings) count_encoding(run, workload, encoding);
  count_others(run, workload);
}
