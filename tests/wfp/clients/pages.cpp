// A viewer that reads the log in pages of two, through templates: all, those of the first half of the time, those of
// one remote address, those of one type.
#include <fwpmu.h>
#include <windows.h>

#include <cstdio>
#include <cstring>

namespace {

struct Seen {
  UINT32 count = 0;
  UINT32 qm_failures = 0;
  FILETIME first{};
  FILETIME last{};
  FWP_IP_VERSION version = FWP_IP_VERSION_NONE;  // of the first event that has a remote address
  UINT32 remote_v4 = 0;
  FWP_BYTE_ARRAY16 remote_v6{};
};

void look_at(const FWPM_NET_EVENT& event, Seen& seen) {
  const auto& header = event.header;
  if (seen.count++ == 0) seen.first = header.timeStamp;
  seen.last = header.timeStamp;
  if (event.type == FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE) ++seen.qm_failures;
  if (seen.version != FWP_IP_VERSION_NONE || (header.flags & FWPM_NET_EVENT_FLAG_REMOTE_ADDR_SET) == 0) return;
  seen.version = header.ipVersion;
  seen.remote_v4 = header.remoteAddrV4;
  seen.remote_v6 = header.remoteAddrV6;
}

/// Everything that a template selects; the count is 0xffffffff when a call fails.
Seen enumerate(HANDLE engine, const FWPM_NET_EVENT_ENUM_TEMPLATE* enum_template) {
  Seen seen;
  HANDLE enumeration = nullptr;
  DWORD code = FwpmNetEventCreateEnumHandle(engine, enum_template, &enumeration);
  UINT32 returned = 2;
  while (code == ERROR_SUCCESS && returned == 2) {
    FWPM_NET_EVENT** entries = nullptr;
    code = FwpmNetEventEnum(engine, enumeration, 2, &entries, &returned);
    if (code != ERROR_SUCCESS) break;
    for (UINT32 i = 0; i < returned; ++i) look_at(*entries[i], seen);
    FwpmFreeMemory(reinterpret_cast<void**>(&entries));
  }
  if (enumeration != nullptr) FwpmNetEventDestroyEnumHandle(engine, enumeration);
  if (code == ERROR_SUCCESS) return seen;
  std::fprintf(stderr, "error 0x%08x\n", static_cast<unsigned>(code));
  seen.count = 0xffffffff;
  return seen;
}

ULONGLONG ticks(const FILETIME& time) {
  ULARGE_INTEGER value;
  value.LowPart = time.dwLowDateTime;
  value.HighPart = time.dwHighDateTime;
  return value.QuadPart;
}

FILETIME file_time(ULONGLONG ticks) {
  ULARGE_INTEGER value;
  value.QuadPart = ticks;
  return {value.LowPart, value.HighPart};
}

}  // namespace

int main() {
  HANDLE engine = nullptr;
  if (FwpmEngineOpen(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &engine) != ERROR_SUCCESS) return 1;
  const Seen all = enumerate(engine, nullptr);
  std::printf("all: %u\n", all.count);

  FWPM_NET_EVENT_ENUM_TEMPLATE by_time{};
  by_time.startTime = all.first;
  by_time.endTime = file_time((ticks(all.first) + ticks(all.last)) / 2);
  const Seen half = enumerate(engine, &by_time);
  std::printf("first half: %u, up to its end: %s\n", half.count,
              CompareFileTime(&half.last, &by_time.endTime) <= 0 ? "yes" : "no");

  FWPM_FILTER_CONDITION condition{};
  FWPM_NET_EVENT_ENUM_TEMPLATE by_condition{};
  by_condition.endTime = all.last;
  by_condition.numFilterConditions = 1;
  by_condition.filterCondition = &condition;
  condition.fieldKey = FWPM_CONDITION_IP_REMOTE_ADDRESS;
  condition.matchType = FWP_MATCH_EQUAL;
  FWP_BYTE_ARRAY16 address = all.remote_v6;
  if (all.version == FWP_IP_VERSION_V4) {
    condition.conditionValue.type = FWP_UINT32;
    condition.conditionValue.uint32 = all.remote_v4;
  } else {
    condition.conditionValue.type = FWP_BYTE_ARRAY16_TYPE;
    condition.conditionValue.byteArray16 = &address;
  }
  const Seen of_address = enumerate(engine, &by_condition);
  std::printf(
      "of the first one's remote address: %s\n",
      of_address.count > 0 && of_address.count <= all.count && of_address.remote_v4 == all.remote_v4 ? "some" : "none");

  condition.fieldKey = FWPM_CONDITION_NET_EVENT_TYPE;
  condition.conditionValue.type = FWP_UINT32;
  condition.conditionValue.uint32 = FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE;
  const Seen of_type = enumerate(engine, &by_condition);
  std::printf("Quick Mode failures: %s\n",
              of_type.count == all.qm_failures && of_type.qm_failures == of_type.count ? "all" : "not all");
  FwpmEngineClose(engine);
  return 0;
}
