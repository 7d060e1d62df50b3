// json_fuzzer: any text as the JSON form of an event. Writing and reading an accepted event must give it again.
//
// An engine hardly ever finds the JSON of a whole event, so one mutation in four is a new event from the grammar; the
// others are the engine's own.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory_resource>
#include <string>
#include <string_view>

#include "qmforge/fuzz/wrong_answer.h"
#include "qmforge/json.h"
#include "qmforge/sim/choices.h"
#include "qmforge/sim/generate.h"
#include "support/storage.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

/// The event that from_json() reads.
std::string labelled(const qmforge::Event& event) {
  return R"({"label":"","revision":)" + std::to_string(static_cast<unsigned>(event.revision)) + R"(,"event":)" +
         to_json(event) + "}";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace qmforge;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static fuzz::Storage memory;
  std::pmr::memory_resource& storage = memory.fresh();
  const auto read = from_json(text, Revision::r0, storage);
  if (!read) {
    if (read.error().message.empty()) fuzz::wrong_answer("json-error", "an error without a message");
    return 0;
  }
  const std::string printed = labelled(read->event);
  const auto again = from_json(printed, Revision::r0, storage);
  if (!again) fuzz::wrong_answer("json", again.error().field + ": " + again.error().message + "\n" + printed);
  if (!(again->event == read->event)) fuzz::wrong_answer("json", "read as another event: " + printed);
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned int seed) {
  using namespace qmforge;
  if (seed % 4 != 0) return LLVMFuzzerMutate(data, size, max_size);
  sim::RandomChoices choices(seed);
  static fuzz::Storage storage;
  const std::string text = labelled(sim::generate(choices, {.unencodable = true}, storage.fresh()));
  if (text.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
  std::memcpy(data, text.data(), text.size());
  return text.size();
}
