// A state machine: random sequences of calls and feeds, and a model that predicts the result of each call and the
// delivered events. The same calls from several threads at once, where the model predicts the final state.
#include "machine_model.h"

// After GoogleTest, which it needs and does not include.
#include <rapidcheck/gtest.h>
#include <rapidcheck/state.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <thread>

namespace qmforge::wfp {
namespace {

constexpr std::uint32_t injected = 0x80320037;

// The model
// ---------------------------------------------------------------------------------------------------------------
// Handles are named by small numbers, in the order in which they are made; a greater number is not a handle.

using model::Choice;
using model::Logged;
using model::Told;

struct ModelSession {
  std::uint32_t key;  // 0: the fake chooses one
  bool is_dynamic;
  bool in_transaction = false;
  bool excused = false;  // its closing failed by injection
};

struct ModelEnumeration {
  int session;
  Choice choice;
  std::size_t next;
  std::size_t end;
  bool excused = false;
};

struct ModelSubscription {
  int session;
  Choice choice;
  unsigned version;  // of the events that its callback is given
  std::uint64_t accepted = 0;
  bool excused = false;
};

/// A feed that waits for a subscription: what it emits then.
using Waiting = std::vector<Logged>;

struct Model {
  std::vector<Logged> log;
  std::uint64_t fed = 0;
  std::uint64_t clock = 134116992000000000, step = 10000;
  model::Modes modes;
  std::map<int, ModelSession> sessions;
  std::map<int, ModelEnumeration> enumerations;
  std::map<int, ModelSubscription> subscriptions;
  std::map<int, std::vector<Told>> heard;
  std::optional<Waiting> waiting;
  std::set<int> batches;  // not freed
  int sessions_made = 0;
  int enumerations_made = 0;
  int subscriptions_made = 0;
  int batches_made = 0;
  std::uint32_t options[6] = {1};
  std::vector<std::pair<Function, int>> failures;  // the nth call from now fails
  std::vector<MisuseKind> misuses;
  std::uint64_t not_collected = 0, delivered = 0;

  void misuse(MisuseKind kind) { misuses.push_back(kind); }
  [[nodiscard]] bool collects() const { return options[FWPM_ENGINE_COLLECT_NET_EVENTS] == 1; }

  void emit(Logged event, bool live) {
    if (!collects()) {
      ++not_collected;
      return;
    }
    event.time = clock;
    if (!event.header.timeStamp) clock += step;
    log.push_back(event);
    if (!live) return;
    for (auto& [name, subscription] : subscriptions) {
      if (modes.has(Mode::silent) && subscription.accepted >= modes.silent_after) continue;
      if (modes.has(Mode::dynamicSilent) && sessions.at(subscription.session).is_dynamic) continue;
      if (takes(subscription.choice, event)) hear(name);
    }
  }
  /// The newest event is delivered to a subscription.
  void hear(int name) {
    ModelSubscription& subscription = subscriptions.at(name);
    ++subscription.accepted;
    ++delivered;
    heard[name].push_back(log.back().told(subscription.version));
  }
  void end_subscription(int name) {
    if (modes.has(Mode::lateCallback) && !log.empty() && takes(subscriptions.at(name).choice, log.back())) hear(name);
    subscriptions.erase(name);
  }
  [[nodiscard]] std::size_t leaks() const {
    std::size_t count = batches.size();
    for (const auto& [name, session] : sessions)
      if (!session.excused) ++count;
    for (const auto& [name, one] : enumerations)
      if (!one.excused && !sessions.at(one.session).excused) ++count;
    for (const auto& [name, one] : subscriptions)
      if (!one.excused && !sessions.at(one.session).excused) ++count;
    return count;
  }
};

/// The fake's handles and batches, by the names of the model.
struct System {
  std::vector<HANDLE> sessions;
  std::vector<HANDLE> enumerations;
  std::vector<HANDLE> subscriptions;
  std::vector<std::unique_ptr<std::vector<Told>>> heard;
  std::vector<void*> batches;

  [[nodiscard]] static HANDLE at(const std::vector<HANDLE>& handles, int name) {
    // A number that is not a handle, for a name that names none.
    return static_cast<std::size_t>(name) < handles.size() ? handles[static_cast<std::size_t>(name)]
                                                           : reinterpret_cast<HANDLE>(std::uintptr_t{3});
  }
};

using Command = rc::state::Command<Model, System>;

/// The code for a handle that is not open: whether it ever was decides which code.
DWORD no_handle(Model& model, int name, int made) {
  model.misuse(name < made ? MisuseKind::closedHandle : MisuseKind::unknownHandle);
  return ERROR_INVALID_HANDLE;
}

/// The code for a session.
DWORD session_code(Model& model, int session, bool outside_transaction) {
  if (!model.sessions.contains(session)) return no_handle(model, session, model.sessions_made);
  return outside_transaction && model.sessions.at(session).in_transaction ? FWP_E_TXN_IN_PROGRESS : ERROR_SUCCESS;
}

/// A command: predicts its result on a copy of the model, runs, and compares; apply() updates the model.
struct Step : Command {
  void apply(Model& model) const override { (void)predict(model); }
  void run(const Model& before, System& system) const override {
    Model model = before;
    const DWORD expected = predict(model);
    RC_ASSERT(perform(before, system, expected) == expected);
    wait_delivered();
    const Report now = report();
    std::vector<MisuseKind> misuses;
    for (const Misuse& misuse : now.misuses) misuses.push_back(misuse.kind);
    RC_ASSERT(misuses == model.misuses);
    RC_ASSERT(now.leaks.size() == model.leaks());
    const Statistics statistics = wfp::statistics();
    RC_ASSERT(statistics.logged == model.log.size());
    RC_ASSERT(statistics.not_collected == model.not_collected);
    RC_ASSERT(statistics.delivered == model.delivered);
    RC_ASSERT(undocumented_calls().empty());
    for (const auto& [name, told] : model.heard) {
      const bool is_same = *system.heard[static_cast<std::size_t>(name)] == told;
      RC_ASSERT(is_same);
    }
  }
  /// What the call returns; changes the model as the call changes the fake.
  DWORD predict(Model& model) const {
    bool fails = false;
    for (auto& [its_function, calls] : model.failures)
      if (its_function == function() && --calls == 0) fails = true;
    std::erase_if(model.failures, [](const auto& failure) { return failure.second == 0; });
    if (!fails) return predict_call(model);
    excuse(model);
    return injected;
  }
  /// The function that is called; one that never fails if none is.
  [[nodiscard]] virtual Function function() const { return Function::freeMemory0; }
  virtual DWORD predict_call(Model& model) const = 0;
  /// The call that closes a handle has failed by injection.
  virtual void excuse(Model&) const {}
  virtual DWORD perform(const Model& before, System& system, DWORD expected) const = 0;
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

/// A choice whose interval, if it has one, begins and ends at events of the log or beside them.
Choice any_choice(const Model& model) {
  Choice choice{*rc::gen::inRange(0, Choice::kinds), *rc::gen::arbitrary<bool>(), 0, 0};
  if (model.log.empty() || *rc::gen::inRange(0, 3) != 0) return choice;
  const auto around = [&] {
    const Logged& event = model.log[*rc::gen::inRange<std::size_t>(0, model.log.size())];
    return event.told(5).seen.timeStamp + *rc::gen::inRange<std::uint64_t>(0, 3) - 1;
  };
  choice.start = *rc::gen::inRange(0, 4) == 0 ? 0 : around();
  choice.end = *rc::gen::inRange(0, 4) == 0 ? UINT64_MAX : around();
  return choice;
}

bool is_wrong(const Choice& choice) { return choice.end < choice.start; }

struct Open final : Step {
  std::uint32_t key = static_cast<std::uint32_t>(*rc::gen::inRange(0, 4));  // 0: none
  bool is_dynamic = *rc::gen::inRange(0, 4) == 0;

  [[nodiscard]] Function function() const override { return Function::engineOpen0; }
  DWORD predict_call(Model& model) const override {
    for (const auto& [name, session] : model.sessions)
      if (key != 0 && session.key == key) return FWP_E_ALREADY_EXISTS;
    model.sessions[model.sessions_made++] = {key, is_dynamic};
    return ERROR_SUCCESS;
  }
  DWORD perform(const Model&, System& system, DWORD) const override {
    HANDLE handle = nullptr;
    FWPM_SESSION0 session{};
    session.sessionKey.Data1 = key;
    session.flags = is_dynamic ? FWPM_SESSION_FLAG_DYNAMIC : 0;
    const DWORD code = FwpmEngineOpen0(nullptr, RPC_C_AUTHN_DEFAULT, nullptr, &session, &handle);
    if (code == ERROR_SUCCESS) system.sessions.push_back(handle);
    RC_ASSERT((handle == nullptr) == (code != ERROR_SUCCESS));
    return code;
  }
  void show(std::ostream& os) const override { os << "open with key " << key << (is_dynamic ? ", dynamic" : ""); }
};

struct OfSession : Step {
  int session;
  explicit OfSession(const Model& model) : session(mostly_open(model.sessions, model.sessions_made)) {}
  explicit OfSession(int chosen) : session(chosen) {}
  void show(std::ostream& os) const override { os << what() << " session " << session; }
  [[nodiscard]] virtual std::string what() const = 0;
};

struct Close final : OfSession {
  using OfSession::OfSession;
  [[nodiscard]] Function function() const override { return Function::engineClose0; }
  void excuse(Model& model) const override {
    if (model.sessions.contains(session)) model.sessions.at(session).excused = true;
  }
  DWORD predict_call(Model& model) const override {
    const DWORD code = session_code(model, session, false);
    if (code != ERROR_SUCCESS) return code;
    std::erase_if(model.enumerations, [&](const auto& e) { return e.second.session == session; });
    std::vector<int> ended;
    for (const auto& [name, subscription] : model.subscriptions)
      if (subscription.session == session) ended.push_back(name);
    for (const int name : ended) model.end_subscription(name);
    model.sessions.erase(session);
    return code;
  }
  DWORD perform(const Model&, System& system, DWORD) const override {
    return FwpmEngineClose0(System::at(system.sessions, session));
  }
  [[nodiscard]] std::string what() const override { return "close"; }
};

struct Begin final : OfSession {
  bool has_wrong_flags = *rc::gen::inRange(0, 8) == 0;
  using OfSession::OfSession;
  [[nodiscard]] Function function() const override { return Function::transactionBegin0; }
  DWORD predict_call(Model& model) const override {
    const DWORD code = session_code(model, session, true);
    if (code != ERROR_SUCCESS) return code;
    if (has_wrong_flags) return FWP_E_INVALID_FLAGS;
    model.sessions.at(session).in_transaction = true;
    return code;
  }
  DWORD perform(const Model&, System& system, DWORD) const override {
    return FwpmTransactionBegin0(System::at(system.sessions, session), has_wrong_flags ? 2 : 0);
  }
  [[nodiscard]] std::string what() const override { return "begin a transaction in"; }
};

struct End final : OfSession {
  bool commits = *rc::gen::arbitrary<bool>();
  using OfSession::OfSession;
  [[nodiscard]] Function function() const override {
    return commits ? Function::transactionCommit0 : Function::transactionAbort0;
  }
  DWORD predict_call(Model& model) const override {
    const DWORD code = session_code(model, session, false);
    if (code != ERROR_SUCCESS) return code;
    if (!model.sessions.at(session).in_transaction) return FWP_E_NO_TXN_IN_PROGRESS;
    model.sessions.at(session).in_transaction = false;
    return code;
  }
  DWORD perform(const Model&, System& system, DWORD) const override {
    const HANDLE handle = System::at(system.sessions, session);
    return commits ? FwpmTransactionCommit0(handle) : FwpmTransactionAbort0(handle);
  }
  [[nodiscard]] std::string what() const override { return commits ? "commit in" : "abort in"; }
};

struct SetOption final : OfSession {
  UINT32 option = *rc::gen::inRange(0, 3) != 0 ? 0 : *rc::gen::inRange<UINT32>(0, 7);
  UINT32 value = *rc::gen::inRange(0, 4) != 0 ? 1 : *rc::gen::inRange<UINT32>(0, 3);
  using OfSession::OfSession;
  [[nodiscard]] Function function() const override { return Function::engineSetOption0; }
  DWORD predict_call(Model& model) const override {
    const DWORD code = session_code(model, session, true);
    if (code != ERROR_SUCCESS) return code;
    if (model.sessions.at(session).is_dynamic) return FWP_E_DYNAMIC_SESSION_IN_PROGRESS;
    if (option > 5) return FWP_E_INVALID_PARAMETER;
    if (option == UINT32{FWPM_ENGINE_COLLECT_NET_EVENTS} && value > 1) return FWP_E_OUT_OF_BOUNDS;
    if (option == UINT32{FWPM_ENGINE_MONITOR_IPSEC_CONNECTIONS} && value == 0) return 0x80320043;  // FWP_E_STILL_ON
    model.options[option] = value;
    return code;
  }
  DWORD perform(const Model&, System& system, DWORD) const override {
    FWP_VALUE0 new_value{};
    new_value.type = FWP_UINT32;
    new_value.uint32 = value;
    return FwpmEngineSetOption0(System::at(system.sessions, session), static_cast<FWPM_ENGINE_OPTION>(option),
                                &new_value);
  }
  [[nodiscard]] std::string what() const override {
    return "set option " + std::to_string(option) + " to " + std::to_string(value) + " in";
  }
};

struct GetOption final : OfSession {
  UINT32 option = *rc::gen::inRange<UINT32>(0, 7);
  using OfSession::OfSession;
  [[nodiscard]] Function function() const override { return Function::engineGetOption0; }
  DWORD predict_call(Model& model) const override {
    const DWORD code = session_code(model, session, false);
    if (code != ERROR_SUCCESS) return code;
    if (option > 5) return FWP_E_INVALID_PARAMETER;
    model.batches.insert(model.batches_made++);
    return code;
  }
  DWORD perform(const Model& before, System& system, DWORD) const override {
    FWP_VALUE0* value = nullptr;
    const DWORD code =
        FwpmEngineGetOption0(System::at(system.sessions, session), static_cast<FWPM_ENGINE_OPTION>(option), &value);
    if (code != ERROR_SUCCESS) return code;
    RC_ASSERT(value->type == FWP_UINT32);
    RC_ASSERT(value->uint32 == before.options[option]);
    system.batches.push_back(value);
    return code;
  }
  [[nodiscard]] std::string what() const override { return "get option " + std::to_string(option) + " in"; }
};

struct SetMode final : Step {
  Mode mode = *rc::gen::element(Mode::nullBody, Mode::unknownTypes, Mode::otherKinds, Mode::bothFamilies, Mode::wideIds,
                                Mode::subnetHeaders, Mode::emptyBatch, Mode::lateCallback, Mode::silent,
                                Mode::dynamicSilent, Mode::pastMax, Mode::staleSubnets);
  bool on = *rc::gen::arbitrary<bool>();
  std::uint64_t after = *rc::gen::inRange<std::uint64_t>(0, 5);

  DWORD predict_call(Model& model) const override {
    if (on)
      model.modes.on.insert(mode);
    else
      model.modes.on.erase(mode);
    if (on && mode == Mode::silent) model.modes.silent_after = after;
    return ERROR_SUCCESS;
  }
  DWORD perform(const Model&, System&, DWORD) const override {
    if (on && mode == Mode::silent)
      set_silent_after(after);
    else
      set_mode(mode, on);
    return ERROR_SUCCESS;
  }
  void show(std::ostream& os) const override { os << "mode " << to_string(mode) << (on ? " on" : " off"); }
};

struct SetClock final : Step {
  std::uint64_t time = 0xffffff00 + *rc::gen::inRange<std::uint64_t>(0, 1000);
  std::uint64_t step = *rc::gen::inRange<std::uint64_t>(0, 300);
  DWORD predict_call(Model& model) const override {
    std::tie(model.clock, model.step) = std::pair(time, step);
    return ERROR_SUCCESS;
  }
  DWORD perform(const Model&, System&, DWORD) const override {
    set_clock(time, step);
    return ERROR_SUCCESS;
  }
  void show(std::ostream& os) const override { os << "clock " << time << ' ' << step; }
};

struct Feed final : Step {
  Delivery delivery = *rc::gen::element(Delivery::logged, Delivery::live, Delivery::live, Delivery::subscribed);
  int count = *rc::gen::inRange(1, 6);
  std::uint64_t first;
  explicit Feed(const Model& model) : first(model.fed) {}
  // With two feeds that wait, the order of their events is open.
  void checkPreconditions(const Model& model) const override {
    RC_PRE(delivery != Delivery::subscribed || !model.waiting);
  }
  DWORD predict_call(Model& model) const override {
    for (int i = 0; i < (delivery == Delivery::subscribed ? 1 : count); ++i) {
      const auto number = static_cast<std::uint32_t>(model.fed++);
      const std::vector<Logged> events = model.modes.logged(number, number);
      if (delivery == Delivery::subscribed && model.subscriptions.empty()) {
        model.waiting = events;
        continue;
      }
      for (const Logged& event : events) model.emit(event, delivery != Delivery::logged);
    }
    return ERROR_SUCCESS;
  }
  DWORD perform(const Model& before, System&, DWORD) const override {
    for (int i = 0; i < (delivery == Delivery::subscribed ? 1 : count); ++i) {
      const std::uint64_t id = before.fed + static_cast<std::uint64_t>(i);
      const Event event = model::event_of(id);
      if (const auto header = model::header_of(id))
        feed(event, *header, {delivery});
      else
        feed(event, {delivery});
    }
    return ERROR_SUCCESS;
  }
  void show(std::ostream& os) const override { os << "feed " << count << " as " << static_cast<int>(delivery); }
};

struct Create final : OfSession {
  Choice choice;
  explicit Create(const Model& model) : OfSession(model), choice(any_choice(model)) {}
  [[nodiscard]] Function function() const override { return Function::netEventCreateEnumHandle0; }
  DWORD predict_call(Model& model) const override {
    const DWORD code = session_code(model, session, true);
    if (code != ERROR_SUCCESS) return code;
    if (is_wrong(choice)) return FWP_E_INVALID_INTERVAL;
    model.enumerations[model.enumerations_made++] = {session, choice, 0, model.log.size()};
    return code;
  }
  DWORD perform(const Model&, System& system, DWORD) const override {
    HANDLE handle = nullptr;
    const model::Template chosen(choice);
    const DWORD code = FwpmNetEventCreateEnumHandle0(System::at(system.sessions, session), &chosen.all, &handle);
    if (code == ERROR_SUCCESS) system.enumerations.push_back(handle);
    return code;
  }
  [[nodiscard]] std::string what() const override {
    return "create an enumeration of " + std::to_string(choice.kind) + (choice.is_other ? "'" : "") + " in";
  }
};

/// The code for what belongs to a session, by its name among those that are open.
template <class Things>
DWORD code_of_own(Model& model, int session, const Things& open, int name, int made) {
  const auto found = open.find(name);
  if (found == open.end()) return no_handle(model, name, made);
  if (found->second.session == session) return ERROR_SUCCESS;
  model.misuse(MisuseKind::wrongSession);
  return FWP_E_WRONG_SESSION;
}

/// The code for a session and one of its enumerations.
DWORD enumeration_code(Model& model, int session, int enumeration) {
  const DWORD code = session_code(model, session, false);
  if (code != ERROR_SUCCESS) return code;
  return code_of_own(model, session, model.enumerations, enumeration, model.enumerations_made);
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

/// FwpmNetEventEnum<n>: what the program is told.
template <unsigned n>
DWORD enumerate(HANDLE session, HANDLE enumeration, UINT32 requested, void*& batch, std::vector<Told>& told) {
  typename Version<n>::NetEvent** entries = nullptr;
  UINT32 count = 0;
  const DWORD code = Version<n>::enumerate(session, enumeration, requested, &entries, &count);
  for (UINT32 i = 0; i < count; ++i) told.push_back(model::told_by(*entries[i]));
  batch = entries;
  return code;
}

struct Enumerate final : OfEnumeration {
  UINT32 requested = *rc::gen::inRange<UINT32>(0, 12);
  unsigned version = *rc::gen::inRange(0u, 6u);
  using OfEnumeration::OfEnumeration;

  [[nodiscard]] Function function() const override {
    return static_cast<Function>(static_cast<unsigned>(Function::netEventEnum0) + version);
  }
  /// The events of the page. `next` is where the one after it begins.
  [[nodiscard]] std::vector<Told> page(const Model& model, std::size_t& next) const {
    const ModelEnumeration& e = model.enumerations.at(enumeration);
    std::vector<Told> told;
    for (next = e.next; next < e.end && told.size() < requested; ++next)
      if (takes(e.choice, model.log[next])) told.push_back(model.log[next].told(version));
    return told;
  }
  DWORD predict_call(Model& model) const override {
    const DWORD code = enumeration_code(model, session, enumeration);
    if (code != ERROR_SUCCESS) return code;
    if (!model.collects()) return FWP_E_NET_EVENTS_DISABLED;
    std::size_t next = 0;
    if (!page(model, next).empty() || model.modes.has(Mode::emptyBatch)) model.batches.insert(model.batches_made++);
    model.enumerations.at(enumeration).next = next;
    return code;
  }
  DWORD perform(const Model& before, System& system, DWORD expected) const override {
    constexpr decltype(&enumerate<0>) versions[] = {enumerate<0>, enumerate<1>, enumerate<2>,
                                                    enumerate<3>, enumerate<4>, enumerate<5>};
    void* batch = nullptr;
    std::vector<Told> told;
    const DWORD code = versions[version](System::at(system.sessions, session),
                                         System::at(system.enumerations, enumeration), requested, batch, told);
    if (code != ERROR_SUCCESS || expected != ERROR_SUCCESS) return code;
    std::size_t next = 0;
    const bool is_same = told == page(before, next);
    RC_ASSERT(is_same);
    if (batch != nullptr) system.batches.push_back(batch);
    return code;
  }
  [[nodiscard]] std::string what() const override {
    return "enumerate " + std::to_string(requested) + " as " + std::to_string(version) + " in";
  }
};

struct Destroy final : OfEnumeration {
  using OfEnumeration::OfEnumeration;
  [[nodiscard]] Function function() const override { return Function::netEventDestroyEnumHandle0; }
  void excuse(Model& model) const override {
    if (model.enumerations.contains(enumeration)) model.enumerations.at(enumeration).excused = true;
  }
  DWORD predict_call(Model& model) const override {
    const DWORD code = enumeration_code(model, session, enumeration);
    if (code == ERROR_SUCCESS) model.enumerations.erase(enumeration);
    return code;
  }
  DWORD perform(const Model&, System& system, DWORD) const override {
    return FwpmNetEventDestroyEnumHandle0(System::at(system.sessions, session),
                                          System::at(system.enumerations, enumeration));
  }
  [[nodiscard]] std::string what() const override { return "destroy an enumeration in"; }
};

template <class NetEvent>
void CALLBACK hear(void* context, const NetEvent* event) {
  static_cast<std::vector<Told>*>(context)->push_back(model::told_by(*event));
}

struct Subscribe final : OfSession {
  Choice choice;
  unsigned version = *rc::gen::inRange(0u, 5u);
  explicit Subscribe(const Model& model) : OfSession(model), choice(any_choice(model)) {}
  [[nodiscard]] Function function() const override {
    return static_cast<Function>(static_cast<unsigned>(Function::netEventSubscribe0) + version);
  }
  DWORD predict_call(Model& model) const override {
    const DWORD code = session_code(model, session, true);
    if (code != ERROR_SUCCESS) return code;
    if (is_wrong(choice)) return FWP_E_INVALID_INTERVAL;
    model.heard[model.subscriptions_made] = {};
    model.subscriptions[model.subscriptions_made++] = {session, choice, version + 1};
    if (const auto waiting = std::exchange(model.waiting, std::nullopt))
      for (const Logged& event : *waiting) model.emit(event, true);
    return code;
  }
  DWORD perform(const Model&, System& system, DWORD) const override {
    model::Template chosen(choice);
    const FWPM_NET_EVENT_SUBSCRIPTION0 subscription{&chosen.all, 0, {}};
    HANDLE handle = nullptr;
    auto heard = std::make_unique<std::vector<Told>>();
    const HANDLE of = System::at(system.sessions, session);
    DWORD code = ERROR_SUCCESS;
    switch (version) {
      case 0: code = FwpmNetEventSubscribe0(of, &subscription, &hear<FWPM_NET_EVENT1>, heard.get(), &handle); break;
      case 1: code = FwpmNetEventSubscribe1(of, &subscription, &hear<FWPM_NET_EVENT2>, heard.get(), &handle); break;
      case 2: code = FwpmNetEventSubscribe2(of, &subscription, &hear<FWPM_NET_EVENT3>, heard.get(), &handle); break;
      case 3: code = FwpmNetEventSubscribe3(of, &subscription, &hear<FWPM_NET_EVENT4>, heard.get(), &handle); break;
      default: code = FwpmNetEventSubscribe4(of, &subscription, &hear<FWPM_NET_EVENT5>, heard.get(), &handle); break;
    }
    if (code != ERROR_SUCCESS) return code;
    system.subscriptions.push_back(handle);
    system.heard.push_back(std::move(heard));
    return code;
  }
  [[nodiscard]] std::string what() const override {
    return "subscribe to " + std::to_string(choice.kind) + (choice.is_other ? "'" : "") + " in";
  }
};

struct Unsubscribe final : OfSession {
  int subscription;
  explicit Unsubscribe(const Model& model)
      : Unsubscribe(model, mostly_open(model.subscriptions, model.subscriptions_made)) {}
  [[nodiscard]] Function function() const override { return Function::netEventUnsubscribe0; }
  void excuse(Model& model) const override {
    if (model.subscriptions.contains(subscription)) model.subscriptions.at(subscription).excused = true;
  }
  DWORD predict_call(Model& model) const override {
    DWORD code = session_code(model, session, true);
    if (code != ERROR_SUCCESS) return code;
    code = code_of_own(model, session, model.subscriptions, subscription, model.subscriptions_made);
    if (code == ERROR_SUCCESS) model.end_subscription(subscription);
    return code;
  }
  DWORD perform(const Model&, System& system, DWORD) const override {
    return FwpmNetEventUnsubscribe0(System::at(system.sessions, session),
                                    System::at(system.subscriptions, subscription));
  }
  [[nodiscard]] std::string what() const override { return "unsubscribe in"; }

 private:
  Unsubscribe(const Model& model, int chosen)
      : OfSession(mostly_own(model.subscriptions, chosen, model)), subscription(chosen) {}
};

struct ListSubscriptions final : OfSession {
  using OfSession::OfSession;
  [[nodiscard]] Function function() const override { return Function::netEventSubscriptionsGet0; }
  DWORD predict_call(Model& model) const override {
    const DWORD code = session_code(model, session, false);
    if (code == ERROR_SUCCESS && !model.subscriptions.empty()) model.batches.insert(model.batches_made++);
    return code;
  }
  DWORD perform(const Model& before, System& system, DWORD) const override {
    FWPM_NET_EVENT_SUBSCRIPTION0** entries = nullptr;
    UINT32 count = 0;
    const DWORD code = FwpmNetEventSubscriptionsGet0(System::at(system.sessions, session), &entries, &count);
    if (code != ERROR_SUCCESS) return code;
    RC_ASSERT(count == before.subscriptions.size());
    std::size_t i = 0;
    for (const auto& [name, subscription] : before.subscriptions) {
      const FWPM_NET_EVENT_SUBSCRIPTION0& listed = *entries[i++];
      if (const std::uint32_t key = before.sessions.at(subscription.session).key; key != 0)
        RC_ASSERT(listed.sessionKey.Data1 == key);
      for (const Logged& event : before.log)
        RC_ASSERT(matcher::selects(*listed.enumTemplate, event.told(5).seen) == takes(subscription.choice, event));
    }
    if (entries != nullptr) system.batches.push_back(entries);
    return code;
  }
  [[nodiscard]] std::string what() const override { return "list all subscriptions in"; }
};

struct Free final : Step {
  int batch;
  explicit Free(const Model& model) : batch(*rc::gen::inRange(0, model.batches_made)) {}
  void checkPreconditions(const Model& model) const override {
    RC_PRE(batch < model.batches_made && model.batches.contains(batch));
  }
  DWORD predict_call(Model& model) const override {
    model.batches.erase(batch);
    return ERROR_SUCCESS;
  }
  DWORD perform(const Model&, System& system, DWORD) const override {
    void* pointer = system.batches[static_cast<std::size_t>(batch)];
    FwpmFreeMemory0(&pointer);
    const bool is_cleared = pointer == nullptr;
    RC_ASSERT(is_cleared);
    return ERROR_SUCCESS;
  }
  void show(std::ostream& os) const override { os << "free batch " << batch; }
};

struct InjectFailure final : Step {
  // FwpmFreeMemory0 cannot fail, and what stands for "no function" here.
  Function which = *rc::gen::map(rc::gen::inRange(0, static_cast<int>(function_count)), [](int number) {
    const auto chosen = static_cast<Function>(number);
    return chosen == Function::freeMemory0 ? Function::netEventEnum2 : chosen;
  });
  int nth = *rc::gen::inRange(1, 3);
  DWORD predict_call(Model& model) const override {
    model.failures.emplace_back(which, nth);
    return ERROR_SUCCESS;
  }
  DWORD perform(const Model&, System&, DWORD) const override {
    fail(which, static_cast<std::uint32_t>(nth), injected);
    return ERROR_SUCCESS;
  }
  void show(std::ostream& os) const override { os << "let call " << nth << " of " << to_string(which) << " fail"; }
};

RC_GTEST_PROP(Machine, ModelAndFakeAgree, ()) {
  reset();
  System system;
  rc::state::check(Model{}, system, [](const Model& model) {
    using rc::state::gen::execOneOfWithArgs;
    if (model.sessions.empty()) return execOneOfWithArgs<Open, Open, Feed, SetMode, Close>()(model);
    if (model.batches_made == 0)
      return execOneOfWithArgs<Open, Close, Begin, End, End, SetOption, GetOption, SetMode, SetClock, Feed, Feed, Feed,
                               Create, Create, Enumerate, Enumerate, Destroy, Subscribe, Subscribe, Unsubscribe,
                               ListSubscriptions, InjectFailure>()(model);
    return execOneOfWithArgs<Open, Close, Begin, End, End, SetOption, GetOption, SetMode, SetClock, Feed, Feed, Feed,
                             Create, Create, Enumerate, Enumerate, Enumerate, Destroy, Subscribe, Subscribe,
                             Unsubscribe, ListSubscriptions, Free, Free, InjectFailure>()(model);
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
