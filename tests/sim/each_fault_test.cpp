// Each fault has an effect: a message without it is accepted and has no such finding; with it, it gets the result
// below. The table is written out and not computed: a fault, or one of its formats, without a row fails.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "qmforge/inspect.h"
#include "qmforge/names.h"
#include "qmforge/sim/faults.h"
#include "qmforge/testing/events.h"
#include "qmforge/validate.h"
#include "sim/forms.h"
#include "sim/known_events.h"

namespace qmforge::sim {
namespace {

using enum Fault;
using enum Format;

struct Row {
  Fault fault;
  Format format;
  std::string_view event;   // its shape; see known_events.h
  std::string_view result;  // of the fault at its first site: `code at offset, field`, or the findings
};

constexpr Row rows[] = {
    // clang-format off
    {truncatedInput, ndr20, "tunnel_v4", "truncated at 0, Version"},
    {truncatedInput, ndr20Body, "tunnel_v4", "truncated at 0, failureErrorCode"},
    {truncatedInput, ndr64, "tunnel_v4", "truncated at 0, failureErrorCode"},
    {truncatedInput, native64, "tunnel_v4", "truncated at 0, failureErrorCode"},
    {truncatedInput, native32, "tunnel_v4", "truncated at 0, failureErrorCode"},
    {truncatedObject, ndr20, "tunnel_v4", "truncated at 16, failureErrorCode"},
    {bytesAfterObject, ndr20, "tunnel_v4", "trailing-bytes at 96"},
    {bytesAfterObject, ndr20Body, "tunnel_v4", "trailing-bytes at 80"},
    {bytesAfterObject, ndr64, "tunnel_v4", "trailing-bytes at 112"},
    {bytesAfterLength, ndr20, "tunnel_v4", "trailing-bytes at 96"},
    {headerVersion, ndr20, "tunnel_v4", "header-version at 0, Version"},
    {headerEndianness, ndr20, "tunnel_v4", "header-endianness at 1, Endianness"},
    {headerEndiannessFlipped, ndr20, "tunnel_v4", "object-length at 8, ObjectBufferLength"},
    {headerLength, ndr20, "tunnel_v4", "header-length at 2, CommonHeaderLength"},
    {objectLengthShort, ndr20, "tunnel_v4", "truncated at 16, failureErrorCode"},
    {objectLengthLong, ndr20, "tunnel_v4", "object-length at 8, ObjectBufferLength"},
    {objectLengthUnaligned, ndr20, "tunnel_v4", "object-length at 8, ObjectBufferLength"},
    {objectLengthSwapped, ndr20, "tunnel_v4", "object-length at 8, ObjectBufferLength"},
    {trafficTypeDiffers, ndr20, "tunnel_v4", "union-tag-mismatch at 40, localSubNet"},
    {trafficTypeDiffers, ndr20Body, "tunnel_v4", "union-tag-mismatch at 24, localSubNet"},
    {trafficTypeDiffers, ndr64, "tunnel_v4", "union-tag-mismatch at 24, localSubNet"},
    {trafficTypeUnknown, ndr20, "tunnel_v4", "union-tag-unknown at 40, localSubNet"},
    {trafficTypeUnknown, ndr20Body, "tunnel_v4", "union-tag-unknown at 24, localSubNet"},
    {trafficTypeUnknown, ndr64, "tunnel_v4", "union-tag-unknown at 24, localSubNet"},
    {trafficTypeUnknown, native64, "tunnel_v4", "union-tag-unknown at 20, saTrafficType"},
    {trafficTypeUnknown, native32, "tunnel_v4", "union-tag-unknown at 20, saTrafficType"},
    {outerTagDiffers, ndr20, "tunnel_v4", "union-tag-mismatch at 40, localSubNet"},
    {outerTagDiffers, ndr20Body, "tunnel_v4", "union-tag-mismatch at 24, localSubNet"},
    {outerTagDiffers, ndr64, "tunnel_v4", "union-tag-mismatch at 24, localSubNet"},
    {outerTagAbsent, ndr20, "tunnel_v4", "union-tag-mismatch at 40, localSubNet"},
    {outerTagAbsent, ndr20Body, "tunnel_v4", "union-tag-mismatch at 24, localSubNet"},
    {outerTagAbsent, ndr64, "tunnel_v4", "union-tag-mismatch at 24, localSubNet"},
    {outerTagTwice, ndr20, "tunnel_v4", "union-tag-mismatch at 48, localSubNet.type"},
    {outerTagTwice, ndr20Body, "tunnel_v4", "union-tag-mismatch at 32, localSubNet.type"},
    {outerTagTwice, ndr64, "tunnel_v4", "union-tag-mismatch at 40, localSubNet.type"},
    {typeDiffers, ndr20, "tunnel_v4", "union-tag-mismatch at 48, localSubNet.type"},
    {typeDiffers, ndr20Body, "tunnel_v4", "union-tag-mismatch at 32, localSubNet.type"},
    {typeDiffers, ndr64, "tunnel_v4", "union-tag-mismatch at 40, localSubNet.type"},
    {typeUnknown, ndr20, "tunnel_v4", "union-tag-unknown at 48, localSubNet.type"},
    {typeUnknown, ndr20Body, "tunnel_v4", "union-tag-unknown at 32, localSubNet.type"},
    {typeUnknown, ndr64, "tunnel_v4", "union-tag-unknown at 40, localSubNet.type"},
    {typeUnknown, native64, "tunnel_v4", "union-tag-unknown at 24, localSubNet.type"},
    {typeUnknown, native32, "tunnel_v4", "union-tag-unknown at 24, localSubNet.type"},
    {innerTagDiffers, ndr20, "tunnel_v4", "union-tag-mismatch at 48, localSubNet.type"},
    {innerTagDiffers, ndr20Body, "tunnel_v4", "union-tag-mismatch at 32, localSubNet.type"},
    {innerTagDiffers, ndr64, "tunnel_v4", "union-tag-mismatch at 40, localSubNet.type"},
    {innerTagAbsent, ndr20, "tunnel_v4", "union-tag-mismatch at 48, localSubNet.type"},
    {innerTagAbsent, ndr20Body, "tunnel_v4", "union-tag-mismatch at 32, localSubNet.type"},
    {innerTagAbsent, ndr64, "tunnel_v4", "union-tag-mismatch at 40, localSubNet.type"},
    {innerTagTwice, ndr20, "tunnel_v4", "union-tag-mismatch at 56, remoteSubNet"},
    {innerTagTwice, ndr20Body, "tunnel_v4", "union-tag-mismatch at 40, remoteSubNet"},
    {innerTagTwice, ndr64, "tunnel_v4", "union-tag-mismatch at 56, remoteSubNet"},
    {maxCountDiffers, ndr20, "tunnel_blob5", "array-count-mismatch at 88, localSubNet.byteBlob.data"},
    {maxCountDiffers, ndr20Body, "tunnel_blob5", "array-count-mismatch at 72, localSubNet.byteBlob.data"},
    {maxCountDiffers, ndr64, "tunnel_blob5", "array-count-mismatch at 104, localSubNet.byteBlob.data"},
    {maxCountUpperHalf, ndr64, "tunnel_blob5", "array-count-mismatch at 104, localSubNet.byteBlob.data"},
    {sizeIsDiffers, ndr20, "tunnel_blob5", "array-count-mismatch at 88, localSubNet.byteBlob.data"},
    {sizeIsDiffers, ndr20Body, "tunnel_blob5", "array-count-mismatch at 72, localSubNet.byteBlob.data"},
    {sizeIsDiffers, ndr64, "tunnel_blob5", "array-count-mismatch at 104, localSubNet.byteBlob.data"},
    {countBeyondData, ndr20, "tunnel_blob5", "truncated at 92, localSubNet.byteBlob.data"},
    {countBeyondData, ndr20Body, "tunnel_blob5", "truncated at 76, localSubNet.byteBlob.data"},
    {countBeyondData, ndr64, "tunnel_blob5", "truncated at 112, localSubNet.byteBlob.data"},
    {countBeyondData, native64, "tunnel_blob5", "bad-address at 72, localSubNet.byteBlob.data"},
    {countBeyondData, native32, "tunnel_blob5", "bad-address at 52, localSubNet.byteBlob.data"},
    {countWraps, ndr20, "tunnel_blob5", "truncated at 92, localSubNet.byteBlob.data"},
    {countWraps, ndr20Body, "tunnel_blob5", "truncated at 76, localSubNet.byteBlob.data"},
    {countWraps, ndr64, "tunnel_blob5", "truncated at 112, localSubNet.byteBlob.data"},
    {countWraps, native64, "tunnel_blob5", "bad-address at 72, localSubNet.byteBlob.data"},
    {countWraps, native32, "tunnel_blob5", "bad-address at 52, localSubNet.byteBlob.data"},
    {stringOffsetSet, ndr20, "tunnel_str", "string-offset at 84, localSubNet.unicodeString"},
    {stringOffsetSet, ndr20Body, "tunnel_str", "string-offset at 68, localSubNet.unicodeString"},
    {stringOffsetSet, ndr64, "tunnel_str", "string-offset at 96, localSubNet.unicodeString"},
    {stringOffsetUpperHalf, ndr64, "tunnel_str", "string-offset at 96, localSubNet.unicodeString"},
    {stringLongerThanMax, ndr20, "tunnel_str", "string-length at 88, localSubNet.unicodeString"},
    {stringLongerThanMax, ndr20Body, "tunnel_str", "string-length at 72, localSubNet.unicodeString"},
    {stringLongerThanMax, ndr64, "tunnel_str", "string-length at 104, localSubNet.unicodeString"},
    {stringCountUpperHalf, ndr64, "tunnel_str", "string-length at 104, localSubNet.unicodeString"},
    {stringBeyondData, ndr20, "tunnel_str", "truncated at 92, localSubNet.unicodeString"},
    {stringBeyondData, ndr20Body, "tunnel_str", "truncated at 76, localSubNet.unicodeString"},
    {stringBeyondData, ndr64, "tunnel_str", "truncated at 112, localSubNet.unicodeString"},
    {stringCountWraps, ndr20, "tunnel_str", "truncated at 92, localSubNet.unicodeString"},
    {stringCountWraps, ndr20Body, "tunnel_str", "truncated at 76, localSubNet.unicodeString"},
    {stringCountWraps, ndr64, "tunnel_str", "truncated at 112, localSubNet.unicodeString"},
    {stringCountZero, ndr20, "tunnel_str", "string-unterminated at 88, localSubNet.unicodeString"},
    {stringCountZero, ndr20Body, "tunnel_str", "string-unterminated at 72, localSubNet.unicodeString"},
    {stringCountZero, ndr64, "tunnel_str", "string-unterminated at 104, localSubNet.unicodeString"},
    {stringCutShort, ndr20, "tunnel_str", "string-unterminated at 88, localSubNet.unicodeString"},
    {stringCutShort, ndr20Body, "tunnel_str", "string-unterminated at 72, localSubNet.unicodeString"},
    {stringCutShort, ndr64, "tunnel_str", "string-unterminated at 104, localSubNet.unicodeString"},
    {stringWithoutNul, ndr20, "tunnel_str", "string-unterminated at 88, localSubNet.unicodeString"},
    {stringWithoutNul, ndr20Body, "tunnel_str", "string-unterminated at 72, localSubNet.unicodeString"},
    {stringWithoutNul, ndr64, "tunnel_str", "string-unterminated at 104, localSubNet.unicodeString"},
    {stringWithoutNul, native64, "tunnel_str", "string-unterminated at 32, localSubNet.unicodeString"},
    {stringWithoutNul, native32, "tunnel_str", "string-unterminated at 28, localSubNet.unicodeString"},
    {alignmentMissing, ndr20, "tunnel_str", "string-offset at 84, localSubNet.unicodeString"},
    {alignmentMissing, ndr20Body, "tunnel_v6_v4", "truncated at 88, remoteSubNet.v4AddrMask.mask"},
    {alignmentMissing, ndr64, "tunnel_v4", "union-tag-mismatch at 40, localSubNet.type"},
    {alignmentExtra, ndr20, "tunnel_v4", "union-tag-mismatch at 48, localSubNet.type"},
    {alignmentExtra, ndr20Body, "tunnel_v4", "union-tag-mismatch at 32, localSubNet.type"},
    {alignmentExtra, ndr64, "tunnel_v4", "union-tag-mismatch at 24, localSubNet"},
    {pointeeMissing, ndr20, "tunnel_null", "truncated at 80, localSubNet.v4AddrMask.addr"},
    {pointeeMissing, ndr20Body, "tunnel_null", "truncated at 64, localSubNet.v4AddrMask.addr"},
    {pointeeMissing, ndr64, "tunnel_null", "truncated at 96, localSubNet.v4AddrMask.addr"},
    {pointeeLeftOver, ndr20, "tunnel_v4", "trailing-bytes at 88"},
    {pointeeLeftOver, ndr20Body, "tunnel_v4", "trailing-bytes at 72"},
    {pointeeLeftOver, ndr64, "tunnel_v4", "trailing-bytes at 104"},
    {addressOutside, native64, "tunnel_v4", "bad-address at 32, localSubNet.v4AddrMask"},
    {addressOutside, native32, "tunnel_v4", "bad-address at 28, localSubNet.v4AddrMask"},
    {addressJustOutside, native64, "tunnel_v4", "bad-address at 32, localSubNet.v4AddrMask"},
    {addressJustOutside, native32, "tunnel_v4", "bad-address at 28, localSubNet.v4AddrMask"},
    {addressOfLastByte, native64, "tunnel_v4", "bad-address at 32, localSubNet.v4AddrMask"},
    {addressOfLastByte, native32, "tunnel_v4", "bad-address at 28, localSubNet.v4AddrMask"},
    {addressStraddlesEnd, native64, "tunnel_v4", "bad-address at 32, localSubNet.v4AddrMask"},
    {addressStraddlesEnd, native32, "tunnel_v4", "bad-address at 28, localSubNet.v4AddrMask"},
    {addressMisaligned, native64, "tunnel_v4", "v4-mask-contiguous of localSubNet.v4AddrMask.mask; subnet-host-bits of localSubNet.v4AddrMask.addr"},
    {addressMisaligned, native32, "tunnel_v4", "v4-mask-contiguous of localSubNet.v4AddrMask.mask; subnet-host-bits of localSubNet.v4AddrMask.addr"},
    {addressOfItself, native64, "tunnel_v4", "subnet-host-bits of localSubNet.v4AddrMask.addr"},
    {addressOfItself, native32, "tunnel_v4", "v4-mask-contiguous of localSubNet.v4AddrMask.mask; subnet-host-bits of localSubNet.v4AddrMask.addr"},
    {addressOfStructure, native64, "tunnel_v4", "v4-mask-contiguous of localSubNet.v4AddrMask.mask; subnet-host-bits of localSubNet.v4AddrMask.addr"},
    {addressOfStructure, native32, "tunnel_v4", "v4-mask-contiguous of localSubNet.v4AddrMask.mask; subnet-host-bits of localSubNet.v4AddrMask.addr"},
    {failurePointOutOfRange, ndr20, "tunnel_v4", "failure-point-range of failurePoint"},
    {failurePointOutOfRange, ndr20Body, "tunnel_v4", "failure-point-range of failurePoint"},
    {failurePointOutOfRange, ndr64, "tunnel_v4", "failure-point-range of failurePoint"},
    {failurePointOutOfRange, native64, "tunnel_v4", "failure-point-range of failurePoint"},
    {failurePointOutOfRange, native32, "tunnel_v4", "failure-point-range of failurePoint"},
    {keyingModuleOutOfRange, ndr20, "tunnel_v4", "keying-module-range of keyingModuleType"},
    {keyingModuleOutOfRange, ndr20Body, "tunnel_v4", "keying-module-range of keyingModuleType"},
    {keyingModuleOutOfRange, ndr64, "tunnel_v4", "keying-module-range of keyingModuleType"},
    {keyingModuleOutOfRange, native64, "tunnel_v4", "keying-module-range of keyingModuleType"},
    {keyingModuleOutOfRange, native32, "tunnel_v4", "keying-module-range of keyingModuleType"},
    {qmStateOutOfRange, ndr20, "tunnel_v4", "qm-state-range of qmState"},
    {qmStateOutOfRange, ndr20Body, "tunnel_v4", "qm-state-range of qmState"},
    {qmStateOutOfRange, ndr64, "tunnel_v4", "qm-state-range of qmState"},
    {qmStateOutOfRange, native64, "tunnel_v4", "qm-state-range of qmState"},
    {qmStateOutOfRange, native32, "tunnel_v4", "qm-state-range of qmState"},
    {saRoleOutOfRange, ndr20, "tunnel_v4", "sa-role-range of saRole"},
    {saRoleOutOfRange, ndr20Body, "tunnel_v4", "sa-role-range of saRole"},
    {saRoleOutOfRange, ndr64, "tunnel_v4", "sa-role-range of saRole"},
    {saRoleOutOfRange, native64, "tunnel_v4", "sa-role-range of saRole"},
    {saRoleOutOfRange, native32, "tunnel_v4", "sa-role-range of saRole"},
    {subnetOfOtherType, ndr20, "tunnel_v4", "subnet-type of localSubNet.type"},
    {subnetOfOtherType, ndr20Body, "tunnel_v4", "subnet-type of localSubNet.type"},
    {subnetOfOtherType, ndr64, "tunnel_v4", "subnet-type of localSubNet.type"},
    {subnetOfOtherType, native64, "tunnel_v4", "subnet-type of localSubNet.type"},
    {subnetOfOtherType, native32, "tunnel_v4", "subnet-type of localSubNet.type"},
    {subnetIsNull, ndr20, "tunnel_v4", "subnet-null of localSubNet.v4AddrMask"},
    {subnetIsNull, ndr20Body, "tunnel_v4", "subnet-null of localSubNet.v4AddrMask"},
    {subnetIsNull, ndr64, "tunnel_v4", "subnet-null of localSubNet.v4AddrMask"},
    {subnetIsNull, native64, "tunnel_v4", "subnet-null of localSubNet.v4AddrMask"},
    {subnetIsNull, native32, "tunnel_v4", "subnet-null of localSubNet.v4AddrMask"},
    {v4MaskWithHoles, ndr20, "tunnel_v4", "v4-mask-contiguous of localSubNet.v4AddrMask.mask"},
    {v4MaskWithHoles, ndr20Body, "tunnel_v4", "v4-mask-contiguous of localSubNet.v4AddrMask.mask"},
    {v4MaskWithHoles, ndr64, "tunnel_v4", "v4-mask-contiguous of localSubNet.v4AddrMask.mask"},
    {v4MaskWithHoles, native64, "tunnel_v4", "v4-mask-contiguous of localSubNet.v4AddrMask.mask"},
    {v4MaskWithHoles, native32, "tunnel_v4", "v4-mask-contiguous of localSubNet.v4AddrMask.mask"},
    {v6PrefixTooLong, ndr20, "tunnel_v6", "v6-prefix-length of localSubNet.v6AddrMask.prefixLength"},
    {v6PrefixTooLong, ndr20Body, "tunnel_v6", "v6-prefix-length of localSubNet.v6AddrMask.prefixLength"},
    {v6PrefixTooLong, ndr64, "tunnel_v6", "v6-prefix-length of localSubNet.v6AddrMask.prefixLength"},
    {v6PrefixTooLong, native64, "tunnel_v6", "v6-prefix-length of localSubNet.v6AddrMask.prefixLength"},
    {v6PrefixTooLong, native32, "tunnel_v6", "v6-prefix-length of localSubNet.v6AddrMask.prefixLength"},
    {subnetFamiliesDiffer, ndr20, "tunnel_v4", "subnet-family-mismatch of remoteSubNet"},
    {subnetFamiliesDiffer, ndr20Body, "tunnel_v4", "subnet-family-mismatch of remoteSubNet"},
    {subnetFamiliesDiffer, ndr64, "tunnel_v4", "subnet-family-mismatch of remoteSubNet"},
    {subnetFamiliesDiffer, native64, "tunnel_v4", "subnet-family-mismatch of remoteSubNet"},
    {subnetFamiliesDiffer, native32, "tunnel_v4", "subnet-family-mismatch of remoteSubNet"},
    {hostBitsSet, ndr20, "tunnel_v4", "subnet-host-bits of localSubNet.v4AddrMask.addr"},
    {hostBitsSet, ndr20Body, "tunnel_v4", "subnet-host-bits of localSubNet.v4AddrMask.addr"},
    {hostBitsSet, ndr64, "tunnel_v4", "subnet-host-bits of localSubNet.v4AddrMask.addr"},
    {hostBitsSet, native64, "tunnel_v4", "subnet-host-bits of localSubNet.v4AddrMask.addr"},
    {hostBitsSet, native32, "tunnel_v4", "subnet-host-bits of localSubNet.v4AddrMask.addr"},
    {errorCodeIsSuccess, ndr20, "tunnel_v4", "error-code-success of failureErrorCode"},
    {errorCodeIsSuccess, ndr20Body, "tunnel_v4", "error-code-success of failureErrorCode"},
    {errorCodeIsSuccess, ndr64, "tunnel_v4", "error-code-success of failureErrorCode"},
    {errorCodeIsSuccess, native64, "tunnel_v4", "error-code-success of failureErrorCode"},
    {errorCodeIsSuccess, native32, "tunnel_v4", "error-code-success of failureErrorCode"},
    {errorCodeIsMarker, ndr20, "tunnel_v4", "error-code-marker of failureErrorCode"},
    {errorCodeIsMarker, ndr20Body, "tunnel_v4", "error-code-marker of failureErrorCode"},
    {errorCodeIsMarker, ndr64, "tunnel_v4", "error-code-marker of failureErrorCode"},
    {errorCodeIsMarker, native64, "tunnel_v4", "error-code-marker of failureErrorCode"},
    {errorCodeIsMarker, native32, "tunnel_v4", "error-code-marker of failureErrorCode"},
    // clang-format on
};

// "tunnel_null" has two NULL masks: no other shape ends with a pointer that is NULL.
Event event_of(std::string_view shape) {
  const ConditionValue null(DataType::v4AddrMask, true);
  return shape == "tunnel_null" ? test::make_tunnel_event(null, null) : testing::known_event(shape);
}

std::string text_of(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings)
    text += (text.empty() ? "" : "; ") + std::string(to_string(finding.rule)) + " of " + finding.field.to_string();
  return text;
}

std::string text_of(const Report& report) {
  if (report.event) return text_of(report.findings);
  const DecodeError& error = report.event.error();
  const std::string field = error.field.to_string();
  return std::string(to_string(error.code)) + " at " + std::to_string(error.offset) +
         (field.empty() ? "" : ", " + field);
}

bool has(const Findings& findings, std::optional<Rule> rule) {
  return std::ranges::any_of(findings, [rule](const Finding& finding) { return finding.rule == rule; });
}

class EachFault : public ::testing::TestWithParam<Row> {};

TEST_P(EachFault, TurnsAnAcceptedMessageIntoItsResult) {
  const Row& row = GetParam();
  EncodedMessage message;
  ASSERT_TRUE(encode(event_of(row.event), {.format = row.format}, message));
  const DecodeOptions options = testing::decode_options(message.options, message.event.revision);
  const Report before = inspect(message.bytes, options);
  ASSERT_TRUE(before.event) << "without the fault: " << text_of(before);
  EXPECT_FALSE(has(before.findings, info(row.fault).rule)) << "without the fault: " << text_of(before);

  const std::vector<Site> all = sites(row.fault, message);
  ASSERT_FALSE(all.empty());
  const FaultedMessage faulted = apply(row.fault, all.front(), message);
  const Report after = inspect(faulted.bytes, options);
  EXPECT_EQ(text_of(after), row.result);
  EXPECT_EQ(text_of(faulted.expected), row.result);
  if (after.event) {
    EXPECT_FALSE(*after.event == *before.event);
  }
}

std::string row_name(const ::testing::TestParamInfo<Row>& row) {
  std::string name = std::string(info(row.param.fault).name) + '_' + std::string(to_string(row.param.format));
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Of, EachFault, ::testing::ValuesIn(rows), row_name);

TEST(EachFault, HasARowForEachOfItsFormats) {
  std::set<std::pair<Fault, Format>> listed;
  for (const Row& row : rows) EXPECT_TRUE(listed.emplace(row.fault, row.format).second) << info(row.fault).name;
  for (const FaultInfo& fault : fault_catalogue())
    for (const Format format : fault.formats)
      EXPECT_TRUE(listed.erase({fault.fault, format}) == 1) << fault.name << ' ' << to_string(format);
  EXPECT_TRUE(listed.empty()) << "a row for a format in which the fault cannot occur";
}

// The only fault that no message can have: it is for validators.
TEST(EachFault, OfTheTrafficTypeIsFoundByTheValidator) {
  const Event event = test::make_transport_event();
  EXPECT_EQ(text_of(validate(event)), "");
  for (const Site& site : rule_sites(trafficTypeOutOfRange, event))
    EXPECT_EQ(text_of(validate(break_rule(trafficTypeOutOfRange, site, event).event)),
              "traffic-type-range of saTrafficType");
  EXPECT_EQ(rule_sites(trafficTypeOutOfRange, event).size(), 7U);
}

// The values that a range of codes is marked with, and what else a rule's fault puts into an event.
TEST(EachFault, OfARulePutsTheseValues) {
  const auto values = [](Fault fault, const Event& event) {
    std::multiset<std::uint64_t> all;
    for (const Site& site : rule_sites(fault, event)) all.insert(site.value);
    return all;
  };
  const Event v4 = test::make_tunnel_event("10.0.0.0/8", "192.168.0.0/16");
  const Event v6 = test::make_tunnel_event("2001:db8::/32", "fe80::/127");
  using Values = std::multiset<std::uint64_t>;
  EXPECT_EQ(values(errorCodeIsMarker, v4), (Values{13800, 13897, 13909}));
  EXPECT_EQ(values(errorCodeIsSuccess, v4), (Values{0}));
  EXPECT_EQ(values(failurePointOutOfRange, v4), (Values{3, 4, 0x100, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff}));
  EXPECT_EQ(values(keyingModuleOutOfRange, v4), values(failurePointOutOfRange, v4));
  EXPECT_EQ(values(qmStateOutOfRange, v4), (Values{4, 5, 0x100, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff}));
  EXPECT_EQ(values(saRoleOutOfRange, v4), (Values{2, 3, 0x100, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff}));
  EXPECT_EQ(values(trafficTypeOutOfRange, v4), values(saRoleOutOfRange, v4));
  EXPECT_EQ(values(subnetIsNull, v4), (Values{0x100, 0x100, 0x101, 0x101}));
  EXPECT_EQ(values(v6PrefixTooLong, v6), (Values{129, 129, 130, 130, 192, 192, 255, 255}));
  EXPECT_EQ(values(hostBitsSet, v4), (Values{0x00800000, 1, 0x8000, 1})) << "the first and the last bit";
  EXPECT_EQ(values(hostBitsSet, v6), (Values{32, 127, 127})) << "the number of the bit, from the left";
  EXPECT_EQ(rule_sites(subnetOfOtherType, v4).size(), 2 * 22U) << "the types but the two masks";
  EXPECT_EQ(rule_sites(v4MaskWithHoles, v4).size(), 2 * 8U);
  EXPECT_EQ(rule_sites(subnetFamiliesDiffer, v4).size(), 2U);
}

}  // namespace
}  // namespace qmforge::sim
