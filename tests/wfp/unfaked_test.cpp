// Functions that are exported but not faked: the report counts their calls, and failures can be injected by name.
#include "unfaked.h"

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

}  // namespace
}  // namespace qmforge::wfp
