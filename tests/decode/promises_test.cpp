// The promises of decode.h and validate.h for every input: no allocation, no read outside the input. (bench/ checks by
// instruction counts that time is linear.)
#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <expected>
#include <memory_resource>
#include <new>
#include <type_traits>
#include <vector>

#if __has_include(<sys/mman.h>)
#include <sys/mman.h>
#endif

#include "qmforge/decode.h"
#include "qmforge/names.h"
#include "qmforge/sim/choices.h"
#include "qmforge/sim/encode.h"
#include "qmforge/sim/generate.h"
#include "qmforge/validate.h"

namespace {
std::size_t allocations = 0;  // calls of operator new so far
}

// Counts for the whole program. Where g++ 12 inlines one of new and delete, it reports that they do not match.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace qmforge {
namespace {

static_assert(std::is_trivially_copyable_v<Event> && std::is_trivially_destructible_v<Event>);
static_assert(noexcept(decode({})) && noexcept(validate(std::declval<Event&>())));

/// Events of every shape in a format, as bytes.
std::vector<std::pair<std::vector<std::byte>, Revision>> inputs(Format format) {
  std::vector<std::pair<std::vector<std::byte>, Revision>> all;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    sim::RandomChoices choices(seed);
    std::pmr::monotonic_buffer_resource storage;
    const Event event = sim::generate(choices, sim::Profile{}.for_format(format), storage);
    std::vector<std::byte> bytes;
    sim::EncodeOptions options;
    options.format = format;
    EXPECT_TRUE(sim::encode(event, options, bytes));
    all.emplace_back(bytes, event.revision);
  }
  return all;
}

TEST(Promises, NothingIsAllocated) {
  std::size_t events = 0;
  for (const Format format : all_formats) {
    const auto all = inputs(format);
    const std::size_t before = allocations;
    for (const auto& [bytes, revision] : all) {
      for (std::size_t size = 0; size <= bytes.size(); ++size) {
        const auto event = decode(std::span(bytes).first(size), {format, revision});
        if (!event) continue;
        ++events;
        // Reading through the views does not allocate, either.
        const bool same = *event == *event;
        const Findings findings = validate(*event);
        if (!same || findings.size() > Findings::capacity) std::abort();
      }
    }
    EXPECT_EQ(allocations - before, 0u) << to_string(format);
  }
  EXPECT_GE(events, 5u * 200u);
}

TEST(Promises, EveryReadableMemberIsSet) {
  using Decoded = std::expected<Event, DecodeError>;
  for (const Format format : all_formats) {
    for (const auto& [bytes, revision] : inputs(format)) {
      alignas(Decoded) std::byte memory[2][sizeof(Decoded)];
      std::memset(memory[0], 0xff, sizeof(Decoded));
      std::memset(memory[1], 0, sizeof(Decoded));
      const auto* const first = new (memory[0]) Decoded(decode(bytes, {format, revision}));
      const auto* const second = new (memory[1]) Decoded(decode(bytes, {format, revision}));
      ASSERT_TRUE(*first == *second);
      for (const ConditionValue* subnet : {&(*first)->localSubNet, &(*first)->remoteSubNet}) {
        if ((*first)->has_subnets()) continue;
        ASSERT_EQ(subnet->type, DataType::empty);
        ASSERT_FALSE(subnet->is_null);
      }
    }
  }
}

#if __has_include(<sys/mman.h>)
/// Bytes that end at the end of a readable page; the next page is not readable.
class AtThePageEnd {
 public:
  explicit AtThePageEnd(std::span<const std::byte> bytes) {
    const std::size_t readable = (bytes.size() / page + 1) * page;
    size_ = readable + page;
    memory_ = static_cast<std::byte*>(mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    if (memory_ == MAP_FAILED || mprotect(memory_ + readable, page, PROT_NONE) != 0) std::abort();
    bytes_ = {memory_ + readable - bytes.size(), bytes.size()};
    std::copy(bytes.begin(), bytes.end(), bytes_.begin());
  }
  ~AtThePageEnd() { munmap(memory_, size_); }
  AtThePageEnd(const AtThePageEnd&) = delete;
  AtThePageEnd& operator=(const AtThePageEnd&) = delete;

  [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }

 private:
  static constexpr std::size_t page = 4096;
  std::byte* memory_;
  std::size_t size_;
  std::span<std::byte> bytes_;
};

TEST(Promises, NothingIsReadOutsideTheInput) {
  for (const Format format : all_formats) {
    for (const auto& [bytes, revision] : inputs(format)) {
      for (const std::size_t cut : {0u, 1u, 2u, 4u, 8u, 17u}) {
        if (cut > bytes.size()) break;
        const AtThePageEnd input(std::span<const std::byte>(bytes).first(bytes.size() - cut));
        const auto event = decode(input.bytes(), {format, revision});
        if (event) {
          EXPECT_TRUE(*event == *event);
        }
      }
    }
  }
}
#endif

}  // namespace
}  // namespace qmforge
