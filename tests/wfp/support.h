// Shared by the tests of the fake: events built by hand, and sessions that end with their scope.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "delivered.h"
#include "documented.h"
#include "qmforge/event.h"
#include "qmforge/wfp/control.h"
#include "qmforge/wfp/fwpmu.h"

namespace qmforge::wfp {

/// Whether AddressSanitizer ends a program that reads what it must not.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool reads_are_checked = true;
#elif defined(__has_feature)
inline constexpr bool reads_are_checked = __has_feature(address_sanitizer);
#else
inline constexpr bool reads_are_checked = false;
#endif

/// Resets the fake before and after. Whatever a test does, no call returns what docs/wfp.md does not say of it.
class WfpTest : public testing::Test {
 protected:
  WfpTest() { reset(); }
  ~WfpTest() override {
    EXPECT_EQ(undocumented_calls(), "");
    reset();
  }
};

constexpr std::uint32_t injected = 0x80320037;  // the code of injected failures

/// Runs a scenario; returns its error, or "" if it has none.
inline std::string error_of(std::string_view text) {
  const auto result = run_scenario(text);
  return result ? std::string() : result.error();
}

inline Event transport_event(std::uint64_t filter_id = 77, Revision revision = Revision::r0) {
  Event event;
  event.revision = revision;
  event.failureErrorCode = 13868;
  event.failurePoint = FailurePoint::me;
  event.keyingModuleType = KeyModuleType::ikev2;
  event.qmState = QmSaState::initial;
  event.saRole = SaRole::responder;
  event.saTrafficType = TrafficType::transport;
  event.qmFilterId = filter_id;
  event.mmSaLuid = 0x1122334455667788;
  event.mmProviderContextKey = {0x12345678, 0x9abc, 0xdef0, {1, 2, 3, 4, 5, 6, 7, 8}};
  event.localSubNet = ConditionValue(DataType::empty);
  event.remoteSubNet = ConditionValue(DataType::empty);
  return event;
}

inline Event v4_tunnel(std::uint64_t filter_id = 78, Revision revision = Revision::r0) {
  Event event = transport_event(filter_id, revision);
  event.saTrafficType = TrafficType::tunnel;
  event.localSubNet = ConditionValue(DataType::v4AddrMask);
  event.localSubNet.v4AddrMask = {0x0a010000, 0xffff0000};  // 10.1.0.0/16
  event.remoteSubNet = ConditionValue(DataType::v4AddrMask);
  event.remoteSubNet.v4AddrMask = {0xc0a80100, 0xffffff00};  // 192.168.1.0/24
  return event;
}

inline Event v6_tunnel(std::uint64_t filter_id = 79, Revision revision = Revision::r0) {
  Event event = transport_event(filter_id, revision);
  event.saTrafficType = TrafficType::tunnel;
  event.localSubNet = ConditionValue(DataType::v6AddrMask);
  event.localSubNet.v6AddrMask = {{0x20, 0x01, 0x0d, 0xb8, 0, 1}, 48};
  event.remoteSubNet = ConditionValue(DataType::v6AddrMask);
  event.remoteSubNet.v6AddrMask = {{0x20, 0x01, 0x0d, 0xb8, 0, 2}, 64};
  return event;
}

/// An engine handle that closes itself.
class Session {
 public:
  Session() { EXPECT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &handle_), ERROR_SUCCESS); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() { EXPECT_EQ(FwpmEngineClose0(handle_), ERROR_SUCCESS); }
  operator HANDLE() const { return handle_; }  // NOLINT(google-explicit-constructor)

 private:
  HANDLE handle_ = nullptr;
};

inline HANDLE enumeration(HANDLE session, const FWPM_NET_EVENT_ENUM_TEMPLATE0* enum_template = nullptr) {
  HANDLE handle = nullptr;
  EXPECT_EQ(FwpmNetEventCreateEnumHandle0(session, enum_template, &handle), ERROR_SUCCESS);
  return handle;
}

/// A page of an enumeration that frees itself.
template <unsigned n>
class Page {
 public:
  using NetEvent = typename Version<n>::NetEvent;

  Page(HANDLE session, HANDLE enumeration, UINT32 requested) {
    code = Version<n>::enumerate(session, enumeration, requested, &entries_, &size_);
  }
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;
  ~Page() { FwpmFreeMemory0(reinterpret_cast<void**>(&entries_)); }

  [[nodiscard]] std::span<NetEvent* const> entries() const { return {entries_, size_}; }
  [[nodiscard]] UINT32 size() const { return size_; }
  [[nodiscard]] bool is_null() const { return entries_ == nullptr; }
  const NetEvent& operator[](std::size_t i) const { return *entries_[i]; }

  DWORD code;

 private:
  NetEvent** entries_ = nullptr;
  UINT32 size_ = 0;
};

/// All events of an enumeration.
template <unsigned n>
class Everything {
 public:
  explicit Everything(const FWPM_NET_EVENT_ENUM_TEMPLATE0* enum_template = nullptr)
      : handle_(enumeration(session_, enum_template)), page(session_, handle_, 0xffffffff) {}

 private:
  Session session_;
  HANDLE handle_;

 public:
  Page<n> page;
};

/// The event that a body in the fake's memory holds, as the decoder of memory images reads it.
template <class Body>
Event decoded(const Body* body, Revision revision) {
  const auto event = decode_delivered(body, revision);
  if (!event) {
    ADD_FAILURE() << to_string(event.error().code) << " at " << event.error().offset << ", "
                  << event.error().field.to_string();
    return transport_event();
  }
  return *event;
}

inline std::vector<MisuseKind> misuse_kinds() {
  std::vector<MisuseKind> result;
  for (const Misuse& misuse : report().misuses) result.push_back(misuse.kind);
  return result;
}

/// A callback that counts its calls in its context, a std::atomic<int>.
inline void count_call(void* context, const FWPM_NET_EVENT1*) { ++*static_cast<std::atomic<int>*>(context); }

inline std::uint64_t time_of(const FILETIME& time) {
  return static_cast<std::uint64_t>(time.dwHighDateTime) << 32 | time.dwLowDateTime;
}

/// The time stamps of everything that is logged.
inline std::vector<std::uint64_t> logged_times() {
  const Everything<5> everything;
  std::vector<std::uint64_t> times;
  for (const auto* event : everything.page.entries()) times.push_back(time_of(event->header.timeStamp));
  return times;
}

}  // namespace qmforge::wfp
