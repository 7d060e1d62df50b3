// A peer: another way to read the like content from bytes. Each knows transport events and tunnels of masks, revision
// 0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "qmforge/bench/measure.h"
#include "qmforge/bench/workload.h"
#include "qmforge/event.h"

namespace qmforge::bench {

class Peer {
 public:
  virtual ~Peer() = default;
  /// The event in the peer's own encoding.
  [[nodiscard]] virtual std::vector<std::byte> encode(const Event& event) = 0;
  /// Checks the bytes as far as the peer does, and reads every field. The sum of the fields (an address's bytes taken
  /// as two or four integers), so that nothing is left out; 0 for bytes that it does not take.
  [[nodiscard]] virtual std::uint64_t read(std::span<const std::byte> bytes) = 0;
};

/// The sum that every peer has to come to.
[[nodiscard]] std::uint64_t sum_of_fields(const Event& event);

/// Registers the peer's benchmarks. `P` is a final class, so that the loop calls it as it would be called in a program.
template <class P>
void register_peer(Workload& workload, const std::string& name) {
  const auto peer = std::make_shared<P>();
  for (const std::string_view shape : {"transport", "v4", "v6"}) {
    const Event event = workload.event(shape);
    const std::vector<std::byte> bytes = peer->encode(event);
    if (peer->read(bytes) != sum_of_fields(event)) throw std::logic_error(name + " reads something else");
    benchmark::RegisterBenchmark(("hot/" + name + "/own/" + std::string(shape)).c_str(), [=](benchmark::State& state) {
      const Measure measure(state, 1, bytes.size());
      for (auto _ : state) {
        std::uint64_t sum = peer->read(bytes);
        benchmark::DoNotOptimize(sum);
        benchmark::ClobberMemory();
      }
    });
  }
}

}  // namespace qmforge::bench
