// json_fuzzer: any text as the JSON form of an event. What is accepted must print and read as the same event.
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>

#include "qmforge/json.h"
#include "support/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace qmforge;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::pmr::monotonic_buffer_resource storage;
  const auto read = from_json(text, Revision::r0, storage);
  if (!read) {
    if (read.error().message.empty()) fuzz::wrong_answer("json-error", "an error without a message");
    return 0;
  }
  const std::string printed = R"({"label":"","revision":)" +
                              std::to_string(static_cast<unsigned>(read->event.revision)) + R"(,"event":)" +
                              to_json(read->event) + "}";
  const auto again = from_json(printed, Revision::r0, storage);
  if (!again) fuzz::wrong_answer("json", again.error().field + ": " + again.error().message + "\n" + printed);
  if (!(again->event == read->event)) fuzz::wrong_answer("json", "read as another event: " + printed);
  return 0;
}
