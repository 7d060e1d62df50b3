// wfp_calls_fuzzer: bytes as calls of the fake WFP, one after the other, with any handles, pointers, counts and
// templates, beside a model that is just large enough to predict handles, misuses and leaks. Oracles:
//
//   wfp-code      call_codes lists the code; a wrong handle and a transaction give the code that docs/wfp.md says
//   wfp-result    a call that fails does not write its results
//   wfp-misuse    the report has a misuse of the right kind for each wrong handle and pointer, and no others
//   wfp-leak      the report's leaks are the open handles and the batches that are not freed
//   wfp-page      a page has at most the number of entries that is requested, and they lie in its batch
//   wfp-template  a template gives the code, and selects the events, that the tests' second matcher says
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "qmforge/fuzz/wrong_answer.h"
#include "qmforge/sim/choices.h"
#include "support/any_template.h"
#include "wfp/documented.h"
#include "wfp/matcher.h"

namespace qmforge::fuzz {
namespace {

using namespace wfp;

enum class Kind : std::uint8_t { engine, enumeration, subscription };

struct Opened {
  HANDLE handle;
  Kind kind;
  HANDLE session;
  bool is_open = true;
  bool is_excused = false;  // the call that was to close it failed by injection
  bool in_transaction = false;
};

/// Where a call writes a result.
template <class T>
struct Result {
  static inline T* const untouched = reinterpret_cast<T*>(0x5a5a5a50);
  T* value = untouched;
  [[nodiscard]] bool was_written() const { return value != untouched; }
};

template <class NetEvent>
void read_event(void*, const NetEvent* event) {
  (void)seen_of(*event);
}

class Calls {
 public:
  explicit Calls(std::span<const std::uint8_t> bytes) : choices_(bytes) {
    reset();
    set_clock(0, 1);
  }

  void run() {
    constexpr int most = 100;
    for (int i = 0; i < most && !choices_.rest().empty(); ++i) {
      choices_.one_in(4) ? control() : call();
      check_leaks();
    }
    reset();
    if (statistics().logged != 0 || !report().clean()) wrong_answer("wfp-leak", "something is left after reset()");
  }

 private:
  void control() {
    switch (choices_.choose(6)) {
      case 0: feed_seed(choices_.choose(16), choices_.choose(4)); break;
      case 1: {
        EventHeader header;
        header.ipVersion = choices_.coin() ? IpVersion::v6 : IpVersion::v4;
        header.localAddr = {0x20, 0x01, 0x0d, 0xb8};
        if (choices_.coin()) header.remotePort = static_cast<std::uint16_t>(499 + choices_.choose(4));
        if (choices_.coin()) header.appId = std::u16string(choices_.choose(3), u'a');
        if (choices_.one_in(4)) header.flags = static_cast<std::uint32_t>(choices_.bits(14));
        std::pmr::monotonic_buffer_resource storage;
        feed(sim::generate(choices_, {}, storage), header);
        break;
      }
      case 2:
        feed_seed(choices_.choose(16), choices_.choose(4), {}, {Delivery::live});
        wait_delivered();
        freed_.clear();  // the memory of callbacks' events may have been that of batches
        break;
      case 3: {
        const auto mode = static_cast<Mode>(choices_.choose(std::size(all_modes)));
        if (mode != Mode::largestBatch) set_mode(mode, !choices_.coin());  // 65,537 entries take a second
        break;
      }
      case 4:
        fail(static_cast<Function>(choices_.choose(function_count)), static_cast<std::uint32_t>(1 + choices_.choose(3)),
             injected_code);
        break;
      default: clear_failures(); break;
    }
  }

  void call() {
    switch (choices_.choose(12)) {
      case 0: return open();
      case 1: return close();
      case 2: return option();
      case 3: return transaction();
      case 4: return create_enumeration();
      case 5: return enumerate_any();
      case 6: return destroy();
      case 7: return subscribe_any();
      case 8: return unsubscribe();
      case 9: return list_subscriptions();
      case 10: return look_up();
      default: return free();
    }
  }

  // Handles -----------------------------------------------------------------------------------------------------------

  /// Often an open one of the kind; sometimes any, NULL or a number that is not a handle.
  HANDLE any_handle(Kind kind) {
    std::vector<HANDLE> usual;
    for (const Opened& one : handles_)
      if (one.kind == kind && one.is_open) usual.push_back(one.handle);
    if (!usual.empty() && !choices_.one_in(8)) return usual[choices_.choose(usual.size())];
    const std::size_t any = choices_.choose(handles_.size() + 2);
    if (any < handles_.size()) return handles_[any].handle;
    return any == handles_.size() ? nullptr : reinterpret_cast<HANDLE>(choices_.bits(16) | 1);
  }
  Opened* find(HANDLE handle) {
    const auto found = std::ranges::find(handles_, handle, &Opened::handle);
    return found == handles_.end() ? nullptr : &*found;
  }
  /// The misuse that a handle is; nothing for a right one.
  std::optional<MisuseKind> misuse_of(HANDLE handle, Kind kind, HANDLE session) {
    const Opened* const object = find(handle);
    if (object == nullptr) return MisuseKind::unknownHandle;
    if (!object->is_open) return MisuseKind::closedHandle;
    if (object->kind != kind) return MisuseKind::wrongKind;
    if (kind != Kind::engine && object->session != session) return MisuseKind::wrongSession;
    return std::nullopt;
  }
  /// The code that the session's handle gives; 0 if the other arguments decide.
  DWORD session_code(HANDLE handle, bool outside_transaction = false) {
    expected_misuse_ = misuse_of(handle, Kind::engine, nullptr);
    if (expected_misuse_) return ERROR_INVALID_HANDLE;
    return outside_transaction && find(handle)->in_transaction ? static_cast<DWORD>(FWP_E_TXN_IN_PROGRESS) : 0;
  }
  DWORD object_code(HANDLE handle, Kind kind, HANDLE session) {
    expected_misuse_ = misuse_of(handle, kind, session);
    if (!expected_misuse_) return 0;
    if (*expected_misuse_ == MisuseKind::wrongSession) return static_cast<DWORD>(FWP_E_WRONG_SESSION);
    return *expected_misuse_ == MisuseKind::wrongKind && kind == Kind::enumeration
               ? static_cast<DWORD>(FWP_E_INVALID_ENUMERATOR)
               : ERROR_INVALID_HANDLE;
  }
  static bool is_handle_code(DWORD code) {
    return code == ERROR_INVALID_HANDLE || code == static_cast<DWORD>(FWP_E_INVALID_ENUMERATOR) ||
           code == static_cast<DWORD>(FWP_E_WRONG_SESSION);
  }

  // After every call --------------------------------------------------------------------------------------------------

  /// `predicted`: the code, or 0 if the model knows none. Returns whether the call succeeded.
  bool check(Function function, DWORD code, DWORD predicted, bool was_written = false) {
    const Call last = calls().back();
    const std::string what = std::string(to_string(function)) + " returned " + std::to_string(code);
    if (last.function != function || last.result != code) wrong_answer("wfp-code", what + ", and another was logged");
    injected_ = last.injected;
    if (code != ERROR_SUCCESS && was_written) wrong_answer("wfp-result", what + " and wrote a result");
    if (!injected_) {
      if (code != ERROR_SUCCESS && !is_documented(function, code)) wrong_answer("wfp-code", what);
      const bool is_predictable = is_handle_code(code) || code == static_cast<DWORD>(FWP_E_TXN_IN_PROGRESS);
      if (predicted != 0 ? code != predicted : is_predictable)
        wrong_answer("wfp-code", what + ", expected " + std::to_string(predicted));
    }
    // A NULL inside a template is an error, but not a misuse.
    const Report now = report();
    const bool is_null = code == static_cast<DWORD>(FWP_E_NULL_POINTER) && now.misuses.size() > misuses_;
    check_misuse(injected_ ? std::nullopt : is_null ? std::optional(MisuseKind::nullArgument) : expected_misuse_, what);
    expected_misuse_ = std::nullopt;
    return code == ERROR_SUCCESS;
  }
  void check_misuse(std::optional<MisuseKind> expected, const std::string& what) {
    const Report now = report();
    if (expected) ++misuses_;
    if (now.misuses.size() != misuses_ || (expected && now.misuses.back().kind != *expected))
      wrong_answer("wfp-misuse", what + "\n" + to_string(now));
  }
  void check_leaks() {
    std::size_t expected = batches_.size();
    for (const Opened& one : handles_)
      if (one.is_open && !one.is_excused && !find(one.session)->is_excused) ++expected;
    const Report now = report();
    if (now.leaks.size() != expected)
      wrong_answer("wfp-leak", "expected " + std::to_string(expected) + " leaks\n" + to_string(now));
  }
  void add_batch(void* batch) {
    if (batch == nullptr) return;
    std::erase(freed_, batch);
    batches_.push_back(batch);
  }
  /// The model of a call that was to close a handle.
  void end(HANDLE handle, bool succeeded) {
    Opened* const one = find(handle);
    if (one == nullptr) return;
    if (injected_) one->is_excused = true;
    if (!succeeded) return;
    freed_.clear();  // Mode::lateCallback
    for (Opened& inner : handles_)
      if (inner.handle == handle || (one->kind == Kind::engine && inner.session == handle)) inner.is_open = false;
  }

  // The calls ---------------------------------------------------------------------------------------------------------

  void open() {
    FWPM_SESSION0 session{};
    session.sessionKey.Data1 = static_cast<std::uint32_t>(choices_.choose(3));
    session.flags = static_cast<UINT32>(choices_.one_in(8) ? choices_.integer(32) : choices_.choose(2));
    Result<void> handle;
    const WCHAR server[] = {u'x', 0};
    const DWORD code =
        FwpmEngineOpen0(choices_.one_in(16) ? server : nullptr,
                        choices_.one_in(16) ? static_cast<UINT32>(choices_.choose(20)) : RPC_C_AUTHN_WINNT, nullptr,
                        choices_.coin() ? &session : nullptr, choices_.one_in(16) ? nullptr : &handle.value);
    if (check(Function::engineOpen0, code, 0, handle.was_written()))
      handles_.push_back({handle.value, Kind::engine, handle.value});
  }
  void close() {
    if (!choices_.one_in(4)) return;  // else sessions end before anything is done in them
    const HANDLE session = any_handle(Kind::engine);
    const DWORD predicted = session_code(session);
    end(session, check(Function::engineClose0, FwpmEngineClose0(session), predicted));
  }
  void option() {
    const HANDLE session = any_handle(Kind::engine);
    const auto number = static_cast<FWPM_ENGINE_OPTION>(choices_.choose(8));
    if (choices_.coin()) {
      Result<FWP_VALUE0> value;
      const DWORD code = FwpmEngineGetOption0(session, number, choices_.one_in(16) ? nullptr : &value.value);
      if (check(Function::engineGetOption0, code, session_code(session), value.was_written())) add_batch(value.value);
      return;
    }
    FWP_VALUE0 value{};
    value.type = choices_.one_in(8) ? FWP_UINT64 : FWP_UINT32;
    value.uint32 = static_cast<UINT32>(choices_.choose(3));
    const DWORD code = FwpmEngineSetOption0(session, number, choices_.one_in(16) ? nullptr : &value);
    check(Function::engineSetOption0, code, session_code(session, true));
  }
  void transaction() {
    const HANDLE session = any_handle(Kind::engine);
    const std::uint64_t which = choices_.choose(3);
    if (which == 0) {
      const auto flags = static_cast<UINT32>(choices_.one_in(8) ? choices_.integer(32) : 0);
      if (check(Function::transactionBegin0, FwpmTransactionBegin0(session, flags), session_code(session, true)))
        find(session)->in_transaction = true;
      return;
    }
    const DWORD code = which == 1 ? FwpmTransactionCommit0(session) : FwpmTransactionAbort0(session);
    const Opened* const known = find(session);
    DWORD predicted = session_code(session);
    if (predicted == 0 && !known->in_transaction) predicted = static_cast<DWORD>(FWP_E_NO_TXN_IN_PROGRESS);
    if (check(which == 1 ? Function::transactionCommit0 : Function::transactionAbort0, code, predicted))
      find(session)->in_transaction = false;
  }

  void create_enumeration() {
    const HANDLE session = any_handle(Kind::engine);
    AnyTemplate any(choices_);
    const FWPM_NET_EVENT_ENUM_TEMPLATE0* const all = choices_.one_in(4) ? nullptr : &any.get();
    Result<void> handle;
    const bool is_given = !choices_.one_in(16);
    const DWORD code = FwpmNetEventCreateEnumHandle0(session, all, is_given ? &handle.value : nullptr);
    DWORD predicted = session_code(session, true);
    if (predicted == 0 && is_given && all != nullptr) predicted = matcher::code_of(*all);
    if (!check(Function::netEventCreateEnumHandle0, code, predicted, handle.was_written())) return;
    handles_.push_back({handle.value, Kind::enumeration, session});
    if (all != nullptr) check_template(handle.value, session, *all);
  }
  /// Reads everything that a new enumeration returns, and what one without a template does.
  void check_template(HANDLE filtered, HANDLE session, const FWPM_NET_EVENT_ENUM_TEMPLATE0& all) {
    clear_failures();
    set_mode(Mode::emptyBatch, false);
    HANDLE everything = nullptr;
    FwpmNetEventCreateEnumHandle0(session, nullptr, &everything);
    std::vector<Seen> expected = events_of(session, everything);
    std::erase_if(expected, [&](const Seen& seen) { return !matcher::selects(all, seen); });
    if (events_of(session, filtered) != expected)
      wrong_answer("wfp-template", "other events than the " + std::to_string(expected.size()) + " expected");
    FwpmNetEventDestroyEnumHandle0(session, everything);
  }
  static std::vector<Seen> events_of(HANDLE session, HANDLE enumeration) {
    FWPM_NET_EVENT5** entries = nullptr;
    UINT32 count = 0;
    FwpmNetEventEnum5(session, enumeration, 0xffffffff, &entries, &count);
    std::vector<Seen> events;
    for (UINT32 i = 0; i < count; ++i) events.push_back(seen_of(*entries[i]));
    FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
    return events;
  }

  void enumerate_any() {
    switch (choices_.choose(6)) {
      case 0: return enumerate(FwpmNetEventEnum0, Function::netEventEnum0);
      case 1: return enumerate(FwpmNetEventEnum1, Function::netEventEnum1);
      case 2: return enumerate(FwpmNetEventEnum2, Function::netEventEnum2);
      case 3: return enumerate(FwpmNetEventEnum3, Function::netEventEnum3);
      case 4: return enumerate(FwpmNetEventEnum4, Function::netEventEnum4);
      default: return enumerate(FwpmNetEventEnum5, Function::netEventEnum5);
    }
  }
  template <class NetEvent>
  void enumerate(DWORD(WINAPI* enumerate_page)(HANDLE, HANDLE, UINT32, NetEvent***, UINT32*), Function function) {
    const HANDLE session = any_handle(Kind::engine);
    const HANDLE enumeration = any_handle(Kind::enumeration);
    const auto requested = static_cast<UINT32>(choices_.one_in(4) ? choices_.integer(32) : choices_.choose(4));
    Result<NetEvent*> entries;
    constexpr UINT32 no_count = 0x5a5a5a5a;
    UINT32 count = no_count;
    DWORD predicted = session_code(session);
    if (predicted == 0) predicted = object_code(enumeration, Kind::enumeration, session);
    const DWORD code = enumerate_page(session, enumeration, requested, choices_.one_in(16) ? nullptr : &entries.value,
                                      choices_.one_in(16) ? nullptr : &count);
    if (!check(function, code, predicted, entries.was_written() || count != no_count)) return;
    if (count > requested) wrong_answer("wfp-page", std::to_string(count) + " of " + std::to_string(requested));
    const std::span<const std::byte> batch = memory_from(entries.value);
    if (batch.size() < count * sizeof(NetEvent*)) wrong_answer("wfp-page", "the array is not in a batch");
    for (UINT32 i = 0; i < count; ++i) {
      if (memory_from(entries.value[i]).data() + memory_from(entries.value[i]).size() != batch.data() + batch.size())
        wrong_answer("wfp-page", "an entry is not in the batch");
      (void)seen_of(*entries.value[i]);
    }
    add_batch(entries.value);
  }
  void destroy() {
    const HANDLE session = any_handle(Kind::engine);
    const HANDLE enumeration = any_handle(Kind::enumeration);
    DWORD predicted = session_code(session);
    if (predicted == 0) predicted = object_code(enumeration, Kind::enumeration, session);
    end(enumeration,
        check(Function::netEventDestroyEnumHandle0, FwpmNetEventDestroyEnumHandle0(session, enumeration), predicted));
  }

  void subscribe_any() {
    switch (choices_.choose(5)) {
      case 0: return subscribe(FwpmNetEventSubscribe0, Function::netEventSubscribe0);
      case 1: return subscribe(FwpmNetEventSubscribe1, Function::netEventSubscribe1);
      case 2: return subscribe(FwpmNetEventSubscribe2, Function::netEventSubscribe2);
      case 3: return subscribe(FwpmNetEventSubscribe3, Function::netEventSubscribe3);
      default: return subscribe(FwpmNetEventSubscribe4, Function::netEventSubscribe4);
    }
  }
  template <class NetEvent>
  void subscribe(DWORD(WINAPI* subscribe_to)(HANDLE, const FWPM_NET_EVENT_SUBSCRIPTION0*,
                                             void(CALLBACK*)(void*, const NetEvent*), void*, HANDLE*),
                 Function function) {
    const HANDLE session = any_handle(Kind::engine);
    AnyTemplate any(choices_);
    FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
    subscription.enumTemplate = choices_.coin() ? &any.get() : nullptr;
    Result<void> handle;
    const bool is_complete = !choices_.one_in(8);
    const DWORD code = subscribe_to(session, is_complete || choices_.coin() ? &subscription : nullptr,
                                    is_complete || choices_.coin() ? read_event<NetEvent> : nullptr, nullptr,
                                    is_complete ? &handle.value : nullptr);
    DWORD predicted = session_code(session, true);
    if (predicted == 0 && is_complete && subscription.enumTemplate != nullptr) predicted = matcher::code_of(any.get());
    if (check(function, code, predicted, handle.was_written()))
      handles_.push_back({handle.value, Kind::subscription, session});
  }
  void unsubscribe() {
    const HANDLE session = any_handle(Kind::engine);
    const HANDLE subscription = any_handle(Kind::subscription);
    DWORD predicted = session_code(session, true);
    if (predicted == 0 && subscription != nullptr) predicted = object_code(subscription, Kind::subscription, session);
    end(subscription,
        check(Function::netEventUnsubscribe0, FwpmNetEventUnsubscribe0(session, subscription), predicted));
  }
  void list_subscriptions() {
    const HANDLE session = any_handle(Kind::engine);
    Result<FWPM_NET_EVENT_SUBSCRIPTION0*> entries;
    UINT32 count = 0;
    const DWORD code = FwpmNetEventSubscriptionsGet0(session, choices_.one_in(16) ? nullptr : &entries.value,
                                                     choices_.one_in(16) ? nullptr : &count);
    if (!check(Function::netEventSubscriptionsGet0, code, session_code(session), entries.was_written())) return;
    const auto open = static_cast<std::size_t>(std::ranges::count_if(
        handles_, [](const Opened& one) { return one.kind == Kind::subscription && one.is_open; }));
    if (count != open) wrong_answer("wfp-page", std::to_string(count) + " subscriptions, open " + std::to_string(open));
    for (UINT32 i = 0; i < count; ++i)
      if (const FWPM_NET_EVENT_ENUM_TEMPLATE0* const all = entries.value[i]->enumTemplate)
        if (matcher::code_of(*all) != ERROR_SUCCESS) wrong_answer("wfp-template", "lists a wrong template");
    add_batch(entries.value);
  }

  void free() {
    void* pointer = nullptr;
    std::optional<MisuseKind> misuse;
    const std::uint64_t which = choices_.choose(8);
    if (which == 1 && !batches_.empty()) {
      pointer = static_cast<std::byte*>(batches_[choices_.choose(batches_.size())]) + 1;
      misuse = MisuseKind::insideBatch;
    } else if (which == 2 && !freed_.empty()) {
      pointer = freed_[choices_.choose(freed_.size())];
      misuse = MisuseKind::doubleFree;
    } else if (which == 3) {
      pointer = reinterpret_cast<void*>(choices_.bits(12) | 1);
      misuse = MisuseKind::unknownPointer;
    } else if (which == 5) {
      misuse = MisuseKind::nullArgument;
    } else if (which != 4 && !batches_.empty()) {
      const std::size_t at = choices_.choose(batches_.size());
      pointer = batches_[at];
      freed_.push_back(pointer);
      batches_.erase(batches_.begin() + static_cast<std::ptrdiff_t>(at));
    }
    FwpmFreeMemory0(misuse == MisuseKind::nullArgument ? nullptr : &pointer);
    if (pointer != nullptr) wrong_answer("wfp-result", "FwpmFreeMemory0 leaves the pointer");
    check_misuse(misuse, "FwpmFreeMemory0");
  }

  void look_up() {
    const std::u16string name(choices_.choose(3), choices_.coin() ? u':' : u'C');
    if (choices_.coin()) {
      Result<FWP_BYTE_BLOB> app_id;
      const DWORD code = FwpmGetAppIdFromFileName0(choices_.one_in(8) ? nullptr : name.c_str(),
                                                   choices_.one_in(8) ? nullptr : &app_id.value);
      if (check(Function::getAppIdFromFileName0, code, 0, app_id.was_written())) add_batch(app_id.value);
      return;
    }
    const HANDLE session = any_handle(Kind::engine);
    const auto wanted = static_cast<UINT32>(choices_.bits(4));
    PSID owner = nullptr;
    PACL list = nullptr;
    if (choices_.coin()) {
      const DWORD code = FwpmNetEventsSetSecurityInfo0(session, wanted, nullptr, nullptr, nullptr, nullptr);
      check(Function::netEventsSetSecurityInfo0, code, session_code(session, true));
      return;
    }
    Result<void> descriptor;
    const DWORD code = FwpmNetEventsGetSecurityInfo0(session, wanted, choices_.coin() ? &owner : nullptr, nullptr,
                                                     nullptr, choices_.coin() ? &list : nullptr,
                                                     choices_.one_in(16) ? nullptr : &descriptor.value);
    if (check(Function::netEventsGetSecurityInfo0, code, session_code(session), descriptor.was_written()))
      add_batch(descriptor.value);
  }

  static constexpr std::uint32_t injected_code = 5;

  sim::ByteChoices choices_;
  std::vector<Opened> handles_;
  std::vector<void*> batches_;
  std::vector<void*> freed_;
  std::size_t misuses_ = 0;
  std::optional<MisuseKind> expected_misuse_;  // of the next call to be checked
  bool injected_ = false;                      // the last call failed by injection
};

}  // namespace
}  // namespace qmforge::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  qmforge::fuzz::Calls(std::span(data, size)).run();
  return 0;
}
