// The labels of the simulator against decoders and validators with a defect: each fails for the labels that show its
// defect, and for no other. A defect is one entry of `defects`.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <iterator>
#include <string_view>
#include <vector>

#include "qmforge/sim/exhaustive.h"
#include "qmforge/sim/sets.h"
#include "qmforge/validate.h"
#include "set_writer.h"
#include "sim/subject.h"

namespace qmforge::sim {
namespace {

using tools::hex_location;
using tools::manifest_line;

using Bytes = std::span<const std::byte>;

// What a label says

bool accepted(const LabelledInput& l) { return l.expected.event.has_value(); }
bool is_tunnel(const LabelledInput& l) { return accepted(l) && l.expected.event->has_subnets(); }
template <ErrorCode code>
bool rejected(const LabelledInput& l) {
  return !accepted(l) && l.expected.event.error().code == code;
}
template <Rule rule>
bool finds(const LabelledInput& l) {
  return std::ranges::find(l.expected.findings, rule, &Finding::rule) != l.expected.findings.end();
}

// Whether the predicate holds for one of a tunnel's subnets.
template <auto predicate>
bool any_subnet(const LabelledInput& l) {
  return is_tunnel(l) && (predicate(l.expected.event->localSubNet) || predicate(l.expected.event->remoteSubNet));
}

bool holds(const ConditionValue& v, DataType type) { return v.type == type && !v.is_null; }
bool is_null_mask(const ConditionValue& v) { return v.type == DataType::v4AddrMask && v.is_null; }
bool is_bitmap(const ConditionValue& v) { return v.type == DataType::bitmapIndex; }
bool is_large_sid(const ConditionValue& v) { return holds(v, DataType::sid) && v.arm.sid.subAuthority.size() > 15; }
bool is_sized_null_blob(const ConditionValue& v) {
  return holds(v, DataType::byteBlob) && v.arm.byteBlob.data == nullptr && v.arm.byteBlob.size != 0;
}
bool is_no_palindrome(const ConditionValue& v) {
  return holds(v, DataType::v4AddrMask) && (v.v4AddrMask.addr != std::byteswap(v.v4AddrMask.addr) ||
                                            v.v4AddrMask.mask != std::byteswap(v.v4AddrMask.mask));
}

// Kinds of defects

// A validator that leaves out one rule.
template <Rule rule>
Result without(Bytes input, const DecodeOptions& options) {
  Result answer = ours(input, options);
  Findings kept;
  for (const Finding& finding : answer.report.findings)
    if (finding.rule != rule) kept.add(finding.rule, finding.field);
  answer.report.findings = kept;
  return answer;
}

// A decoder that changes the event it read.
template <auto change>
Result changing(Bytes input, const DecodeOptions& options) {
  Result answer = ours(input, options);
  if (answer.report.event) {
    change(*answer.report.event);
    answer.report.findings = validate(*answer.report.event);
  }
  return answer;
}

// The same, of each subnet of a tunnel.
template <auto change>
Result changing_subnets(Bytes input, const DecodeOptions& options) {
  return changing<[](Event& event) {
    if (!event.has_subnets()) return;
    change(event.localSubNet);
    change(event.remoteSubNet);
  }>(input, options);
}

// A decoder that rejects tunnels with such a subnet.
template <auto predicate, ErrorCode code>
Result rejecting(Bytes input, const DecodeOptions& options) {
  Result answer = ours(input, options);
  if (const auto& event = answer.report.event;
      event && event->has_subnets() && (predicate(event->localSubNet) || predicate(event->remoteSubNet)))
    answer.report.event = std::unexpected(DecodeError{code, {}, 0});
  return answer;
}

// A decoder that corrects an error and continues, like one that lacks the check. `correct` changes the bytes at the
// error and returns whether it could. The bytes live until the next call.
template <ErrorCode code, auto correct>
Result overlooking(Bytes input, const DecodeOptions& options) {
  static std::vector<std::byte> kept;
  Result answer = ours(input, options);
  if (answer.report.event || answer.report.event.error().code != code) return answer;
  kept.assign(input.begin(), input.end());
  if (!correct(kept, static_cast<std::size_t>(answer.report.event.error().offset), options)) return answer;
  return ours(kept, options);
}

// A decoder that gives an error another code, offset or field.
template <auto change>
Result misreporting(Bytes input, const DecodeOptions& options) {
  Result answer = ours(input, options);
  if (!answer.report.event) change(answer.report.event.error(), options);
  return answer;
}

// The single defects

void swap_subnets(Event& event) {
  if (event.has_subnets()) std::swap(event.localSubNet, event.remoteSubNet);
}
void cut_filter_id(Event& event) { event.qmFilterId &= 0xffffffff; }
void swap_mask_bytes(ConditionValue& v) {
  if (holds(v, DataType::v4AddrMask))
    v.v4AddrMask = {std::byteswap(v.v4AddrMask.addr), std::byteswap(v.v4AddrMask.mask)};
}
void fill_null_mask(ConditionValue& v) {
  if (!is_null_mask(v)) return;
  v = ConditionValue(DataType::v4AddrMask);
  v.v4AddrMask = {0, 0};
}
void forget_blob_size(ConditionValue& v) {
  if (is_sized_null_blob(v)) v.arm.byteBlob.size = 0;
}

bool cut_trailing(std::vector<std::byte>& bytes, std::size_t offset, const DecodeOptions& options) {
  if (options.format == Format::ndr20) return false;
  bytes.resize(offset);
  return true;
}
bool clear_upper_half(std::vector<std::byte>& bytes, std::size_t offset, const DecodeOptions& options) {
  if (options.format != Format::ndr64) return false;
  std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(offset) + 4, 4, std::byte{0});
  return true;
}
bool clear_word(std::vector<std::byte>& bytes, std::size_t offset, const DecodeOptions& options) {
  std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(offset), options.format == Format::ndr64 ? 8 : 4,
              std::byte{0});
  return true;
}
bool copy_discriminant(std::vector<std::byte>& bytes, std::size_t offset, const DecodeOptions& options) {
  if (offset != 24 || options.format == Format::ndr20) return false;
  std::memcpy(bytes.data() + 24, bytes.data() + 20, 4);
  return true;
}

void count_from_body(DecodeError& error, const DecodeOptions& options) {
  if (options.format == Format::ndr20 && error.offset >= 16) error.offset -= 16;
}
template <ErrorCode from>
void call_truncated(DecodeError& error, const DecodeOptions&) {
  if (error.code == from) error.code = ErrorCode::truncated;
}
void lose_side(DecodeError& error, const DecodeOptions&) {
  if (error.field.step(0) == Step::remoteSubNet && error.field.depth() == 1) error.field = Step::localSubNet;
}

Result reject_big_endian(Bytes input, const DecodeOptions& options) {
  Result answer = ours(input, options);
  if (options.format == Format::ndr20 && input.size() > 1 && input[1] == std::byte{0} && answer.report.event)
    answer.report.event = std::unexpected(DecodeError{ErrorCode::headerEndianness, Step::endianness, 1});
  return answer;
}
Result read_revision_0(Bytes input, const DecodeOptions& options) {
  DecodeOptions others = options;
  others.revision = Revision::r0;
  return ours(input, others);
}
Result call_canonical(Bytes input, const DecodeOptions& options) {
  Result answer = ours(input, options);
  if (answer.canonical) answer.canonical = true;
  return answer;
}

// The table

using Predicate = bool (*)(const LabelledInput&);

struct Defect {
  std::string_view what;
  Subject subject;
  Predicate shows;  // whether the label must fail
  /// Whether the label may fail: the effect of the defect on bytes with another error is not predicted.
  Predicate may_show = [](const LabelledInput&) { return false; };
};

template <Rule rule>
Defect unchecked() {
  return {to_string(rule), without<rule>, finds<rule>};
}

const Defect defects[] = {
    {"local and remote subnet swapped", changing<swap_subnets>,
     [](const LabelledInput& l) {
       return is_tunnel(l) && !(l.expected.event->localSubNet == l.expected.event->remoteSubNet);
     }},
    {"IPv4 address and mask read in network order", changing_subnets<swap_mask_bytes>, any_subnet<is_no_palindrome>},
    {"qmFilterId cut to 32 bits", changing<cut_filter_id>,
     [](const LabelledInput& l) { return accepted(l) && l.expected.event->qmFilterId > 0xffffffff; }},
    {"a NULL mask read as zeros", changing_subnets<fill_null_mask>, any_subnet<is_null_mask>},
    {"a NULL blob's size forgotten", changing_subnets<forget_blob_size>, any_subnet<is_sized_null_blob>},
    {"FWP_BITMAP_INDEX_TYPE unknown", rejecting<is_bitmap, ErrorCode::unionTagUnknown>, any_subnet<is_bitmap>},
    {"more than 15 sub-authorities rejected", rejecting<is_large_sid, ErrorCode::truncated>, any_subnet<is_large_sid>},
    {"bytes after the object ignored", overlooking<ErrorCode::trailingBytes, cut_trailing>,
     [](const LabelledInput& l) { return rejected<ErrorCode::trailingBytes>(l) && l.format != Format::ndr20; }},
    {"the upper half of an NDR64 count ignored", overlooking<ErrorCode::arrayCountMismatch, clear_upper_half>,
     [](const LabelledInput& l) { return l.format == Format::ndr64 && l.fault == "max-count-upper-half"; },
     [](const LabelledInput& l) { return l.format == Format::ndr64 && rejected<ErrorCode::arrayCountMismatch>(l); }},
    {"a string's offset ignored", overlooking<ErrorCode::stringOffset, clear_word>, rejected<ErrorCode::stringOffset>},
    {"an outer discriminant not compared", overlooking<ErrorCode::unionTagMismatch, copy_discriminant>,
     [](const LabelledInput& l) {
       return rejected<ErrorCode::unionTagMismatch>(l) && l.format != Format::ndr20 &&
              l.expected.event.error().offset == 24;
     }},
    {"offsets counted from the body", misreporting<count_from_body>,
     [](const LabelledInput& l) {
       return !accepted(l) && l.format == Format::ndr20 && l.expected.event.error().offset >= 16;
     }},
    {"a count's data read before the count is compared", misreporting<call_truncated<ErrorCode::arrayCountMismatch>>,
     rejected<ErrorCode::arrayCountMismatch>},
    {"an address outside reported as truncated", misreporting<call_truncated<ErrorCode::badAddress>>,
     rejected<ErrorCode::badAddress>},
    {"an error's field without its side", misreporting<lose_side>,
     [](const LabelledInput& l) { return !accepted(l) && l.expected.event.error().field == Step::remoteSubNet; }},
    {"big-endian rejected", reject_big_endian,
     [](const LabelledInput& l) { return accepted(l) && l.format == Format::ndr20 && l.bytes[1] == std::byte{0}; }},
    {"revision 1 read as revision 0", read_revision_0,
     [](const LabelledInput& l) { return accepted(l) && l.revision == Revision::r1; },
     [](const LabelledInput& l) { return l.revision == Revision::r1; }},
    {"every accepted input called canonical", call_canonical,
     [](const LabelledInput& l) { return l.canonical == false; }},
    unchecked<Rule::failurePointRange>(),
    unchecked<Rule::keyingModuleRange>(),
    unchecked<Rule::qmStateRange>(),
    unchecked<Rule::saRoleRange>(),
    unchecked<Rule::subnetType>(),
    unchecked<Rule::subnetNull>(),
    unchecked<Rule::v4MaskContiguous>(),
    unchecked<Rule::v6PrefixLength>(),
    unchecked<Rule::subnetFamilyMismatch>(),
    unchecked<Rule::subnetHostBits>(),
    unchecked<Rule::errorCodeSuccess>(),
    unchecked<Rule::errorCodeMarker>(),
};

// Every label: those of a random set, and the parts of the exhaustive one that are small.
void each_label(const std::function<void(const LabelledInput&)>& visit) {
  make_set({.seed = 1, .count = 6000}, visit);
  walk(Part::fields, visit);
  walk(Part::forms, visit);
}

TEST(Labels, ADefectFailsForTheLabelsThatShowIt) {
  struct Count {
    std::uint64_t failed = 0;
    std::uint64_t wrong = 0;
  };
  std::vector<Count> counts(std::size(defects));
  each_label([&](const LabelledInput& labelled) {
    ASSERT_EQ(difference(labelled, ours), "") << labelled.label;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const bool fails = !difference(labelled, defects[i].subject).empty();
      counts[i].failed += fails;
      if (fails == defects[i].shows(labelled) || (fails && defects[i].may_show(labelled))) continue;
      if (++counts[i].wrong < 4)
        ADD_FAILURE() << defects[i].what << (fails ? ": failed for " : ": passed ") << labelled.label << ' '
                      << manifest_line(labelled, hex_location(labelled));
    }
  });
  for (std::size_t i = 0; i < counts.size(); ++i) {
    EXPECT_GT(counts[i].failed, 0U) << defects[i].what;
    EXPECT_EQ(counts[i].wrong, 0U) << defects[i].what;
  }
}

}  // namespace
}  // namespace qmforge::sim
