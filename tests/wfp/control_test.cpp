// The controls: feeds, pace, failure injection, reports, scenarios.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <memory_resource>
#include <set>
#include <thread>
#include <tuple>

#include "qmforge/json.h"
#include "support.h"

namespace qmforge::wfp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Control : public WfpTest {};

std::vector<Event> seen_by_enum5(const Everything<5>& everything) {
  std::vector<Event> events;
  for (const auto* event : everything.page.entries()) events.push_back(decoded(event->ikeQmFailure, Revision::r1));
  return events;
}

TEST_F(Control, ASeedGivesTheSameEventsAndTimes) {
  ASSERT_EQ(feed_seed(7, 200), 200u);
  ASSERT_EQ(feed_seed(7, 200), 200u);
  const Everything<5> everything;
  const std::vector<Event> events = seen_by_enum5(everything);
  ASSERT_EQ(events.size(), 400u);
  for (std::size_t i = 0; i < 200; ++i) EXPECT_TRUE(events[i] == events[i + 200]) << i;
  EXPECT_EQ(everything.page[1].header.timeStamp.dwLowDateTime - everything.page[0].header.timeStamp.dwLowDateTime,
            10000u);
}

TEST_F(Control, SeedEventsAreASampleOfAllEvents) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    reset();
    feed_seed(seed, 400);
    const Everything<5> everything;
    std::set<std::pair<char, std::uint32_t>> seen;
    for (const auto* event : everything.page.entries()) {
      const auto& failure = *event->ikeQmFailure;
      seen.insert({'p', failure.failurePoint});
      seen.insert({'k', failure.keyingModuleType});
      seen.insert({'s', failure.qmState});
      seen.insert({'r', failure.saRole});
      seen.insert({'t', failure.saTrafficType});
      seen.insert({'v', event->header.ipVersion});
    }
    EXPECT_TRUE(std::ranges::includes(seen, std::set<std::pair<char, std::uint32_t>>{{'p', 0},
                                                                                     {'p', 1},
                                                                                     {'p', 2},
                                                                                     {'k', 0},
                                                                                     {'k', 1},
                                                                                     {'k', 2},
                                                                                     {'s', 0},
                                                                                     {'s', 1},
                                                                                     {'s', 2},
                                                                                     {'s', 3},
                                                                                     {'r', 0},
                                                                                     {'r', 1},
                                                                                     {'t', 0},
                                                                                     {'t', 1},
                                                                                     {'v', 0},
                                                                                     {'v', 1}}))
        << "seed " << seed << ": " << testing::PrintToString(seen);
  }
}

TEST_F(Control, TheDecoderReadsTheFedEvents) {
  sim::RandomChoices choices(3);
  const sim::Profile profile = sim::Profile{}.for_format(Format::native64);
  std::pmr::monotonic_buffer_resource storage;
  std::vector<Event> events;
  for (int i = 0; i < 300; ++i) events.push_back(sim::generate(choices, profile, storage));
  feed(events);
  {
    const Everything<5> everything;
    const std::vector<Event> seen = seen_by_enum5(everything);
    for (std::size_t i = 0; i < events.size(); ++i)
      EXPECT_TRUE(seen[i] == as_revision(events[i], Revision::r1)) << to_json(events[i]) << to_json(seen[i]);
  }
  const Everything<0> everything;
  for (std::size_t i = 0; i < events.size(); ++i)
    EXPECT_TRUE(decoded(everything.page[i].ikeQmFailure, Revision::r0) == as_revision(events[i], Revision::r0));
}

TEST_F(Control, TheExhaustiveFeedHasEveryCombination) {
  const std::size_t count = feed_exhaustive();
  const Everything<5> everything;
  const std::vector<Event> events = seen_by_enum5(everything);
  EXPECT_EQ(events.size(), count);
  std::vector<bool> combinations(144);
  for (const Event& e : events) {
    const auto index =
        (((static_cast<std::size_t>(e.failurePoint) * 3 + static_cast<std::size_t>(e.keyingModuleType)) * 4 +
          static_cast<std::size_t>(e.qmState)) *
             2 +
         static_cast<std::size_t>(e.saRole)) *
            2 +
        static_cast<std::size_t>(e.saTrafficType);
    ASSERT_LT(index, combinations.size());
    combinations[index] = true;
  }
  EXPECT_THAT(combinations, testing::Each(true));
}

TEST_F(Control, ALabelledSetIsFed) {
  const auto file = std::filesystem::path(testing::TempDir()) / "qmforge_wfp_labelled.jsonl";
  std::ofstream(file) << "{\"label\": \"one\", \"revision\": 0, \"event\": " << to_json(v4_tunnel(5)) << "}\n"
                      << "{\"label\": \"two\", \"verdict\": \"malformed\", \"event\": null}\n";
  EXPECT_THAT(feed_labelled(file), testing::Optional(1u));
  EXPECT_TRUE(seen_by_enum5(Everything<5>())[0] == as_revision(v4_tunnel(5), Revision::r1));
  std::ofstream(file) << "{\"event\": 1}\n";
  const auto bad = feed_labelled(file);
  ASSERT_FALSE(bad.has_value());
  EXPECT_THAT(bad.error(), HasSubstr(".jsonl:1: "));
  EXPECT_FALSE(feed_labelled("no/such/file").has_value());
}

TEST_F(Control, APaceIsKept) {
  const auto start = std::chrono::steady_clock::now();
  feed(std::vector<Event>(5, transport_event()), {Delivery::logged, 100});
  wait_delivered();
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(40));
  EXPECT_EQ(statistics().logged, 5u);
}

TEST_F(Control, ResetEndsAFeedThatRuns) {
  feed_seed(1, 1000000, {}, {Delivery::live, 10});
  reset();
  EXPECT_EQ(statistics().logged, 0u);
}

TEST_F(Control, EventsCanWaitForASubscription) {
  feed(transport_event(1), {Delivery::subscribed});
  wait_delivered();
  EXPECT_EQ(statistics().logged, 0u);
  const Session session;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE events = nullptr;
  std::atomic<int> calls = 0;
  ASSERT_EQ(FwpmNetEventSubscribe0(session, &subscription, count_call, &calls, &events), ERROR_SUCCESS);
  wait_delivered();
  EXPECT_EQ(calls, 1);
}

TEST_F(Control, TheNthCallFails) {
  const Session session;
  feed(transport_event());
  fail(Function::netEventCreateEnumHandle0, 2, injected);
  fail(Function::netEventEnum3, 1, FWP_E_NET_EVENTS_DISABLED);
  HANDLE handle = nullptr;
  EXPECT_EQ(FwpmNetEventCreateEnumHandle0(session, nullptr, &handle), ERROR_SUCCESS);
  HANDLE untouched = nullptr;
  EXPECT_EQ(FwpmNetEventCreateEnumHandle0(session, nullptr, &untouched), injected);
  EXPECT_EQ(untouched, nullptr);
  EXPECT_EQ(FwpmNetEventCreateEnumHandle0(session, nullptr, &untouched), ERROR_SUCCESS);
  EXPECT_EQ((Page<3>(session, handle, 1).code), FWP_E_NET_EVENTS_DISABLED);
  EXPECT_EQ((Page<3>(session, handle, 1).size()), 1u);  // the failed call took nothing
  std::vector<Function> failed;
  for (const Call& call : calls())
    if (call.injected) failed.push_back(call.function);
  EXPECT_THAT(failed, ElementsAre(Function::netEventCreateEnumHandle0, Function::netEventEnum3));
}

/// A consumer that checks only the first code.
bool is_any_logged(HANDLE session) {
  HANDLE handle = nullptr;
  if (FwpmNetEventCreateEnumHandle0(session, nullptr, &handle) != ERROR_SUCCESS) return false;
  FWPM_NET_EVENT0** entries = nullptr;
  UINT32 count = 0;
  if (FwpmNetEventEnum0(session, handle, 1, &entries, &count) != ERROR_SUCCESS) return false;  // leaks the handle
  FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
  FwpmNetEventDestroyEnumHandle0(session, handle);
  return count != 0;
}

TEST_F(Control, EveryCallSiteFailsOnce) {
  const Session session;
  feed(transport_event());
  fail_every_call_site_once(injected);
  std::vector<bool> answers;
  for (int i = 0; i < 4; ++i) answers.push_back(is_any_logged(session));
  // The first call, then the second, then the destruction (whose result is not checked), then none.
  EXPECT_THAT(answers, ElementsAre(false, false, true, true));
  EXPECT_EQ(failed_call_sites(), 3u);
  // The session, and the enumeration of the early return; not the one whose destruction failed by injection.
  EXPECT_EQ(report().leaks.size(), 2u);
  clear_failures();
}

/// Opens and closes the engine; the call of FwpmEngineOpen0 is the same instruction for every caller.
[[gnu::noinline]] DWORD open_once() {
  HANDLE handle = nullptr;
  const DWORD code = FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &handle);
  if (code == ERROR_SUCCESS) FwpmEngineClose0(handle);
  return code;
}

TEST_F(Control, ACallSiteIsAWholeStack) {
  fail_every_call_site_once(injected);
  const DWORD first = open_once();
  const DWORD second = open_once();
  EXPECT_EQ(first, injected);
  EXPECT_EQ(second, injected) << "from another line of the test";
  std::vector<DWORD> codes;
  for (int i = 0; i < 3; ++i) codes.push_back(open_once());
  EXPECT_EQ(codes[0], injected);
  EXPECT_NE(codes[2], injected) << "the same stack";
}

TEST_F(Control, FreeCannotFail) {
  feed(transport_event());
  const Session session;
  FWP_VALUE0* value = nullptr;
  ASSERT_EQ(FwpmEngineGetOption0(session, FWPM_ENGINE_NAME_CACHE, &value), ERROR_SUCCESS);
  fail(Function::freeMemory0, 1, injected);
  fail_every_call_site_once(injected);
  FwpmFreeMemory0(reinterpret_cast<void**>(&value));
  EXPECT_EQ(value, nullptr);
  EXPECT_FALSE(calls().back().injected);
  EXPECT_EQ(report().leaks.size(), 1u) << "the session alone";
  clear_failures();
}

// A failure by number does not use up the call site.
TEST_F(Control, ACallThatFailsByItsNumberFailsAgainAtItsSite) {
  fail(Function::engineOpen0, 1, 7);
  fail_every_call_site_once(injected);
  std::vector<DWORD> codes;
  for (int i = 0; i < 3; ++i) {
    HANDLE handle = nullptr;
    codes.push_back(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &handle));
  }
  EXPECT_THAT(codes, ElementsAre(7, injected, ERROR_SUCCESS));
  EXPECT_EQ(failed_call_sites(), 1u);
}

TEST_F(Control, ClearedFailuresForgetTheCallSites) {
  std::vector<DWORD> codes;
  for (int i = 0; i < 4; ++i) {
    if (i % 2 == 0) {
      clear_failures();
      EXPECT_EQ(failed_call_sites(), 0u);
      fail_every_call_site_once(injected);
    }
    HANDLE handle = nullptr;
    codes.push_back(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &handle));
  }
  EXPECT_THAT(codes, ElementsAre(injected, ERROR_SUCCESS, injected, ERROR_SUCCESS));
}

TEST_F(Control, AFileOfCallSitesHasOnlyThem) {
  const std::string file = testing::TempDir() + "qmforge_sites_" + std::to_string(getpid()) + ".txt";
  const auto result_of = [&](const char* text) {
    std::ofstream(file) << text;
    const auto result = fail_every_call_site_once(injected, file);
    clear_failures();
    return result ? std::string() : result.error();
  };
  EXPECT_EQ(result_of(""), "");
  EXPECT_EQ(result_of("0123456789abcdef FwpmEngineOpen0\n1\n"), "");
  EXPECT_EQ(result_of("1 FwpmEngineOpen0\nnonsense\n"), file + ": not a call site: \"nonsense\"");
  EXPECT_EQ(result_of("12x\n"), file + ": not a call site: \"12x\"");
  EXPECT_EQ(result_of("\n"), file + ": not a call site: \"\"");
  EXPECT_EQ(result_of("10123456789abcdef0\n"), file + ": not a call site: \"10123456789abcdef0\"") << "65 bits";
  std::filesystem::remove(file);
  const auto nowhere = fail_every_call_site_once(injected, testing::TempDir() + "no/such/folder/sites.txt");
  ASSERT_FALSE(nowhere.has_value());
  EXPECT_EQ(nowhere.error(), "cannot write " + testing::TempDir() + "no/such/folder/sites.txt");
}

// The weights of the 65th event are not those of the first.
TEST_F(Control, ASeedsWeightsChangeAfter64Events) {
  constexpr std::size_t unchanged = 64;
  feed_seed(7, unchanged + 20);
  sim::RandomChoices choices(7);
  std::vector<Event> same_weights;
  std::pmr::monotonic_buffer_resource storage;
  const sim::Profile profile = sim::Profile().for_format(Format::native64);
  for (std::size_t i = 0; i < unchanged + 20; ++i) same_weights.push_back(sim::generate(choices, profile, storage));
  const Everything<5> everything;
  const std::vector<Event> fed = seen_by_enum5(everything);
  ASSERT_EQ(fed.size(), same_weights.size());
  for (std::size_t i = 0; i < unchanged; ++i) EXPECT_TRUE(fed[i] == as_revision(same_weights[i], Revision::r1)) << i;
  EXPECT_FALSE(fed[unchanged] == as_revision(same_weights[unchanged], Revision::r1));
}

// Each function has its own number of calls, and its own failures.
TEST_F(Control, EveryFunctionIsCountedAndFailsUnderItsName) {
  const std::pair<Function, DWORD (*)()> all[] = {
      {Function::engineOpen0, [] { return FwpmEngineOpen0(nullptr, 0, nullptr, nullptr, nullptr); }},
      {Function::engineClose0, [] { return FwpmEngineClose0(nullptr); }},
      {Function::engineGetOption0, [] { return FwpmEngineGetOption0(nullptr, FWPM_ENGINE_NAME_CACHE, nullptr); }},
      {Function::engineSetOption0, [] { return FwpmEngineSetOption0(nullptr, FWPM_ENGINE_NAME_CACHE, nullptr); }},
      {Function::transactionBegin0, [] { return FwpmTransactionBegin0(nullptr, 0); }},
      {Function::transactionCommit0, [] { return FwpmTransactionCommit0(nullptr); }},
      {Function::transactionAbort0, [] { return FwpmTransactionAbort0(nullptr); }},
      {Function::netEventCreateEnumHandle0, [] { return FwpmNetEventCreateEnumHandle0(nullptr, nullptr, nullptr); }},
      {Function::netEventEnum0, [] { return FwpmNetEventEnum0(nullptr, nullptr, 0, nullptr, nullptr); }},
      {Function::netEventEnum1, [] { return FwpmNetEventEnum1(nullptr, nullptr, 0, nullptr, nullptr); }},
      {Function::netEventEnum2, [] { return FwpmNetEventEnum2(nullptr, nullptr, 0, nullptr, nullptr); }},
      {Function::netEventEnum3, [] { return FwpmNetEventEnum3(nullptr, nullptr, 0, nullptr, nullptr); }},
      {Function::netEventEnum4, [] { return FwpmNetEventEnum4(nullptr, nullptr, 0, nullptr, nullptr); }},
      {Function::netEventEnum5, [] { return FwpmNetEventEnum5(nullptr, nullptr, 0, nullptr, nullptr); }},
      {Function::netEventDestroyEnumHandle0, [] { return FwpmNetEventDestroyEnumHandle0(nullptr, nullptr); }},
      {Function::netEventSubscribe0,
       [] { return FwpmNetEventSubscribe0(nullptr, nullptr, nullptr, nullptr, nullptr); }},
      {Function::netEventSubscribe1,
       [] { return FwpmNetEventSubscribe1(nullptr, nullptr, nullptr, nullptr, nullptr); }},
      {Function::netEventSubscribe2,
       [] { return FwpmNetEventSubscribe2(nullptr, nullptr, nullptr, nullptr, nullptr); }},
      {Function::netEventSubscribe3,
       [] { return FwpmNetEventSubscribe3(nullptr, nullptr, nullptr, nullptr, nullptr); }},
      {Function::netEventSubscribe4,
       [] { return FwpmNetEventSubscribe4(nullptr, nullptr, nullptr, nullptr, nullptr); }},
      {Function::netEventUnsubscribe0, [] { return FwpmNetEventUnsubscribe0(nullptr, nullptr); }},
      {Function::netEventSubscriptionsGet0, [] { return FwpmNetEventSubscriptionsGet0(nullptr, nullptr, nullptr); }},
      {Function::getAppIdFromFileName0, [] { return FwpmGetAppIdFromFileName0(nullptr, nullptr); }},
      {Function::netEventsGetSecurityInfo0,
       [] { return FwpmNetEventsGetSecurityInfo0(nullptr, 0, nullptr, nullptr, nullptr, nullptr, nullptr); }},
      {Function::netEventsSetSecurityInfo0,
       [] { return FwpmNetEventsSetSecurityInfo0(nullptr, 0, nullptr, nullptr, nullptr, nullptr); }}};
  EXPECT_EQ(std::size(all) + 1, function_count) << "all but FwpmFreeMemory0";
  for (const auto& [function, call] : all) {
    reset();
    fail(function, 2, injected);
    EXPECT_NE(call(), injected) << to_string(function);
    EXPECT_EQ(call(), injected) << to_string(function);
    EXPECT_EQ(call_count(function), 2u) << to_string(function);
    EXPECT_EQ(calls().back().function, function);
  }
}

TEST_F(Control, CallsAreCountedAndListed) {
  {
    const Session session;
  }
  EXPECT_EQ(call_count(Function::engineOpen0), 1u);
  EXPECT_EQ(call_count(Function::netEventEnum0), 0u);
  const std::vector<Call> made = calls();
  ASSERT_EQ(made.size(), 2u);
  EXPECT_EQ(made[0].number, 1u);
  EXPECT_EQ(made[0].function, Function::engineOpen0);
  EXPECT_EQ(made[1].function, Function::engineClose0);
  EXPECT_EQ(made[1].result, 0u);
  EXPECT_EQ(made[0].thread, made[1].thread);
}

TEST_F(Control, AReportNamesLeaks) {
  HANDLE session = nullptr;
  ASSERT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &session), ERROR_SUCCESS);
  FWP_VALUE0* value = nullptr;
  ASSERT_EQ(FwpmEngineGetOption0(session, FWPM_ENGINE_COLLECT_NET_EVENTS, &value), ERROR_SUCCESS);
  EXPECT_EQ(to_string(report()),
            "leak: engine of call 1 (FwpmEngineOpen0)\nleak: batch of call 2 (FwpmEngineGetOption0), 16 bytes\n");
  reset();
  EXPECT_EQ(to_string(report()), "clean\n");
}

TEST_F(Control, FreeOfACallbacksEventIsAMisuse) {
  const Session session;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE events = nullptr;
  const auto callback = [](void*, const FWPM_NET_EVENT1* event) {
    void* pointer = const_cast<FWPM_NET_EVENT1*>(event);
    FwpmFreeMemory0(&pointer);
  };
  ASSERT_EQ(FwpmNetEventSubscribe0(session, &subscription, callback, nullptr, &events), ERROR_SUCCESS);
  feed(transport_event(), {Delivery::live});
  wait_delivered();
  EXPECT_THAT(misuse_kinds(), ElementsAre(MisuseKind::callbackEvent));
}

TEST_F(Control, NamesAreUniqueAndCanBeParsed) {
  for (std::size_t i = 0; i < function_count; ++i)
    EXPECT_EQ(function_from_name(to_string(static_cast<Function>(i))), static_cast<Function>(i));
  for (const Mode mode : all_modes) EXPECT_EQ(mode_from_name(to_string(mode)), mode);
  EXPECT_EQ(function_from_name("FwpmNothing0"), std::nullopt);
  EXPECT_EQ(mode_from_name(""), std::nullopt);
}

// Scenarios

TEST_F(Control, AScenarioHasACommandForEachControl) {
  const std::string text =
      "# a comment\n"
      "\n"
      "clock 1000 10\r\n"
      "event {\"label\": \"\", \"revision\": 0, \"event\": " +
      to_json(v4_tunnel(5)) +
      "}\n"
      "seed 0x10 3 valid tunnel revision1\n"
      "mode wide-ids\n"
      "mode other-kinds off\n"
      "fail FwpmNetEventEnum0 1 0x80320013\n"
      "live 1000\n"
      "seed 1 2\n"
      "exhaustive";
  const auto result = run_scenario(text);
  ASSERT_TRUE(result.has_value()) << result.error();
  EXPECT_TRUE(is_on(Mode::wideIds));
  EXPECT_EQ(statistics().logged, 4u);
  const Session session;
  const HANDLE handle = enumeration(session);
  EXPECT_EQ((Page<0>(session, handle, 1).code), FWP_E_NET_EVENTS_DISABLED);
  const Page<0> page(session, handle, 10);
  EXPECT_EQ(page[0].header.timeStamp.dwLowDateTime, 1000u);
  EXPECT_EQ(page[1].header.timeStamp.dwLowDateTime, 1010u);
  EXPECT_EQ(page[0].ikeQmFailure->qmFilterId, 5u);
}

TEST_F(Control, ScenarioErrorsNameTheLine) {
  EXPECT_EQ(error_of("\nnonsense 1\n"), "line 2: no such command: \"nonsense\"");
  EXPECT_EQ(error_of("seed x 1"), "line 1: not a seed: \"x\"");
  EXPECT_EQ(error_of("seed 1"), "line 1: not a number of events: \"\"");
  EXPECT_EQ(error_of("seed 1 1 purple"), "line 1: no such restriction: \"purple\"");
  EXPECT_EQ(error_of("mode nice"), "line 1: no such mode: \"nice\"");
  EXPECT_EQ(error_of("mode null-body maybe"), "line 1: expected nothing or off: \"maybe\"");
  EXPECT_EQ(error_of("fail FwpmX 1 1"), "line 1: no such function: \"FwpmX\"");
  EXPECT_EQ(error_of("fail FwpmNetEventEnum0 0 1"), "line 1: not a number of calls: \"0\"");
  EXPECT_EQ(error_of("fail FwpmNetEventEnum0 1 0x100000000"), "line 1: not an error code: \"0x100000000\"");
  EXPECT_EQ(error_of("fail-every-call-site"), "line 1: not an error code: \"\"");
  EXPECT_EQ(error_of("live 0"), "line 1: not a number of events a second: \"0\"");
  EXPECT_EQ(error_of("clock then"), "line 1: expected a time in 100 ns since 1601, now, or now-10m: \"then\"");
  EXPECT_EQ(error_of("clock 1 x"), "line 1: not a number of 100 ns: \"x\"");
  EXPECT_THAT(error_of("event {}"), HasSubstr("line 1: "));
  EXPECT_THAT(error_of("labelled no/such/file"), HasSubstr("line 1: cannot read"));
  EXPECT_THAT(error_of("report"), HasSubstr("line 1: "));
  EXPECT_EQ(error_of("clock now\nlogged\n"), "");
}

TEST_F(Control, SetClockStopsFollowingTheSystemsClock) {
  ASSERT_TRUE(run_scenario("clock now\nclock 1000 10\n").has_value());
  feed(transport_event());
  EventHeader header;
  header.timeStamp = 7;
  feed(transport_event(), header);  // with a time of its own: the clock waits
  feed(transport_event());
  set_clock(5, 0);
  feed(std::vector<Event>(2, transport_event()));
  EXPECT_THAT(logged_times(), ElementsAre(1000, 7, 1010, 5, 5));
}

// After every control and reset(), the fake is in the state of a new process.
TEST_F(Control, ResetGivesTheStateOfANewProcess) {
  HANDLE session = nullptr;
  ASSERT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &session), ERROR_SUCCESS);
  FWP_VALUE0 off{};
  off.type = FWP_UINT32;
  ASSERT_EQ(FwpmEngineSetOption0(session, FWPM_ENGINE_COLLECT_NET_EVENTS, &off), ERROR_SUCCESS);
  ASSERT_EQ(FwpmTransactionBegin0(session, 0), ERROR_SUCCESS);
  feed(std::vector<Event>(3, transport_event()));
  for (const Mode mode : all_modes) set_mode(mode);
  set_silent_after(0);
  set_clock(1, 1);
  for (std::size_t i = 0; i < function_count; ++i) fail(static_cast<Function>(i), 1, injected);
  fail_every_call_site_once(injected);
  FwpmFreeMemory0(nullptr);
  reset();

  EXPECT_EQ(to_string(report()), "clean\n");
  EXPECT_TRUE(calls().empty());
  EXPECT_EQ(call_count(Function::engineOpen0), 0u);
  EXPECT_EQ(failed_call_sites(), 0u);
  const Statistics none = statistics();
  EXPECT_EQ(none.logged + none.not_collected + none.delivered + none.log_bytes, 0u);
  for (const Mode mode : all_modes) EXPECT_FALSE(is_on(mode)) << to_string(mode);

  EXPECT_EQ(FwpmEngineClose0(session), ERROR_INVALID_HANDLE);
  EXPECT_THAT(misuse_kinds(), ElementsAre(MisuseKind::unknownHandle)) << "it was made before";
  EXPECT_EQ(calls().front().number, 1u);
  const Session another;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  std::atomic<int> heard = 0;
  HANDLE events = nullptr;
  ASSERT_EQ(FwpmNetEventSubscribe0(another, &subscription, count_call, &heard, &events), ERROR_SUCCESS);
  feed(std::vector<Event>(2, transport_event()), {Delivery::live});
  wait_delivered();
  EXPECT_EQ(heard, 2);
  EXPECT_THAT(logged_times(), ElementsAre(134116992000000000, 134116992000010000));
  EXPECT_EQ(statistics().delivered, 2u);
}

// After set_silent_after() and reset() the mode alone has its default again.
TEST_F(Control, ResetForgetsTheNumberOfEventsUntilSilence) {
  set_silent_after(4);
  reset();
  set_mode(Mode::silent);
  const Session session;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  std::atomic<int> heard = 0;
  HANDLE events = nullptr;
  ASSERT_EQ(FwpmNetEventSubscribe0(session, &subscription, count_call, &heard, &events), ERROR_SUCCESS);
  feed(std::vector<Event>(6, transport_event()), {Delivery::live});
  wait_delivered();
  EXPECT_EQ(heard, 1);
}

// Each of several failures counts every call of its function.
TEST_F(Control, PendingFailuresCountTheSameCalls) {
  const auto codes = [](int count) {
    std::vector<DWORD> result;
    for (int i = 0; i < count; ++i) {
      HANDLE handle = nullptr;
      result.push_back(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &handle));
    }
    return result;
  };
  fail(Function::engineOpen0, 1, 11);
  fail(Function::engineOpen0, 3, 13);
  fail(Function::engineClose0, 1, 5);
  fail(Function::engineOpen0, 2, 12);
  EXPECT_THAT(codes(4), ElementsAre(11, 12, 13, 0));
  fail(Function::engineOpen0, 2, 22);
  fail(Function::engineOpen0, 2, 22);
  EXPECT_THAT(codes(3), ElementsAre(0, 22, 0)) << "two that strike at once are one failing call";
  fail(Function::engineOpen0, 1, 0);
  EXPECT_THAT(codes(1), ElementsAre(0)) << "a failure whose code is success makes nothing";
  EXPECT_EQ(report().leaks.size(), 3u);
  clear_failures();
  HANDLE handle = nullptr;
  EXPECT_EQ(FwpmEngineClose0(handle), ERROR_INVALID_HANDLE) << "the failure of FwpmEngineClose0 is gone";
}

// 72 combinations of the other enumerations, in both revisions: a transport failure, and a tunnel with the subnets of
// either family.
TEST_F(Control, TheExhaustiveFeedHasBothRevisionsTrafficTypesAndFamilies) {
  EXPECT_EQ(feed_exhaustive(), 432u);
  const Everything<5> everything;
  std::map<std::tuple<int, int, bool>, std::set<std::tuple<int, int, int, int>>> combinations;
  for (const auto* event : everything.page.entries()) {
    const auto& f = *event->ikeQmFailure;
    const int subnets = f.saTrafficType == IPSEC_TRAFFIC_TYPE_TUNNEL ? f.localSubNet.type : 0;
    if (subnets != 0) {
      EXPECT_EQ(f.remoteSubNet.type, f.localSubNet.type);
    }
    combinations[{f.saTrafficType, subnets, f.mmSaLuid != 0}].insert(
        {f.failurePoint, f.keyingModuleType, f.qmState, f.saRole});
  }
  EXPECT_EQ(combinations.size(), 6u);
  for (const auto& [shape, seen] : combinations) EXPECT_EQ(seen.size(), 72u);
}

TEST_F(Control, EveryBitOfASeedChangesTheFeed) {
  const auto events_of = [](std::uint64_t seed) {
    reset();
    feed_seed(seed, 20);
    const Everything<5> everything;
    std::string text;
    for (const Event& event : seen_by_enum5(everything)) text += to_json(event);
    return text;
  };
  std::set<std::string> seen = {events_of(1)};
  for (unsigned bit = 0; bit < 64; ++bit) seen.insert(events_of(1 ^ std::uint64_t{1} << bit));
  EXPECT_EQ(seen.size(), 65u);
}

TEST_F(Control, CallsAreListedWithTheirThreads) {
  void* nothing = nullptr;
  FwpmFreeMemory0(&nothing);
  std::thread([&] {
    FwpmFreeMemory0(&nothing);
    FwpmFreeMemory0(&nothing);
  }).join();
  FwpmFreeMemory0(&nothing);
  const std::vector<Call> made = calls();
  ASSERT_EQ(made.size(), 4u);
  EXPECT_EQ(made[0].thread, made[3].thread);
  EXPECT_EQ(made[1].thread, made[2].thread);
  EXPECT_NE(made[0].thread, made[1].thread);
}

}  // namespace
}  // namespace qmforge::wfp
