// A state machine: random sequences of calls and feeds, and a model that predicts the result of each call and the
// delivered events. The same calls from several threads at once, where the model predicts the final state.
#include "support.h"

// After GoogleTest, which it needs and does not include.
#include <rapidcheck/gtest.h>
#include <rapidcheck/state.h>

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <thread>

namespace qmforge::wfp {
namespace {

// The model
// ---------------------------------------------------------------------------------------------------------------
// Handles are named by small numbers, in the order in which they are made; a greater number is not a handle.

/// The events that an enumeration or a subscription returns: those of one local port (every third event), or all.
struct Choice {
  std::optional<std::uint16_t> port;

  [[nodiscard]] bool takes(std::uint64_t id) const { return !port || *port == port_of(id); }
  [[nodiscard]] static std::uint16_t port_of(std::uint64_t id) { return static_cast<std::uint16_t>(500 + id % 3); }
};

Choice any_choice() {
  const int any = *rc::gen::inRange(0, 5);
  return any < 3 ? Choice{static_cast<std::uint16_t>(500 + any)} : Choice{};
}

/// The choice as a template: two conditions, the first of which every event meets.
struct Template {
  FWPM_FILTER_CONDITION0 conditions[2] = {};
  FWPM_NET_EVENT_ENUM_TEMPLATE0 all{};
  explicit Template(const Choice& choice) {
    if (!choice.port) return;
    conditions[0].fieldKey = FWPM_CONDITION_IP_PROTOCOL;
    conditions[0].conditionValue.type = FWP_UINT8;
    conditions[0].conditionValue.uint8 = 17;
    conditions[1].fieldKey = FWPM_CONDITION_IP_LOCAL_PORT;
    conditions[1].conditionValue.type = FWP_UINT16;
    conditions[1].conditionValue.uint16 = *choice.port;
    all.numFilterConditions = 2;
    all.filterCondition = conditions;
  }
};

struct ModelEnumeration {
  int session;
  Choice choice;
  std::size_t next;
  std::size_t end;
};

struct ModelSubscription {
  int session;
  Choice choice;
};

struct Model {
  std::vector<std::uint64_t> log;  // the filter ids of events
  std::map<int, bool> sessions;    // open ones: in a transaction?
  std::map<int, ModelEnumeration> enumerations;
  std::map<int, ModelSubscription> subscriptions;
  std::map<int, std::vector<std::uint64_t>> heard;
  std::set<int> batches;  // not freed
  int sessions_made = 0;
  int enumerations_made = 0;
  int subscriptions_made = 0;
  int batches_made = 0;
  bool collecting = true;
  bool failure_pending = false;  // the next FwpmNetEventEnum2 fails
  std::size_t misuses = 0;
};

void hear(void* context, const FWPM_NET_EVENT2* event) {
  static_cast<std::vector<std::uint64_t>*>(context)->push_back(event->ikeQmFailure->qmFilterId);
}

/// The fake's handles and batches, by the names of the model.
struct System {
  std::vector<HANDLE> sessions;
  std::vector<HANDLE> enumerations;
  std::vector<HANDLE> subscriptions;
  std::vector<std::unique_ptr<std::vector<std::uint64_t>>> heard;
  std::vector<void*> batches;

  [[nodiscard]] static HANDLE at(const std::vector<HANDLE>& handles, int name) {
    // A number that is not a handle, for a name that names none.
    return static_cast<std::size_t>(name) < handles.size() ? handles[static_cast<std::size_t>(name)]
                                                           : reinterpret_cast<HANDLE>(std::uintptr_t{3});
  }
};

using Command = rc::state::Command<Model, System>;

constexpr std::uint32_t injected = 0x80320037;

/// The code for a session, and whether the call is a misuse.
DWORD session_code(Model& model, int session, bool outside_transaction) {
  if (!model.sessions.contains(session)) {
    ++model.misuses;
    return ERROR_INVALID_HANDLE;
  }
  return outside_transaction && model.sessions[session] ? FWP_E_TXN_IN_PROGRESS : ERROR_SUCCESS;
}

/// A command: predicts its result on a copy of the model, runs, and compares; apply() updates the model.
struct Step : Command {
  void apply(Model& model) const override { (void)predict(model); }
  void run(const Model& before, System& system) const override {
    Model model = before;
    const DWORD expected = predict(model);
    RC_ASSERT(perform(before, system) == expected);
    const Report now = report();
    RC_ASSERT(now.misuses.size() == model.misuses);
    RC_ASSERT(now.leaks.size() ==
              model.sessions.size() + model.enumerations.size() + model.subscriptions.size() + model.batches.size());
    RC_ASSERT(statistics().logged == model.log.size());
    RC_ASSERT(undocumented_calls().empty());
    wait_delivered();
    for (const auto& [name, ids] : model.heard) RC_ASSERT(*system.heard[static_cast<std::size_t>(name)] == ids);
  }
  /// The predicted result of the call; changes the model like the call changes the fake.
  virtual DWORD predict(Model& model) const = 0;
  virtual DWORD perform(const Model& before, System& system) const = 0;
};

int any_of(int made) { return *rc::gen::inRange(0, made + 1); }  // one in made + 1 is not a handle

/// The name of an open handle; sometimes of a closed one, or of none.
template <class Open>
int mostly_open(const Open& open, int made) {
  if (open.empty() || *rc::gen::inRange(0, 8) == 0) return any_of(made);
  return std::next(open.begin(), *rc::gen::inRange(0, static_cast<int>(open.size())))->first;
}

/// The session that a handle belongs to; sometimes another one.
template <class Open>
int mostly_own(const Open& open, int name, const Model& model) {
  const auto found = open.find(name);
  if (found == open.end() || *rc::gen::inRange(0, 8) == 0) return mostly_open(model.sessions, model.sessions_made);
  return found->second.session;
}

struct Open final : Step {
  DWORD predict(Model& model) const override {
    model.sessions[model.sessions_made++] = false;
    return ERROR_SUCCESS;
  }
  DWORD perform(const Model&, System& system) const override {
    HANDLE handle = nullptr;
    const DWORD code = FwpmEngineOpen0(nullptr, RPC_C_AUTHN_DEFAULT, nullptr, nullptr, &handle);
    system.sessions.push_back(handle);
    return code;
  }
  void show(std::ostream& os) const override { os << "open"; }
};

struct OfSession : Step {
  int session;
  explicit OfSession(const Model& model) : session(mostly_open(model.sessions, model.sessions_made)) {}
  explicit OfSession(int chosen) : session(chosen) {}
  void show(std::ostream& os) const override { os << what() << " session " << session; }
  [[nodiscard]] virtual const char* what() const = 0;
};

struct Close final : OfSession {
  using OfSession::OfSession;
  DWORD predict(Model& model) const override {
    const DWORD code = session_code(model, session, false);
    if (code != ERROR_SUCCESS) return code;
    std::erase_if(model.enumerations, [&](const auto& e) { return e.second.session == session; });
    std::erase_if(model.subscriptions, [&](const auto& s) { return s.second.session == session; });
    model.sessions.erase(session);
    return code;
  }
  DWORD perform(const Model&, System& system) const override {
    return FwpmEngineClose0(System::at(system.sessions, session));
  }
  [[nodiscard]] const char* what() const override { return "close"; }
};

struct Begin final : OfSession {
  using OfSession::OfSession;
  DWORD predict(Model& model) const override {
    const DWORD code = session_code(model, session, true);
    if (code == ERROR_SUCCESS) model.sessions[session] = true;
    return code;
  }
  DWORD perform(const Model&, System& system) const override {
    return FwpmTransactionBegin0(System::at(system.sessions, session), 0);
  }
  [[nodiscard]] const char* what() const override { return "begin a transaction in"; }
};

struct Commit final : OfSession {
  using OfSession::OfSession;
  DWORD predict(Model& model) const override {
    const DWORD code = session_code(model, session, false);
    if (code != ERROR_SUCCESS) return code;
    if (!model.sessions[session]) return FWP_E_NO_TXN_IN_PROGRESS;
    model.sessions[session] = false;
    return code;
  }
  DWORD perform(const Model&, System& system) const override {
    return FwpmTransactionCommit0(System::at(system.sessions, session));
  }
  [[nodiscard]] const char* what() const override { return "commit in"; }
};

struct Collect final : OfSession {
  bool on = *rc::gen::inRange(0, 4) != 0;
  using OfSession::OfSession;
  DWORD predict(Model& model) const override {
    const DWORD code = session_code(model, session, true);
    if (code == ERROR_SUCCESS) model.collecting = on;
    return code;
  }
  DWORD perform(const Model&, System& system) const override {
    FWP_VALUE0 value{};
    value.type = FWP_UINT32;
    value.uint32 = on ? 1 : 0;
    return FwpmEngineSetOption0(System::at(system.sessions, session), FWPM_ENGINE_COLLECT_NET_EVENTS, &value);
  }
  [[nodiscard]] const char* what() const override { return on ? "collect in" : "do not collect in"; }
};

struct Feed final : Step {
  bool live = *rc::gen::arbitrary<bool>();
  int count = *rc::gen::inRange(1, 5);
  std::uint64_t first;
  explicit Feed(const Model& model) : first(model.log.size()) {}
  DWORD predict(Model& model) const override {
    if (!model.collecting) return ERROR_SUCCESS;
    for (int i = 0; i < count; ++i) {
      model.log.push_back(first + static_cast<std::uint64_t>(i));
      if (live)
        for (const auto& [name, subscription] : model.subscriptions)
          if (subscription.choice.takes(model.log.back())) model.heard[name].push_back(model.log.back());
    }
    return ERROR_SUCCESS;
  }
  DWORD perform(const Model&, System&) const override {
    for (int i = 0; i < count; ++i) {
      const Event event = v4_tunnel(first + static_cast<std::uint64_t>(i));
      EventHeader header = header_for(event);
      header.ipProtocol = std::uint8_t{17};
      header.localPort = Choice::port_of(event.qmFilterId);
      feed(event, header, {live ? Delivery::live : Delivery::logged});
    }
    return ERROR_SUCCESS;
  }
  void show(std::ostream& os) const override { os << "feed " << count << (live ? " live" : " logged"); }
};

struct Create final : OfSession {
  Choice choice = any_choice();
  using OfSession::OfSession;
  DWORD predict(Model& model) const override {
    const DWORD code = session_code(model, session, true);
    if (code == ERROR_SUCCESS) model.enumerations[model.enumerations_made++] = {session, choice, 0, model.log.size()};
    return code;
  }
  DWORD perform(const Model&, System& system) const override {
    HANDLE handle = nullptr;
    const Template chosen(choice);
    const DWORD code = FwpmNetEventCreateEnumHandle0(System::at(system.sessions, session), &chosen.all, &handle);
    if (code == ERROR_SUCCESS) system.enumerations.push_back(handle);
    return code;
  }
  [[nodiscard]] const char* what() const override { return "create an enumeration in"; }
};

/// The code for a session and one of its enumerations.
DWORD enumeration_code(Model& model, int session, int enumeration) {
  const DWORD code = session_code(model, session, false);
  if (code != ERROR_SUCCESS) return code;
  const auto found = model.enumerations.find(enumeration);
  if (found != model.enumerations.end() && found->second.session == session) return ERROR_SUCCESS;
  ++model.misuses;
  return found == model.enumerations.end() ? ERROR_INVALID_HANDLE : FWP_E_WRONG_SESSION;
}

/// A call for an enumeration in a session.
struct OfEnumeration : OfSession {
  int enumeration;
  explicit OfEnumeration(const Model& model)
      : OfEnumeration(model, mostly_open(model.enumerations, model.enumerations_made)) {}

 private:
  OfEnumeration(const Model& model, int chosen)
      : OfSession(mostly_own(model.enumerations, chosen, model)), enumeration(chosen) {}
};

struct Enumerate final : OfEnumeration {
  UINT32 requested = *rc::gen::inRange<UINT32>(0, 6);
  using OfEnumeration::OfEnumeration;

  /// The ids of the page. `next` is where the one after it begins.
  [[nodiscard]] std::vector<std::uint64_t> page(const Model& model, std::size_t& next) const {
    const ModelEnumeration& e = model.enumerations.at(enumeration);
    std::vector<std::uint64_t> ids;
    for (next = e.next; next < e.end && ids.size() < requested; ++next)
      if (e.choice.takes(model.log[next])) ids.push_back(model.log[next]);
    return ids;
  }
  DWORD predict(Model& model) const override {
    if (std::exchange(model.failure_pending, false)) return injected;
    const DWORD code = enumeration_code(model, session, enumeration);
    if (code != ERROR_SUCCESS) return code;
    if (!model.collecting) return FWP_E_NET_EVENTS_DISABLED;
    std::size_t next = 0;
    if (!page(model, next).empty()) model.batches.insert(model.batches_made++);
    model.enumerations.at(enumeration).next = next;
    return code;
  }
  DWORD perform(const Model& before, System& system) const override {
    FWPM_NET_EVENT2** entries = nullptr;
    UINT32 count = 0;
    const DWORD code = FwpmNetEventEnum2(System::at(system.sessions, session),
                                         System::at(system.enumerations, enumeration), requested, &entries, &count);
    if (code != ERROR_SUCCESS) return code;
    std::vector<std::uint64_t> ids;
    for (UINT32 i = 0; i < count; ++i) ids.push_back(entries[i]->ikeQmFailure->qmFilterId);
    std::size_t next = 0;
    RC_ASSERT(ids == page(before, next));
    if (entries != nullptr) system.batches.push_back(entries);
    return code;
  }
  [[nodiscard]] const char* what() const override { return "enumerate in"; }
};

struct Destroy final : OfEnumeration {
  using OfEnumeration::OfEnumeration;
  DWORD predict(Model& model) const override {
    const DWORD code = enumeration_code(model, session, enumeration);
    if (code == ERROR_SUCCESS) model.enumerations.erase(enumeration);
    return code;
  }
  DWORD perform(const Model&, System& system) const override {
    return FwpmNetEventDestroyEnumHandle0(System::at(system.sessions, session),
                                          System::at(system.enumerations, enumeration));
  }
  [[nodiscard]] const char* what() const override { return "destroy an enumeration in"; }
};

struct Subscribe final : OfSession {
  Choice choice = any_choice();
  using OfSession::OfSession;
  DWORD predict(Model& model) const override {
    const DWORD code = session_code(model, session, true);
    if (code != ERROR_SUCCESS) return code;
    model.heard[model.subscriptions_made] = {};
    model.subscriptions[model.subscriptions_made++] = {session, choice};
    return code;
  }
  DWORD perform(const Model&, System& system) const override {
    Template chosen(choice);
    FWPM_NET_EVENT_SUBSCRIPTION0 subscription{&chosen.all, 0, {}};
    HANDLE handle = nullptr;
    auto heard = std::make_unique<std::vector<std::uint64_t>>();
    const DWORD code =
        FwpmNetEventSubscribe1(System::at(system.sessions, session), &subscription, hear, heard.get(), &handle);
    if (code != ERROR_SUCCESS) return code;
    system.subscriptions.push_back(handle);
    system.heard.push_back(std::move(heard));
    return code;
  }
  [[nodiscard]] const char* what() const override { return "subscribe in"; }
};

struct Unsubscribe final : OfSession {
  int subscription;
  explicit Unsubscribe(const Model& model)
      : Unsubscribe(model, mostly_open(model.subscriptions, model.subscriptions_made)) {}
  DWORD predict(Model& model) const override {
    const DWORD code = session_code(model, session, true);
    if (code != ERROR_SUCCESS) return code;
    const auto found = model.subscriptions.find(subscription);
    if (found == model.subscriptions.end() || found->second.session != session) {
      ++model.misuses;
      return found == model.subscriptions.end() ? ERROR_INVALID_HANDLE : FWP_E_WRONG_SESSION;
    }
    model.subscriptions.erase(found);
    return code;
  }
  DWORD perform(const Model&, System& system) const override {
    return FwpmNetEventUnsubscribe0(System::at(system.sessions, session),
                                    System::at(system.subscriptions, subscription));
  }
  [[nodiscard]] const char* what() const override { return "unsubscribe in"; }

 private:
  Unsubscribe(const Model& model, int chosen)
      : OfSession(mostly_own(model.subscriptions, chosen, model)), subscription(chosen) {}
};

struct Free final : Step {
  int batch;
  explicit Free(const Model& model) : batch(*rc::gen::inRange(0, model.batches_made)) {}
  void checkPreconditions(const Model& model) const override {
    RC_PRE(batch < model.batches_made && model.batches.contains(batch));
  }
  DWORD predict(Model& model) const override {
    model.batches.erase(batch);
    return ERROR_SUCCESS;
  }
  DWORD perform(const Model&, System& system) const override {
    void* pointer = system.batches[static_cast<std::size_t>(batch)];
    FwpmFreeMemory0(&pointer);
    const bool is_cleared = pointer == nullptr;
    RC_ASSERT(is_cleared);
    return ERROR_SUCCESS;
  }
  void show(std::ostream& os) const override { os << "free batch " << batch; }
};

struct InjectFailure final : Step {
  void checkPreconditions(const Model& model) const override { RC_PRE(!model.failure_pending); }
  DWORD predict(Model& model) const override {
    model.failure_pending = true;
    return ERROR_SUCCESS;
  }
  DWORD perform(const Model&, System&) const override {
    fail(Function::netEventEnum2, 1, injected);
    return ERROR_SUCCESS;
  }
  void show(std::ostream& os) const override { os << "let the next enumeration fail"; }
};

RC_GTEST_PROP(Machine, ModelAndFakeAgree, ()) {
  reset();
  System system;
  rc::state::check(Model{}, system, [](const Model& model) {
    if (model.batches_made == 0)
      return rc::state::gen::execOneOfWithArgs<Open, Close, Begin, Commit, Collect, Feed, Feed, Create, Enumerate,
                                               Enumerate, Destroy, Subscribe, Unsubscribe, InjectFailure>()(model);
    return rc::state::gen::execOneOfWithArgs<Open, Close, Begin, Commit, Collect, Feed, Feed, Create, Enumerate,
                                             Enumerate, Enumerate, Destroy, Subscribe, Unsubscribe, Free, Free,
                                             InjectFailure>()(model);
  });
  reset();
}

// Several threads
// -------------------------------------------------------------------------------------------------------------

/// The numbers of calls and events of one thread, to compare with the fake's.
struct Tally {
  std::uint64_t fed = 0;
  std::uint64_t enumerated = 0;
  std::uint64_t injected = 0;
};

/// The context of a callback, which is valid until the subscription has ended.
struct Listener {
  std::atomic<std::uint64_t>& heard;
  std::atomic<bool> gone = false;
  std::atomic<std::uint64_t> too_late = 0;

  static void CALLBACK hear(void* context, const FWPM_NET_EVENT5* event) {
    auto& listener = *static_cast<Listener*>(context);
    if (event->type == FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE && event->ikeQmFailure->failureErrorCode == 13868)
      ++listener.heard;
    std::this_thread::sleep_for(std::chrono::microseconds(200));
    if (listener.gone) ++listener.too_late;
  }
};

/// A random walk over all calls by a correct program, which closes every handle and frees every batch.
void walk(std::uint64_t seed, int steps, Tally& tally, std::atomic<std::uint64_t>& heard) {
  std::mt19937_64 random(seed);
  HANDLE session = nullptr;
  ASSERT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &session), ERROR_SUCCESS);
  std::vector<HANDLE> subscriptions;
  std::vector<std::unique_ptr<Listener>> listeners;  // those of `subscriptions`
  std::vector<std::unique_ptr<Listener>> gone;
  for (int step = 0; step < steps; ++step) {
    switch (random() % 6) {
      case 0:
        feed(v6_tunnel(step > 0 ? static_cast<std::uint64_t>(step) : 0), {Delivery::live});
        ++tally.fed;
        break;
      case 1:
        feed(transport_event(), {Delivery::logged});
        ++tally.fed;
        break;
      case 2: {
        FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
        HANDLE handle = nullptr;
        listeners.push_back(std::make_unique<Listener>(heard));
        EXPECT_EQ(FwpmNetEventSubscribe4(session, &subscription, &Listener::hear, listeners.back().get(), &handle),
                  ERROR_SUCCESS);
        subscriptions.push_back(handle);
        break;
      }
      case 3:
        if (subscriptions.empty()) break;
        EXPECT_EQ(FwpmNetEventUnsubscribe0(session, subscriptions.back()), ERROR_SUCCESS);
        listeners.back()->gone = true;
        subscriptions.pop_back();
        gone.push_back(std::move(listeners.back()));
        listeners.pop_back();
        break;
      case 4: {
        HANDLE handle = nullptr;
        ASSERT_EQ(FwpmNetEventCreateEnumHandle0(session, nullptr, &handle), ERROR_SUCCESS);
        FWPM_NET_EVENT4** entries = nullptr;
        UINT32 count = 0;
        const DWORD code = FwpmNetEventEnum4(session, handle, 7, &entries, &count);
        if (code == injected) ++tally.injected;
        for (UINT32 i = 0; i < count; ++i) EXPECT_EQ(entries[i]->ikeQmFailure->failureErrorCode, 13868u);
        tally.enumerated += count;
        FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
        EXPECT_EQ(FwpmNetEventDestroyEnumHandle0(session, handle), ERROR_SUCCESS);
        break;
      }
      default: {
        FWPM_NET_EVENT_SUBSCRIPTION0** entries = nullptr;
        UINT32 count = 0;
        EXPECT_EQ(FwpmNetEventSubscriptionsGet0(session, &entries, &count), ERROR_SUCCESS);
        EXPECT_GE(count, subscriptions.size());
        FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
        fail(Function::netEventEnum4, 1, injected);
        (void)report();
        break;
      }
    }
  }
  EXPECT_EQ(FwpmEngineClose0(session), ERROR_SUCCESS);  // with its subscriptions
  for (const auto& listener : listeners) listener->gone = true;
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  for (const auto* all : {&listeners, &gone})
    for (const auto& listener : *all) EXPECT_EQ(listener->too_late, 0u);
}

TEST(Machine, ThreadsAgreeWithTheModel) {
  reset();
  constexpr int thread_count = 4;
  std::vector<Tally> tallies(thread_count);
  std::atomic<std::uint64_t> heard = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < thread_count; ++i)
      threads.emplace_back(
          [&, i] { walk(static_cast<std::uint64_t>(i) + 1, 150, tallies[static_cast<std::size_t>(i)], heard); });
  }
  wait_delivered();
  Tally sum;
  for (const Tally& tally : tallies) {
    sum.fed += tally.fed;
    sum.injected += tally.injected;
  }
  EXPECT_EQ(statistics().logged, sum.fed);
  EXPECT_EQ(statistics().delivered, heard);
  EXPECT_GT(heard, 0u);
  EXPECT_GT(sum.injected, 0u);
  EXPECT_TRUE(report().clean()) << to_string(report());
  reset();
}

}  // namespace
}  // namespace qmforge::wfp
