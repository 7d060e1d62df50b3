// Numbers above the fake's internal limits: a log of many chunks, batches and queues of more than 65,537 events,
// records larger than a chunk, several feeds at the same time.
#include <algorithm>
#include <atomic>
#include <numeric>
#include <thread>

#include "support.h"

namespace qmforge::wfp {
namespace {

class Limits : public WfpTest {
 protected:
  static constexpr std::uint64_t many = 70'000;

  /// Events with the ids from 0.
  static std::vector<Event> numbered(std::uint64_t count) {
    std::vector<Event> events(count, transport_event());
    for (std::uint64_t id = 0; id < count; ++id) events[id].qmFilterId = id;
    return events;
  }
  static std::vector<std::uint64_t> ids_up_to(std::uint64_t count) {
    std::vector<std::uint64_t> ids(count);
    std::iota(ids.begin(), ids.end(), 0);
    return ids;
  }
};

template <class Entries>
void append_ids(std::vector<std::uint64_t>& ids, const Entries& entries) {
  for (const auto* event : entries) ids.push_back(event->ikeQmFailure->qmFilterId);
}

TEST_F(Limits, ManyEventsComeInOneBatchAndInPages) {
  set_clock(0, 3);
  ASSERT_EQ(feed(numbered(many)), many);
  {
    const Everything<5> everything;
    std::vector<std::uint64_t> ids;
    append_ids(ids, everything.page.entries());
    EXPECT_TRUE(ids == ids_up_to(many));
    for (std::uint64_t id = 0; id < many; ++id) ASSERT_EQ(everything.page[id].header.timeStamp.dwLowDateTime, 3 * id);
  }
  const Session session;
  const HANDLE handle = enumeration(session);
  std::vector<std::uint64_t> ids;
  std::vector<UINT32> sizes;
  for (const UINT32 requested : {65536u, 4000u, 463u, 1u, 1u}) {
    const Page<0> page(session, handle, requested);
    sizes.push_back(page.size());
    append_ids(ids, page.entries());
  }
  EXPECT_THAT(sizes, testing::ElementsAre(65536, 4000, 463, 1, 0));
  EXPECT_TRUE(ids == ids_up_to(many));
}

// If more than 65,537 events match, the largest batch holds each of them once.
TEST_F(Limits, TheLargestBatchHoldsEveryMatchBeyond65537) {
  feed(numbered(many));
  set_mode(Mode::largestBatch);
  const Session session;
  const HANDLE handle = enumeration(session);
  const Page<1> page(session, handle, 0xffffffff);
  std::vector<std::uint64_t> ids;
  append_ids(ids, page.entries());
  EXPECT_TRUE(ids == ids_up_to(many));
  EXPECT_EQ((Page<1>(session, handle, 1).size()), 0u) << "exhausted";
}

TEST_F(Limits, EverySubscriptionReceivesManyEventsInOrder) {
  const Session first;
  const Session second;
  const auto callback = [](void* context, const FWPM_NET_EVENT1* event) {
    static_cast<std::vector<std::uint64_t>*>(context)->push_back(event->ikeQmFailure->qmFilterId);
  };
  std::vector<std::uint64_t> heard[3];
  const FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE events = nullptr;
  for (std::size_t i = 0; i < std::size(heard); ++i)
    ASSERT_EQ(FwpmNetEventSubscribe0(i == 1 ? second : first, &subscription, callback, &heard[i], &events),
              ERROR_SUCCESS);
  feed(numbered(many), {Delivery::live});
  wait_delivered();
  for (const auto& ids : heard) EXPECT_TRUE(ids == ids_up_to(many));
  EXPECT_EQ(statistics().delivered, 3 * many);
}

// The log keeps records in chunks of 1 MiB; a larger one has a chunk of its own.
TEST_F(Limits, ARecordCanBeLargerThanAChunkOfTheLog) {
  EventHeader large;
  large.appId = std::u16string(600'000, u'x');
  large.effectiveName = std::u16string(3, u'y');
  const std::uint64_t before = statistics().log_bytes;
  for (std::uint64_t id = 0; id < 6; ++id)
    if (id % 2 == 0)
      feed(transport_event(id), large);
    else
      feed(v4_tunnel(id));
  EXPECT_GE(statistics().log_bytes - before, 3u * 1'200'002u);
  const Everything<3> everything;
  std::vector<std::uint64_t> ids;
  append_ids(ids, everything.page.entries());
  EXPECT_THAT(ids, testing::ElementsAre(0, 1, 2, 3, 4, 5));
  for (const std::size_t i : {0u, 2u, 4u}) {
    const auto& header = everything.page[i].header;
    ASSERT_EQ(header.appId.size, 1'200'002u);
    EXPECT_TRUE(std::u16string(reinterpret_cast<const char16_t*>(header.appId.data)) == *large.appId);
    EXPECT_EQ(std::u16string(reinterpret_cast<const char16_t*>(header.effectiveName.data)), u"yyy");
  }
  EXPECT_EQ(everything.page[5].ikeQmFailure->remoteSubNet.v4AddrMask->addr, 0xc0a80100u);
}

// Two feeds with pauses between their events: each keeps its order, and no event is lost.
TEST_F(Limits, FeedsAtTheSameTimeKeepTheirOrder) {
  const Session session;
  const auto callback = [](void* context, const FWPM_NET_EVENT1* event) {
    static_cast<std::vector<std::uint64_t>*>(context)->push_back(event->ikeQmFailure->qmFilterId);
  };
  std::vector<std::uint64_t> heard;
  const FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE handle = nullptr;
  ASSERT_EQ(FwpmNetEventSubscribe0(session, &subscription, callback, &heard, &handle), ERROR_SUCCESS);
  std::vector<Event> slow = numbered(10);
  std::vector<Event> quick = numbered(40);
  for (Event& event : quick) event.qmFilterId += 1000;
  feed(slow, {Delivery::live, 50});    // 200 ms
  feed(quick, {Delivery::live, 400});  // 100 ms
  wait_delivered();
  ASSERT_EQ(heard.size(), 50u);
  std::vector<std::uint64_t> of_slow;
  std::vector<std::uint64_t> of_quick;
  for (const std::uint64_t id : heard) (id < 1000 ? of_slow : of_quick).push_back(id % 1000);
  EXPECT_TRUE(of_slow == ids_up_to(10));
  EXPECT_TRUE(of_quick == ids_up_to(40));
  EXPECT_LT(std::ranges::find(heard, 1000u), std::ranges::find(heard, 9u)) << "they run at the same time";
}

// A double free is reported however many other batches were freed in between.
TEST_F(Limits, ADoubleFreeIsReportedAfterManyOtherFrees) {
  const Session session;
  FWP_VALUE0* first = nullptr;
  ASSERT_EQ(FwpmEngineGetOption0(session, FWPM_ENGINE_NAME_CACHE, &first), ERROR_SUCCESS);
  void* again = first;
  FwpmFreeMemory0(reinterpret_cast<void**>(&first));
  for (int i = 0; i < 20; ++i) {
    FWP_VALUE0* other = nullptr;
    ASSERT_EQ(FwpmEngineGetOption0(session, FWPM_ENGINE_NAME_CACHE, &other), ERROR_SUCCESS);
    ASSERT_NE(other, again) << "memory is held back";
    FwpmFreeMemory0(reinterpret_cast<void**>(&other));
  }
  FwpmFreeMemory0(&again);
  ASSERT_THAT(misuse_kinds(), testing::ElementsAre(MisuseKind::doubleFree));
  EXPECT_EQ(report().misuses[0].text,
            "the batch that call 2 (FwpmEngineGetOption0) made was freed before, by call 3 (FwpmFreeMemory0)");
}

// Every byte of a batch is inside it, and the byte behind the last is not.
TEST_F(Limits, EveryByteOfABatchIsInsideIt) {
  const Session session;
  FWP_VALUE0* value = nullptr;
  ASSERT_EQ(FwpmEngineGetOption0(session, FWPM_ENGINE_COLLECT_NET_EVENTS, &value), ERROR_SUCCESS);
  auto* const bytes = reinterpret_cast<std::uint8_t*>(value);
  for (std::size_t i = 1; i <= sizeof(FWP_VALUE0); ++i) {
    void* pointer = bytes + i;
    FwpmFreeMemory0(&pointer);
  }
  std::vector<MisuseKind> expected(sizeof(FWP_VALUE0) - 1, MisuseKind::insideBatch);
  expected.push_back(MisuseKind::unknownPointer);
  EXPECT_EQ(misuse_kinds(), expected);
  FwpmFreeMemory0(reinterpret_cast<void**>(&value));
  EXPECT_EQ(misuse_kinds().size(), expected.size());
}

}  // namespace
}  // namespace qmforge::wfp
