// Conditions of templates, one comparison and one malformed value at a time.
#include <array>
#include <vector>

#include "support.h"

namespace qmforge::wfp {
namespace {

using testing::ElementsAre;

class FilterConditions : public WfpTest {
 protected:
  FWPM_FILTER_CONDITION0 condition(const GUID& field, FWP_DATA_TYPE type, FWP_MATCH_TYPE match = FWP_MATCH_EQUAL) {
    FWPM_FILTER_CONDITION0 one{};
    one.fieldKey = field;
    one.matchType = match;
    one.conditionValue.type = type;
    return one;
  }

  /// The result of FwpmNetEventCreateEnumHandle0 for a template with one condition.
  DWORD error_of(FWPM_FILTER_CONDITION0 one) {
    const Session session;
    HANDLE handle = nullptr;
    FWPM_NET_EVENT_ENUM_TEMPLATE0 enum_template{};
    enum_template.numFilterConditions = 1;
    enum_template.filterCondition = &one;
    return FwpmNetEventCreateEnumHandle0(session, &enum_template, &handle);
  }

  /// The filter ids of the events that match.
  std::vector<std::uint64_t> matching(FWPM_FILTER_CONDITION0 one) {
    FWPM_NET_EVENT_ENUM_TEMPLATE0 enum_template{};
    enum_template.numFilterConditions = 1;
    enum_template.filterCondition = &one;
    const Everything<5> everything(&enum_template);
    std::vector<std::uint64_t> ids;
    for (const auto* event : everything.page.entries()) ids.push_back(event->ikeQmFailure->qmFilterId);
    return ids;
  }

  /// Events 1, 2, 3 from the local ports 499, 500, 501.
  static void feed_ports() {
    for (std::uint16_t i = 1; i <= 3; ++i) {
      EventHeader header;
      header.localPort = static_cast<std::uint16_t>(498 + i);
      feed(transport_event(i), header);
    }
  }
};

TEST_F(FilterConditions, HaveEveryComparison) {
  feed_ports();
  FWPM_FILTER_CONDITION0 port = condition(FWPM_CONDITION_IP_LOCAL_PORT, FWP_UINT16);
  port.conditionValue.uint16 = 500;
  const auto ids = [&](FWP_MATCH_TYPE match) {
    port.matchType = match;
    return matching(port);
  };
  EXPECT_THAT(ids(FWP_MATCH_EQUAL), ElementsAre(2));
  EXPECT_THAT(ids(FWP_MATCH_NOT_EQUAL), ElementsAre(1, 3));
  EXPECT_THAT(ids(FWP_MATCH_LESS), ElementsAre(1));
  EXPECT_THAT(ids(FWP_MATCH_LESS_OR_EQUAL), ElementsAre(1, 2));
  EXPECT_THAT(ids(FWP_MATCH_GREATER), ElementsAre(3));
  EXPECT_THAT(ids(FWP_MATCH_GREATER_OR_EQUAL), ElementsAre(2, 3));
}

TEST_F(FilterConditions, CompareWithARange) {
  feed_ports();
  FWP_RANGE0 range{};
  range.valueLow.type = range.valueHigh.type = FWP_UINT16;
  range.valueLow.uint16 = 500;
  range.valueHigh.uint16 = 501;
  FWPM_FILTER_CONDITION0 port = condition(FWPM_CONDITION_IP_LOCAL_PORT, FWP_RANGE_TYPE, FWP_MATCH_RANGE);
  port.conditionValue.rangeValue = &range;
  EXPECT_THAT(matching(port), ElementsAre(2, 3));
  port.matchType = FWP_MATCH_NOT_EQUAL;
  EXPECT_THAT(matching(port), ElementsAre(1));
  range.valueLow.uint16 = 499;
  range.valueHigh.uint16 = 500;
  EXPECT_THAT(matching(port), ElementsAre(3));
}

// Less and greater need a single number.
TEST_F(FilterConditions, OfRangesMasksAndBytesHaveNoOrder) {
  FWP_RANGE0 range{};
  range.valueLow.type = range.valueHigh.type = FWP_UINT16;
  FWPM_FILTER_CONDITION0 port = condition(FWPM_CONDITION_IP_LOCAL_PORT, FWP_RANGE_TYPE);
  port.conditionValue.rangeValue = &range;
  FWP_V4_ADDR_AND_MASK mask{0x0a000000, 0xff000000};
  FWPM_FILTER_CONDITION0 address = condition(FWPM_CONDITION_IP_LOCAL_ADDRESS, FWP_V4_ADDR_MASK);
  address.conditionValue.v4AddrMask = &mask;
  FWP_BYTE_BLOB blob{0, nullptr};
  FWPM_FILTER_CONDITION0 app = condition(FWPM_CONDITION_ALE_APP_ID, FWP_BYTE_BLOB_TYPE);
  app.conditionValue.byteBlob = &blob;
  for (FWPM_FILTER_CONDITION0 one : {port, address, app}) {
    EXPECT_EQ(error_of(one), ERROR_SUCCESS);
    for (const FWP_MATCH_TYPE match :
         {FWP_MATCH_LESS, FWP_MATCH_LESS_OR_EQUAL, FWP_MATCH_GREATER, FWP_MATCH_GREATER_OR_EQUAL}) {
      one.matchType = match;
      EXPECT_EQ(error_of(one), FWP_E_MATCH_TYPE_MISMATCH) << match;
    }
  }
}

TEST_F(FilterConditions, NeedTheTypeOfTheirField) {
  EXPECT_EQ(error_of(condition(FWPM_CONDITION_IP_PROTOCOL, FWP_UINT32)), FWP_E_TYPE_MISMATCH);
  EXPECT_EQ(error_of(condition(FWPM_CONDITION_IP_LOCAL_PORT, FWP_UINT32)), FWP_E_TYPE_MISMATCH);
  EXPECT_EQ(error_of(condition(FWPM_CONDITION_IP_REMOTE_PORT, FWP_UINT8)), FWP_E_TYPE_MISMATCH);
  EXPECT_EQ(error_of(condition(FWPM_CONDITION_IP_LOCAL_ADDRESS, FWP_UINT16)), FWP_E_TYPE_MISMATCH);
  EXPECT_EQ(error_of(condition(FWPM_CONDITION_IP_LOCAL_PORT, FWP_V4_ADDR_MASK)), FWP_E_TYPE_MISMATCH);
  EXPECT_EQ(error_of(condition(FWPM_CONDITION_ALE_APP_ID, FWP_UNICODE_STRING_TYPE)), FWP_E_TYPE_MISMATCH);
  EXPECT_EQ(error_of(condition(FWPM_CONDITION_ALE_USER_ID, FWP_SECURITY_DESCRIPTOR_TYPE)), FWP_E_TYPE_MISMATCH);
}

TEST_F(FilterConditions, NeedBoundsOfOneType) {
  FWP_RANGE0 range{};
  FWPM_FILTER_CONDITION0 one = condition(FWPM_CONDITION_IP_LOCAL_ADDRESS, FWP_RANGE_TYPE, FWP_MATCH_RANGE);
  one.conditionValue.rangeValue = &range;
  FWP_BYTE_ARRAY16 v6{{0xff}};
  range.valueLow.type = FWP_UINT16;
  range.valueHigh.type = FWP_UINT32;
  EXPECT_EQ(error_of(one), FWP_E_TYPE_MISMATCH);
  range.valueLow.type = FWP_UINT32;
  range.valueHigh.type = FWP_UINT16;
  EXPECT_EQ(error_of(one), FWP_E_TYPE_MISMATCH);
  range.valueHigh.type = FWP_BYTE_ARRAY16_TYPE;
  range.valueHigh.byteArray16 = &v6;
  EXPECT_EQ(error_of(one), FWP_E_TYPE_MISMATCH) << "an IPv4 address and an IPv6 address";
  range.valueHigh.type = FWP_UINT32;
  range.valueHigh.uint32 = 1;
  EXPECT_EQ(error_of(one), ERROR_SUCCESS);
}

TEST_F(FilterConditions, NeedTheirPointees) {
  for (const FWP_DATA_TYPE type : {FWP_BYTE_ARRAY16_TYPE, FWP_V4_ADDR_MASK, FWP_V6_ADDR_MASK, FWP_RANGE_TYPE})
    EXPECT_EQ(error_of(condition(FWPM_CONDITION_IP_LOCAL_ADDRESS, type)), FWP_E_NULL_POINTER) << type;
  EXPECT_EQ(error_of(condition(FWPM_CONDITION_ALE_USER_ID, FWP_SID)), FWP_E_NULL_POINTER);
  FWPM_FILTER_CONDITION0 app = condition(FWPM_CONDITION_ALE_APP_ID, FWP_BYTE_BLOB_TYPE);
  EXPECT_EQ(error_of(app), FWP_E_NULL_POINTER);
  FWP_BYTE_BLOB blob{1, nullptr};
  app.conditionValue.byteBlob = &blob;
  EXPECT_EQ(error_of(app), FWP_E_NULL_POINTER) << "a size without data";
}

constexpr GUID net_event_type = {0x206e9996, 0x490e, 0x40cf, {0xb8, 0x31, 0xb3, 0x86, 0x41, 0xeb, 0x6f, 0xcb}};

TEST_F(FilterConditions, SelectByTheEventsType) {
  set_mode(Mode::otherKinds);
  feed(std::vector<Event>(3, transport_event()));
  FWPM_FILTER_CONDITION0 type = condition(net_event_type, FWP_UINT32);
  type.conditionValue.uint32 = FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE;
  EXPECT_EQ(matching(type).size(), 3u);
  FWPM_NET_EVENT_ENUM_TEMPLATE0 enum_template{};
  enum_template.numFilterConditions = 1;
  enum_template.filterCondition = &type;
  type.matchType = FWP_MATCH_GREATER;
  const Everything<5> others(&enum_template);
  ASSERT_EQ(others.page.size(), 2u);
  EXPECT_EQ(others.page[0].type, FWPM_NET_EVENT_TYPE_IKEEXT_EM_FAILURE);
  EXPECT_EQ(others.page[1].type, FWPM_NET_EVENT_TYPE_CLASSIFY_DROP);
  EXPECT_EQ(error_of(condition(net_event_type, FWP_UINT16)), FWP_E_TYPE_MISMATCH);
}

TEST_F(FilterConditions, OnBytesCompareTheSize) {
  EventHeader header;
  header.appId = u"app";
  feed(transport_event(1), header);
  std::array<char16_t, 4> path = {u'a', u'p', u'p', 0};
  FWP_BYTE_BLOB blob{8, reinterpret_cast<UINT8*>(path.data())};
  FWPM_FILTER_CONDITION0 app = condition(FWPM_CONDITION_ALE_APP_ID, FWP_BYTE_BLOB_TYPE);
  app.conditionValue.byteBlob = &blob;
  EXPECT_THAT(matching(app), ElementsAre(1));
  blob.size = 6;
  EXPECT_THAT(matching(app), ElementsAre());
  app.matchType = FWP_MATCH_NOT_EQUAL;
  EXPECT_THAT(matching(app), ElementsAre(1));
  // A blob of size 0 needs no data; an application's identifier is never empty, because it has its NUL.
  blob = {0, nullptr};
  EXPECT_THAT(matching(app), ElementsAre(1));
  app.matchType = FWP_MATCH_EQUAL;
  EXPECT_THAT(matching(app), ElementsAre());
}

}  // namespace
}  // namespace qmforge::wfp
