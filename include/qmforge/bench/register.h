// Registers the workloads as benchmarks of Google Benchmark, for any work on a message: a function of (bytes,
// DecodeOptions). Names are SITUATION/WORK/ENCODING/SHAPE. Situations:
//
//     hot      one message repeatedly; SHAPE-cut-late and SHAPE-broken-early are malformed
//     mix      4096 messages of twelve shapes, in cache, in random order
//     stream   128 MiB of messages, read once
//
// The work is compiled together with the loop around it, as in a program that decodes in a loop.
#pragma once

#include <benchmark/benchmark.h>

#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "qmforge/bench/measure.h"
#include "qmforge/bench/workload.h"

namespace qmforge::bench {

template <class Work>
void register_hot(const std::string& name, const Work& work, const Message& message) {
  benchmark::RegisterBenchmark(name.c_str(), [=](benchmark::State& state) {
    const Measure measure(state, 1, message.bytes.size());
    for (auto _ : state) work(std::span<const std::byte>(message.bytes), message.options);
  });
}

/// Calls `use(shape, message)` with a message of every shape, and with malformed ones.
template <class Use>
void for_each_shape(Workload& workload, std::string_view encoding, const Use& use) {
  for (const std::string_view shape : shapes) use(std::string(shape), encode(workload.event(shape), encoding));
  for (const std::string shape : {"v4", "v6"}) {
    use(shape + "-cut-late", cut_late(encode(workload.event(shape), encoding)));
    use(shape + "-broken-early", broken_early(encode(workload.event(shape), encoding)));
  }
}

template <class Work>
void register_mix(const std::string& work_name, const Work& work, Workload& workload, std::string_view encoding,
                  std::span<const std::string_view> shapes_of_mix = shapes) {
  const std::string_view only[] = {encoding};
  const auto messages = std::make_shared<std::vector<Message>>(mix(workload, shapes_of_mix, only, 4096));
  std::size_t bytes = 0;
  for (const Message& message : *messages) bytes += message.bytes.size();
  const std::string name = "mix/" + work_name + '/' + std::string(encoding);
  benchmark::RegisterBenchmark(name.c_str(), [=](benchmark::State& state) {
    const Measure measure(state, messages->size(), bytes);
    for (auto _ : state)
      for (const Message& message : *messages) work(std::span<const std::byte>(message.bytes), message.options);
  });
}

/// `each` is called with (the message's first byte, its size, its offset in the stream).
template <class Each>
void register_stream(const std::string& work_name, const Each& each, std::string_view shape,
                     const std::shared_ptr<const Stream>& stream) {
  const std::string name = "stream/" + work_name + "/ndr20/" + std::string(shape);
  benchmark::RegisterBenchmark(name.c_str(), [=](benchmark::State& state) {
    const std::size_t step = stream->message_size;
    const Measure measure(state, stream->bytes.size() / step, stream->bytes.size());
    for (auto _ : state)
      for (std::size_t at = 0; at < stream->bytes.size(); at += step) each(stream->bytes.data() + at, step, at);
  })->Iterations(1);
}

inline constexpr std::size_t stream_size = std::size_t{128} << 20;

/// The reference for all readers of the stream: memcpy.
inline void register_stream_memcpy(std::string_view shape, const std::shared_ptr<const Stream>& stream) {
  const auto target = std::make_shared<std::vector<std::byte>>(stream->bytes.size());
  register_stream(
      "memcpy",
      [target](const std::byte* at, std::size_t n, std::size_t offset) {
        std::memcpy(target->data() + offset, at, n);
        benchmark::ClobberMemory();
      },
      shape, stream);
}

}  // namespace qmforge::bench
