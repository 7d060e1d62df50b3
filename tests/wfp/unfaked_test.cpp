// Functions that are exported but not faked: the report counts their calls, and failures can be injected by name.
#include "unfaked.h"

#include <algorithm>
#include <array>

#include "stubs.h"
#include "support.h"

namespace qmforge::wfp {
namespace {

class Unfaked : public WfpTest {};

constexpr const char* function = "FwpmFilterAdd0";
constexpr DWORD answer = 120;  // ERROR_CALL_NOT_IMPLEMENTED

TEST_F(Unfaked, TheReportCountsTheCallsOfEachFunction) {
  EXPECT_EQ(unfaked_call(function, answer), answer);
  EXPECT_EQ(unfaked_call(function, answer), answer);
  EXPECT_EQ(unfaked_call("FwpmFilterGetById0", FWP_E_CONDITION_NOT_FOUND), FWP_E_CONDITION_NOT_FOUND);
  EXPECT_TRUE(report().clean());
  EXPECT_EQ(to_string(report()), "clean\nnot faked: FwpmFilterAdd0, 2 calls\nnot faked: FwpmFilterGetById0, 1 call\n");
  reset();
  EXPECT_EQ(to_string(report()), "clean\n");
}

TEST_F(Unfaked, EveryCallSiteFailsOnce) {
  fail_every_call_site_once(5);
  std::vector<DWORD> codes;
  for (int i = 0; i < 2; ++i) codes.push_back(unfaked_call(function, answer));
  EXPECT_THAT(codes, testing::ElementsAre(5u, answer));
}

TEST_F(Unfaked, AnUnknownFunctionCannotFail) { EXPECT_FALSE(fail("FwpmNothing0", 1, 5)); }

TEST_F(Unfaked, EveryStubCanFailByName) {
  for (const std::string_view name : unfaked_functions()) {
    ASSERT_TRUE(fail(name, 2, 5)) << name;
    EXPECT_EQ(unfaked_call(name.data(), answer), answer) << name;
    EXPECT_EQ(unfaked_call(name.data(), answer), 5u) << name;
    EXPECT_EQ(unfaked_call(name.data(), answer), answer) << name;
  }
}

/// What docs/wfp.md says of a stub, by its name.
enum class Kind : std::uint8_t { handle, no_entries, success, not_found, socket, not_implemented };

bool ends_with_any(std::string_view name, std::initializer_list<std::string_view> ends) {
  return std::ranges::any_of(ends, [&](std::string_view end) { return name.ends_with(end); });
}
bool contains_any(std::string_view name, std::initializer_list<std::string_view> parts) {
  return std::ranges::any_of(parts, [&](std::string_view part) { return name.find(part) != std::string_view::npos; });
}

Kind kind_of(std::string_view name) {
  const std::string_view stem = name.substr(0, name.find_last_not_of("0123456789") + 1);  // without the version
  if (name.starts_with("WSA")) return Kind::socket;
  if (ends_with_any(stem, {"CreateEnumHandle", "Subscribe", "SubscribeChanges"}) && !stem.ends_with("Unsubscribe"))
    return Kind::handle;
  if (ends_with_any(stem, {"DestroyEnumHandle", "Unsubscribe", "UnsubscribeChanges"})) return Kind::success;
  if (ends_with_any(stem, {"Enum", "SubscriptionsGet", "KeyManagersGet"})) return Kind::no_entries;
  if (ends_with_any(stem, {"ById", "ByKey"})) return Kind::not_found;
  if (contains_any(stem, {"SaContextAdd", "SaContextExpire", "SaContextUpdate", "ContextGetSpi", "ContextSetSpi",
                          "KeyManagerUnregister"}))
    return Kind::not_found;
  return Kind::not_implemented;
}

std::uint32_t not_found_code(std::string_view name) {
  static constexpr std::pair<std::string_view, std::uint32_t> codes[] = {
      {"FwpmCallout", 0x80320001},         {"FwpmFilter", 0x80320003},   {"FwpmLayer", 0x80320004},
      {"FwpmProviderContext", 0x80320006}, {"FwpmProvider", 0x80320005}, {"FwpmSubLayer", 0x80320007},
      {"FwpmIPsecTunnel", 0x80320006}};
  for (const auto& [object, code] : codes)
    if (name.starts_with(object)) return code;
  return 0x80320008;  // FWP_E_NOT_FOUND
}

constexpr std::uintptr_t untouched = 0x5a5a5a5a5a5a5a5a;

struct StubResult {
  std::uint32_t code = 0;
  std::array<std::uintptr_t, 10> out{};  // where each argument pointed to

  [[nodiscard]] std::size_t changed() const {
    return static_cast<std::size_t>(std::ranges::count_if(out, [](auto word) { return word != untouched; }));
  }
};

StubResult result_of(const Stub& stub) {
  StubResult result;
  result.out.fill(untouched);
  std::array<void*, 10> arguments;
  for (std::size_t i = 0; i < arguments.size(); ++i) arguments[i] = &result.out[i];
  result.code = call_stub(stub, arguments);
  return result;
}

void expect_handles(const Stub& stub) {
  const StubResult first = result_of(stub);
  const StubResult second = result_of(stub);
  EXPECT_EQ(first.code, 0u);
  ASSERT_EQ(first.changed(), 1u);
  const auto at = std::ranges::find_if(first.out, [](auto word) { return word != untouched; }) - first.out.begin();
  if (stub.name.find("CreateEnumHandle") != std::string_view::npos) {
    EXPECT_EQ(at, 2);
  } else {
    EXPECT_EQ(at, stub.name == "FwpmDynamicKeywordSubscribe0" ? 3 : 4);
  }
  EXPECT_NE(first.out[static_cast<std::size_t>(at)], 0u);
  EXPECT_NE(first.out[static_cast<std::size_t>(at)], second.out[static_cast<std::size_t>(at)]);
}

void expect_no_entries(const Stub& stub) {
  const StubResult result = result_of(stub);
  EXPECT_EQ(result.code, 0u);
  const std::size_t entries = stub.name.find("Get") == std::string_view::npos ? 3 : 1;
  EXPECT_EQ(result.out[entries], 0u);
  EXPECT_EQ(result.out[entries + 1] & 0xffffffff, 0u);
  EXPECT_EQ(result.out[entries + 1] >> 32, untouched >> 32) << "the number is a UINT32";
  EXPECT_EQ(result.changed(), 2u);
}

TEST_F(Unfaked, EveryStubAnswersAsItsNameSays) {
  EXPECT_EQ(all_stubs().size(), unfaked_functions().size());
  for (const Stub& stub : all_stubs()) {
    SCOPED_TRACE(stub.name);
    const Kind kind = kind_of(stub.name);
    if (kind == Kind::handle) {
      expect_handles(stub);
      continue;
    }
    if (kind == Kind::no_entries) {
      expect_no_entries(stub);
      continue;
    }
    const StubResult result = result_of(stub);
    EXPECT_EQ(result.changed(), 0u);
    EXPECT_EQ(result.code, kind == Kind::success     ? 0
                           : kind == Kind::not_found ? not_found_code(stub.name)
                           : kind == Kind::socket    ? 0xffffffff
                                                     : 120);
  }
}

TEST_F(Unfaked, AStubThatGivesSomethingNeedsAnAddressForIt) {
  for (const Stub& stub : all_stubs()) {
    const Kind kind = kind_of(stub.name);
    if (kind != Kind::handle && kind != Kind::no_entries) continue;
    EXPECT_EQ(call_stub(stub, {}), static_cast<std::uint32_t>(FWP_E_NULL_POINTER)) << stub.name;
  }
}

// By its own name: the report counts each under it, and it fails alone.
TEST_F(Unfaked, EveryStubIsCountedUnderItsName) {
  for (const Stub& stub : all_stubs()) {
    reset();
    ASSERT_TRUE(fail(stub.name, 2, 5));
    (void)result_of(stub);
    const StubResult failed = result_of(stub);
    EXPECT_EQ(failed.changed(), 0u) << stub.name;
    EXPECT_EQ(failed.code, kind_of(stub.name) == Kind::socket ? 0xffffffff : 5) << stub.name;
    EXPECT_EQ(to_string(report()), "clean\nnot faked: " + std::string(stub.name) + ", 2 calls\n");
  }
}

TEST_F(Unfaked, TheReportListsFunctionsByName) {
  for (const char* name : {"IPsecSaEnum0", "FwpmFilterAdd0", "WSASetSocketSecurity", "FwpmCalloutAdd0"})
    (void)unfaked_call(name, answer);
  FwpmFreeMemory0(nullptr);
  EXPECT_EQ(to_string(report()),
            "misuse: null-argument: call 1 (FwpmFreeMemory0): p is NULL\n"
            "not faked: FwpmCalloutAdd0, 1 call\n"
            "not faked: FwpmFilterAdd0, 1 call\n"
            "not faked: IPsecSaEnum0, 1 call\n"
            "not faked: WSASetSocketSecurity, 1 call\n");
}

}  // namespace
}  // namespace qmforge::wfp
