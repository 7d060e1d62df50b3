// A benchmark program for a decoder of your own (testing/decoder.h), beside qmforge's and memcpy:
//
//     #include <qmforge/bench/run.h>
//     QMFORGE_BENCHMARK_MAIN(Mine, "ndr20")        encodings: "ndr20", "ndr20-big", "ndr64", "native64"
//
// The program has Google Benchmark's options; with `--count` it counts the decoder's instructions for qmforge-gate.
// Messages that the decoder does not support are not measured; a wrong result is an error (exit status 1).
#pragma once

#include <algorithm>
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "qmforge/bench/count.h"
#include "qmforge/bench/register.h"
#include "qmforge/inspect.h"
#include "qmforge/testing/decoder.h"

namespace qmforge::bench {

namespace detail {

template <test::Decoder D>
struct Works {
  static void mine(std::span<const std::byte> bytes, const DecodeOptions& options) {
    const auto answer = D::decode(bytes, options);
    benchmark::DoNotOptimize(&answer);
    benchmark::ClobberMemory();
  }
  static void ours(std::span<const std::byte> bytes, const DecodeOptions& options) {
    const auto event = qmforge::decode(bytes, options);
    benchmark::DoNotOptimize(&event);
    benchmark::ClobberMemory();
  }
};

enum class Support { yes, no, wrong };

template <test::Decoder D>
Support support(const std::string& name, const Message& message) {
  const auto answer = test::to_answer(D::decode(message.bytes, message.options));
  if (std::holds_alternative<test::NotSupported>(answer)) return Support::no;
  const std::string difference = test::explain_difference(inspect(message.bytes, message.options), answer);
  if (difference.empty()) return Support::yes;
  std::fprintf(stderr, "%s is not measured, because the decoder's result is wrong:\n%s\n", name.c_str(),
               difference.c_str());
  return Support::wrong;
}

}  // namespace detail

/// See the top of this file. Returns the program's exit status.
template <test::Decoder D>
int run(int argc, char** argv, std::span<const std::string_view> encodings_of_run) {
  using Works = detail::Works<D>;
  const bool counts = argc == 2 && std::string_view(argv[1]) == "--count";
  if (!counts) benchmark::Initialize(&argc, argv);
  if (!counts && benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  Workload workload;
  bool wrong = false;
  for (const std::string_view encoding : encodings_of_run) {
    std::vector<std::string_view> supported;
    for_each_shape(workload, encoding, [&](const std::string& shape, const Message& message) {
      const std::string name = std::string(encoding) + '/' + shape;
      const detail::Support support = detail::support<D>(name, message);
      wrong = wrong || support == detail::Support::wrong;
      if (support != detail::Support::yes) return;
      for (const std::string_view known : shapes)
        if (known == shape) supported.push_back(known);
      if (counts) {
        count("decode/" + name, [&] { keep(D::decode(message.bytes, message.options)); });
      } else {
        register_hot("hot/mine/" + name, Works::mine, message);
        register_hot("hot/qmforge/" + name, Works::ours, message);
      }
    });
    if (counts || supported.empty()) continue;
    register_mix("mine", Works::mine, workload, encoding, supported);
    register_mix("qmforge", Works::ours, workload, encoding, supported);
    if (encoding != "ndr20") continue;
    for (const std::string_view shape : {"transport", "v4", "v6"}) {
      if (std::ranges::find(supported, shape) == supported.end()) continue;
      const auto stream = std::make_shared<const Stream>(workload, shape, stream_size);
      const auto add = [&](const std::string& name, auto work) {
        register_stream(
            name, [work](const std::byte* at, std::size_t n, std::size_t) { work({at, n}, {}); }, shape, stream);
      };
      add("mine", Works::mine);
      add("qmforge", Works::ours);
      register_stream_memcpy(shape, stream);
    }
  }
  if (wrong) return 1;
  if (counts) return 0;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}

}  // namespace qmforge::bench

#define QMFORGE_BENCHMARK_MAIN(DECODER, ...)                              \
  int main(int argc, char** argv) {                                       \
    static constexpr std::string_view encodings_of_run[] = {__VA_ARGS__}; \
    return qmforge::bench::run<DECODER>(argc, argv, encodings_of_run);    \
  }
