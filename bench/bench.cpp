// The benchmarks by wall time, with Google Benchmark. Names are SITUATION/WORK/ENCODING/SHAPE:
//
//     hot      the same message again and again
//     mix      thousands of messages of twelve shapes, in cache, in an order without a pattern
//     stream   messages one after the other in far more memory than the last-level cache holds, walked once
//
// and WORK `batch` is inspect() over batches of 32 messages.
//
// README.md explains what each is compared with; table.py makes the table.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "peers/peers.h"
#include "qmforge/bench/register.h"
#include "qmforge/inspect.h"
#include "qmforge/json.h"
#include "qmforge/names.h"
#include "qmforge/sim/choices.h"
#include "qmforge/sim/generate.h"
#include "qmforge/sim/labelled.h"
#include "qmforge/sim/sets.h"
#include "qmforge/validate.h"

static std::size_t allocation_count = 0;

// Every allocation of this program is counted. noinline: a compiler that saw both ends would pair new with free().
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocation_count;
  if (void* const memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

using namespace qmforge;
using bench::Measure;
using bench::Message;

// As in a program that decodes in a loop: no function of its own around the calls.
constexpr auto decode_only = [] [[gnu::always_inline]] (std::span<const std::byte> bytes,
                                                        const DecodeOptions& options) {
  const auto event = decode(bytes, options);
  benchmark::DoNotOptimize(&event);
  benchmark::ClobberMemory();
};

constexpr auto decode_then_validate = [] [[gnu::always_inline]] (std::span<const std::byte> bytes,
                                                                 const DecodeOptions& options) {
  const auto event = decode(bytes, options);
  benchmark::DoNotOptimize(&event);
  if (event) {
    const Findings findings = validate(*event);
    benchmark::DoNotOptimize(&findings);
  }
  benchmark::ClobberMemory();
};

/// The number of messages in a batch.
constexpr std::size_t batch_size = 32;

/// A batch and its results, which are reused.
struct Batch {
  std::size_t size = 0;
  std::array<std::span<const std::byte>, batch_size> inputs;
  std::array<Report, batch_size> results;

  /// Adds a message, and inspects the batch if it is full.
  void add(std::span<const std::byte> bytes) {
    inputs[size++] = bytes;
    if (size < batch_size) return;
    inspect_all();
    size = 0;
  }
  void inspect_all() {
    inspect(inputs, {}, results);
    benchmark::DoNotOptimize(&results);
    benchmark::ClobberMemory();
  }
};

void hot_of_all(bench::Workload& workload) {
  for (const std::string_view encoding : bench::encodings)
    bench::for_each_shape(workload, encoding, [&](const std::string& shape, const Message& message) {
      const std::string suffix = '/' + std::string(encoding) + '/' + shape;
      bench::register_hot("hot/decode" + suffix, decode_only, message);
      bench::register_hot("hot/decode+validate" + suffix, decode_then_validate, message);
    });
}

void hot_batches(bench::Workload& workload) {
  for (const std::string_view shape : {"transport", "v4", "v6"}) {
    const Message message = bench::encode(workload.event(shape), "ndr20");
    benchmark::RegisterBenchmark(("hot/batch/ndr20/" + std::string(shape)).c_str(), [=](benchmark::State& state) {
      const auto batch = std::make_unique<Batch>();
      batch->inputs.fill(message.bytes);
      const Measure measure(state, batch_size, batch_size * message.bytes.size());
      for (auto _ : state) batch->inspect_all();
    });
  }
}

void mix_of_twelve(bench::Workload& workload) {
  for (const std::string_view encoding : bench::encodings)
    bench::register_mix("decode+validate", decode_then_validate, workload, encoding);
}

void stream_and_limits(bench::Workload& workload) {
  for (const std::string_view shape : {"transport", "v4", "v6"}) {
    const auto stream = std::make_shared<const bench::Stream>(workload, shape, bench::stream_size);
    const auto add = [&](const std::string& work, auto each) { bench::register_stream(work, each, shape, stream); };
    add("decode+validate", [](const std::byte* at, std::size_t n, std::size_t) { decode_then_validate({at, n}, {}); });
    const auto batch = std::make_shared<Batch>();
    // The last, incomplete batch of the stream is not inspected.
    add("batch", [batch](const std::byte* at, std::size_t n, std::size_t) { batch->add({at, n}); });
    bench::register_stream_memcpy(shape, stream);
    add("sum", [](const std::byte* at, std::size_t n, std::size_t) {
      std::uint64_t sum = 0;
      for (std::size_t i = 0; i < n; i += 8) {  // every message is a multiple of 8 bytes long
        std::uint64_t number;
        std::memcpy(&number, at + i, sizeof(number));
        sum += number;
      }
      benchmark::DoNotOptimize(sum);
    });
  }
}

void others(bench::Workload& workload) {
  for (const std::string_view shape : {"transport", "v4", "v6"}) {
    const Event event = workload.event(shape);
    const std::string name(shape);
    benchmark::RegisterBenchmark(("hot/validate/-/" + name).c_str(), [=](benchmark::State& state) {
      const Measure measure(state, 1, 0);
      for (auto _ : state) {
        const Findings findings = validate(event);
        benchmark::DoNotOptimize(&findings);
        benchmark::ClobberMemory();
      }
    });
    benchmark::RegisterBenchmark(("hot/json/-/" + name).c_str(), [=](benchmark::State& state) {
      const Measure measure(state, 1, 0);
      for (auto _ : state) benchmark::DoNotOptimize(to_json(event));
    });
    benchmark::RegisterBenchmark(("hot/encode/ndr20/" + name).c_str(), [=](benchmark::State& state) {
      std::vector<std::byte> out;
      static_cast<void>(sim::encode(event, {}, out));
      const Measure measure(state, 1, out.size());
      for (auto _ : state) benchmark::DoNotOptimize(sim::encode(event, {}, out));
    });
  }
  benchmark::RegisterBenchmark("mix/generate/-", [](benchmark::State& state) {
    std::pmr::monotonic_buffer_resource storage;
    sim::RandomChoices choices(1);
    const Measure measure(state, 1, 0);
    for (auto _ : state) {
      benchmark::DoNotOptimize(sim::generate(choices, {}, storage));
      if (state.iterations() % 1024 == 0) storage.release();
    }
  });
  // As a set has them: half of them malformed, and new weights every swarm.
  for (const Format format : all_formats)
    benchmark::RegisterBenchmark(("mix/labelled-input/" + std::string(to_string(format))).c_str(),
                                 [=](benchmark::State& state) {
                                   sim::Forge forge({.format = format});
                                   sim::RandomChoices choices(0);
                                   std::uint64_t swarm = 0;
                                   const Measure measure(state, sim::swarm_size, 0);
                                   for (auto _ : state) {
                                     choices.reseed(swarm++ << 32);
                                     for (std::uint64_t i = 0; i < sim::swarm_size; ++i)
                                       benchmark::DoNotOptimize(&forge.forge(choices));
                                   }
                                 });
}

}  // namespace

int main(int argc, char** argv) {
  bench::allocations = &allocation_count;
  benchmark::Initialize(&argc, argv);
  bench::Workload workload;
  hot_of_all(workload);
  hot_batches(workload);
  mix_of_twelve(workload);
  stream_and_limits(workload);
  others(workload);
  bench::struct_cast(workload);
#ifdef QMFORGE_BENCH_FLATBUFFERS
  bench::flatbuffers(workload);
#endif
#ifdef QMFORGE_BENCH_CAPNPROTO
  bench::capnproto(workload);
#endif
#ifdef QMFORGE_BENCH_LIBNDR
  bench::libndr(workload);
#endif
  benchmark::AddCustomContext("compiler", QMFORGE_BENCH_COMPILER);
  benchmark::AddCustomContext("instruction counter", bench::instructions() ? "the processor's" : "not supported here");
  benchmark::AddCustomContext("peers", QMFORGE_BENCH_PEERS);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
