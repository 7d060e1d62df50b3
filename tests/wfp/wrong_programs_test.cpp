// Every hostile mode, and a program with the bug that it exposes: without the mode the program passes, with it it does
// not. Each run is a process of its own, since some crash. A right program passes in every mode.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>

#include "support.h"

namespace qmforge::wfp {
namespace {

/// A program. It feeds what it reads, and passes if what it reads is what its author expects.
struct Program {
  Mode mode;
  const char* bug;
  bool (*passes)();
};

constexpr std::uint32_t gateway = 0xc0000201;  // 192.0.2.1, the local address of the default header

/// Feeds three events and reads each as FWPM_NET_EVENT<n>.
template <unsigned n>
bool all_of(const Event& event, bool (*is_expected)(const typename Version<n>::NetEvent&)) {
  feed(std::vector<Event>(3, event));
  const Everything<n> everything;
  return std::ranges::all_of(everything.page.entries(), [&](const auto* one) { return is_expected(*one); });
}

/// Reads a number where it looks like a mask, whatever the traffic type.
bool reads_any_local_subnet() {
  return all_of<0>(transport_event(), [](const FWPM_NET_EVENT0& event) {
    const FWP_CONDITION_VALUE0& subnet = event.ikeQmFailure->localSubNet;
    return subnet.type != FWP_V4_ADDR_MASK || subnet.v4AddrMask->addr == 0;
  });
}
bool reads_any_remote_subnet() {
  return all_of<0>(transport_event(), [](const FWPM_NET_EVENT0& event) {
    const FWP_CONDITION_VALUE0& subnet = event.ikeQmFailure->remoteSubNet;
    return subnet.type != FWP_V4_ADDR_MASK || subnet.v4AddrMask->addr == 0;
  });
}

bool reads_the_body() {
  return all_of<5>(transport_event(),
                   [](const FWPM_NET_EVENT5& event) { return event.ikeQmFailure->failureErrorCode == 13868; });
}

constexpr std::array<const char*, 11> type_names = {
    "MM failure",     "QM failure",      "EM failure",       "classify drop", "kernel drop", "DoSP drop",
    "classify allow", "capability drop", "capability allow", "MAC drop",      "LPM arrival"};

bool indexes_names_by_type() {
  return all_of<4>(transport_event(), [](const FWPM_NET_EVENT4& event) {
    return type_names.at(static_cast<std::uint32_t>(event.type)) !=
           nullptr;  // it throws, and the program has no handler
  });
}

bool reads_one_arm_always() {
  return all_of<3>(transport_event(77),
                   [](const FWPM_NET_EVENT3& event) { return event.ikeQmFailure->qmFilterId == 77; });
}

template <class Member>
bool is_unset(Member FWPM_NET_EVENT_HEADER3::* member) {
  feed(transport_event(), EventHeader{});
  const Everything<5> everything;
  const Member value = everything.page[0].header.*member;
  static constexpr std::array<std::byte, sizeof(Member)> zeros{};
  return std::memcmp(&value, zeros.data(), sizeof(value)) == 0;
}
bool takes_a_port_for_set() { return is_unset(&FWPM_NET_EVENT_HEADER3::localPort); }
bool takes_another_port_for_set() { return is_unset(&FWPM_NET_EVENT_HEADER3::remotePort); }
bool takes_a_protocol_for_set() { return is_unset(&FWPM_NET_EVENT_HEADER3::ipProtocol); }
bool takes_a_scope_for_set() { return is_unset(&FWPM_NET_EVENT_HEADER3::scopeId); }
bool takes_an_application_for_set() { return is_unset(&FWPM_NET_EVENT_HEADER3::appId); }
bool takes_a_user_for_set() { return is_unset(&FWPM_NET_EVENT_HEADER3::userId); }
bool takes_a_package_for_set() { return is_unset(&FWPM_NET_EVENT_HEADER3::packageSid); }
bool takes_an_enterprise_for_set() { return is_unset(&FWPM_NET_EVENT_HEADER3::enterpriseId); }
bool takes_policy_flags_for_set() { return is_unset(&FWPM_NET_EVENT_HEADER3::policyFlags); }
bool takes_a_name_for_set() { return is_unset(&FWPM_NET_EVENT_HEADER3::effectiveName); }
bool takes_a_local_address_for_set() { return is_unset(&FWPM_NET_EVENT_HEADER3::localAddrV6); }
bool takes_a_remote_address_for_set() { return is_unset(&FWPM_NET_EVENT_HEADER3::remoteAddrV6); }

template <std::size_t count>
bool has_name(std::uint32_t value) {
  return std::array<bool, count>{}.at(value) == false;
}
bool indexes_points() {
  return all_of<0>(transport_event(), [](const FWPM_NET_EVENT0& event) {
    return has_name<3>(static_cast<std::uint32_t>(event.ikeQmFailure->failurePoint));
  });
}
bool indexes_modules() {
  return all_of<0>(transport_event(), [](const FWPM_NET_EVENT0& event) {
    return has_name<3>(static_cast<std::uint32_t>(event.ikeQmFailure->keyingModuleType));
  });
}
bool indexes_states() {
  return all_of<0>(transport_event(), [](const FWPM_NET_EVENT0& event) {
    return has_name<4>(static_cast<std::uint32_t>(event.ikeQmFailure->qmState));
  });
}
bool indexes_roles() {
  return all_of<0>(transport_event(), [](const FWPM_NET_EVENT0& event) {
    return has_name<2>(static_cast<std::uint32_t>(event.ikeQmFailure->saRole));
  });
}

bool reads_v4_addresses_only() {
  return all_of<2>(v4_tunnel(), [](const FWPM_NET_EVENT2& event) { return event.header.localAddrV4 == gateway; });
}
bool reads_v4_masks_only() {
  return all_of<2>(v4_tunnel(), [](const FWPM_NET_EVENT2& event) {
    return event.ikeQmFailure->localSubNet.v4AddrMask->addr == 0x0a010000;
  });
}

bool keeps_32_bits_of_a_filter_id() {
  return all_of<4>(transport_event(0xfffffffe), [](const FWPM_NET_EVENT4& event) {
    return static_cast<std::uint32_t>(event.ikeQmFailure->qmFilterId) == event.ikeQmFailure->qmFilterId;
  });
}
bool keeps_32_bits_of_a_luid() {
  Event event = transport_event(77, Revision::r1);
  event.mmSaLuid = 0xfffffffd;
  return all_of<4>(event, [](const FWPM_NET_EVENT4& one) {
    return static_cast<std::uint32_t>(one.ikeQmFailure->mmSaLuid) == one.ikeQmFailure->mmSaLuid;
  });
}

/// How many batches are not freed of an enumeration whose pages are freed if they have entries.
bool frees_pages_that_have_entries() {
  feed(transport_event());
  const Session session;
  const HANDLE enum_handle = enumeration(session);
  for (UINT32 count = 1; count != 0;) {
    FWPM_NET_EVENT0** entries = nullptr;
    if (FwpmNetEventEnum0(session, enum_handle, 10, &entries, &count) != ERROR_SUCCESS) return false;
    if (count != 0) FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
  }
  return std::ranges::none_of(report().leaks, [](const Leak& leak) { return leak.what == "batch"; });
}

bool counts_in_16_bits() {
  feed(transport_event());
  const Everything<1> everything;
  return static_cast<std::uint16_t>(everything.page.size()) == everything.page.size();
}

bool takes_the_headers_addresses_for_the_gateways() {
  return all_of<1>(v4_tunnel(), [](const FWPM_NET_EVENT1& event) {
    return event.header.localAddrV4 == gateway && event.header.ipProtocol == 0;
  });
}

bool destroys_its_context_first() {
  const Session session;
  struct Context {
    std::atomic<bool> alive = true;
    std::atomic<bool> used_when_dead = false;
  } context;
  const auto callback = [](void* p, const FWPM_NET_EVENT1*) {
    auto& c = *static_cast<Context*>(p);
    if (!c.alive) c.used_when_dead = true;
  };
  feed(transport_event());
  const FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE events = nullptr;
  if (FwpmNetEventSubscribe0(session, &subscription, callback, &context, &events) != ERROR_SUCCESS) return false;
  context.alive = false;
  return FwpmNetEventUnsubscribe0(session, events) == ERROR_SUCCESS && !context.used_when_dead;
}

bool expects_two_callbacks(UINT32 session_flags) {
  FWPM_SESSION0 its_session{};
  its_session.flags = session_flags;
  HANDLE session = nullptr;
  if (FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, &its_session, &session) != ERROR_SUCCESS) return false;
  const FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  std::atomic<int> calls = 0;
  HANDLE events = nullptr;
  if (FwpmNetEventSubscribe0(session, &subscription, count_call, &calls, &events) != ERROR_SUCCESS) return false;
  feed(std::vector<Event>(2, transport_event()), {Delivery::live});
  wait_delivered();
  return FwpmNetEventUnsubscribe0(session, events) == ERROR_SUCCESS && FwpmEngineClose0(session) == ERROR_SUCCESS &&
         calls == 2;
}
bool waits_for_callbacks() { return expects_two_callbacks(0); }
bool waits_for_callbacks_in_a_dynamic_session() { return expects_two_callbacks(FWPM_SESSION_FLAG_DYNAMIC); }

/// What the fake places behind the structure happens to be the body.
bool reads_behind_the_structure() {
  return all_of<5>(transport_event(), [](const FWPM_NET_EVENT5& event) {
    std::uint32_t word;
    std::memcpy(&word, &event + 1, sizeof(word));
    return word == 13868;
  });
}

constexpr Program wrong_programs[] = {
    {Mode::staleSubnets, "ReadsALocalSubnet", reads_any_local_subnet},
    {Mode::staleSubnets, "ReadsARemoteSubnet", reads_any_remote_subnet},
    {Mode::nullSubnets, "ReadsALocalSubnet", reads_any_local_subnet},
    {Mode::nullSubnets, "ReadsARemoteSubnet", reads_any_remote_subnet},
    {Mode::nullBody, "ReadsTheBody", reads_the_body},
    {Mode::unknownTypes, "IndexesNamesByType", indexes_names_by_type},
    {Mode::otherKinds, "ReadsOneArmAlways", reads_one_arm_always},
    {Mode::unflaggedFields, "TakesALocalPortForSet", takes_a_port_for_set},
    {Mode::unflaggedFields, "TakesARemotePortForSet", takes_another_port_for_set},
    {Mode::unflaggedFields, "TakesAProtocolForSet", takes_a_protocol_for_set},
    {Mode::unflaggedFields, "TakesAScopeForSet", takes_a_scope_for_set},
    {Mode::unflaggedFields, "TakesAnApplicationForSet", takes_an_application_for_set},
    {Mode::unflaggedFields, "TakesAUserForSet", takes_a_user_for_set},
    {Mode::unflaggedFields, "TakesAPackageForSet", takes_a_package_for_set},
    {Mode::unflaggedFields, "TakesAnEnterpriseForSet", takes_an_enterprise_for_set},
    {Mode::unflaggedFields, "TakesPolicyFlagsForSet", takes_policy_flags_for_set},
    {Mode::unflaggedFields, "TakesANameForSet", takes_a_name_for_set},
    {Mode::unflaggedFields, "TakesALocalAddressForSet", takes_a_local_address_for_set},
    {Mode::unflaggedFields, "TakesARemoteAddressForSet", takes_a_remote_address_for_set},
    {Mode::pastMax, "IndexesFailurePoints", indexes_points},
    {Mode::pastMax, "IndexesKeyModules", indexes_modules},
    {Mode::pastMax, "IndexesStates", indexes_states},
    {Mode::pastMax, "IndexesRoles", indexes_roles},
    {Mode::bothFamilies, "ReadsV4Addresses", reads_v4_addresses_only},
    {Mode::bothFamilies, "ReadsV4Masks", reads_v4_masks_only},
    {Mode::wideIds, "Keeps32BitsOfAFilterId", keeps_32_bits_of_a_filter_id},
    {Mode::wideIds, "Keeps32BitsOfALuid", keeps_32_bits_of_a_luid},
    {Mode::otherSubnetTypes, "ReadsV4Masks", reads_v4_masks_only},
    {Mode::emptyBatch, "FreesPagesThatHaveEntries", frees_pages_that_have_entries},
    {Mode::largestBatch, "CountsIn16Bits", counts_in_16_bits},
    {Mode::lateCallback, "DestroysItsContextFirst", destroys_its_context_first},
    {Mode::subnetHeaders, "TakesSubnetsForGateways", takes_the_headers_addresses_for_the_gateways},
    {Mode::silent, "WaitsForCallbacks", waits_for_callbacks},
    {Mode::dynamicSilent, "WaitsForCallbacks", waits_for_callbacks_in_a_dynamic_session},
    {Mode::privateFields, "ReadsBehindTheStructure", reads_behind_the_structure},
};

/// Runs a program in a process of its own, which nothing outlives.
bool passes(bool (*program)(), Mode mode, bool on) {
  const pid_t child = fork();
  if (child == 0) {
    alarm(60);
    if (std::freopen("/dev/null", "w", stderr) == nullptr) _exit(2);
    set_mode(mode, on);
    _exit([&]() noexcept { return program(); }() ? 0 : 1);  // an exception ends it
  }
  int status = -1;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

class WrongProgram : public WfpTest, public testing::WithParamInterface<Program> {};

TEST_P(WrongProgram, PassesWithoutTheModeAndFailsWithIt) {
  EXPECT_TRUE(passes(GetParam().passes, GetParam().mode, false));
  EXPECT_FALSE(passes(GetParam().passes, GetParam().mode, true));
}

INSTANTIATE_TEST_SUITE_P(Modes, WrongProgram, testing::ValuesIn(wrong_programs), [](const auto& row) {
  std::string name(to_string(row.param.mode));
  std::ranges::replace(name, '-', '_');
  return name + "_" + row.param.bug;
});

TEST(WrongPrograms, ThereIsOneForEveryMode) {
  for (const Mode mode : all_modes)
    EXPECT_NE(std::ranges::find(wrong_programs, mode, &Program::mode), std::end(wrong_programs)) << to_string(mode);
}

/// Reads what the flags, the types and the pointers allow, frees every page, and waits for nothing.
bool is_right() {
  feed(transport_event(0x123456789));
  feed(v4_tunnel());
  feed(v6_tunnel());
  std::uint64_t failures = 0;
  {
    const Session session;
    const HANDLE enum_handle = enumeration(session);
    std::uint64_t sum = 0;
    for (UINT32 count = 1; count != 0;) {
      FWPM_NET_EVENT5** entries = nullptr;
      if (FwpmNetEventEnum5(session, enum_handle, 1000, &entries, &count) != ERROR_SUCCESS) return false;
      for (UINT32 i = 0; i < count; ++i) {
        if ((entries[i]->header.flags & FWPM_NET_EVENT_FLAG_IP_VERSION_SET) != 0) sum += entries[i]->header.localAddrV4;
        if (entries[i]->type != FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE || entries[i]->ikeQmFailure == nullptr) continue;
        const auto& failure = *entries[i]->ikeQmFailure;
        ++failures;
        if (failure.saTrafficType == IPSEC_TRAFFIC_TYPE_TUNNEL && failure.localSubNet.type == FWP_V4_ADDR_MASK &&
            failure.localSubNet.v4AddrMask != nullptr)
          sum += failure.localSubNet.v4AddrMask->addr;
        sum += failure.qmFilterId;
      }
      FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
    }
    const FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
    HANDLE events = nullptr;
    const auto callback = [](void*, const FWPM_NET_EVENT5*) {};
    if (FwpmNetEventSubscribe4(session, &subscription, callback, nullptr, &events) != ERROR_SUCCESS) return false;
    if (FwpmNetEventUnsubscribe0(session, events) != ERROR_SUCCESS) return false;
    if (sum == 0 && failures != 0) return false;
  }
  return report().clean() && (failures >= 3 || is_on(Mode::nullBody));
}

TEST(WrongPrograms, ARightOnePassesInEveryMode) {
  for (const Mode mode : all_modes)
    for (const bool on : {false, true}) EXPECT_TRUE(passes(is_right, mode, on)) << to_string(mode);
}

}  // namespace
}  // namespace qmforge::wfp
