// Decoders and validators with a planted mistake: each fails for the labels that show its mistake, and for no other.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <iostream>
#include <string>
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

bool accepted(const LabelledInput& l) { return l.expected.event.has_value(); }
bool is_tunnel(const LabelledInput& l) { return accepted(l) && l.expected.event->has_subnets(); }
bool rejected(const LabelledInput& l, ErrorCode code) { return !accepted(l) && l.expected.event.error().code == code; }
bool finds(const LabelledInput& l, Rule rule) {
  return std::any_of(l.expected.findings.begin(), l.expected.findings.end(),
                     [&](const Finding& f) { return f.rule == rule; });
}

// Calls `change` with both subnets of a tunnel.
template <class Event, class Change>
void each_subnet(Event& event, Change change) {
  if (!event.has_subnets()) return;
  change(event.localSubNet);
  change(event.remoteSubNet);
}

template <class Predicate>
bool any_subnet(const LabelledInput& l, Predicate predicate) {
  bool any = false;
  if (accepted(l)) each_subnet(*l.expected.event, [&](const ConditionValue& v) { any = any || predicate(v); });
  return any;
}

bool holds(const ConditionValue& v, DataType type) { return v.type == type && !v.is_null; }

// A validator that says nothing of one rule.
Subject without(Rule rule) {
  return [rule](Bytes input, const DecodeOptions& options) {
    Result answer = ours(input, options);
    Findings kept;
    for (const Finding& finding : answer.report.findings)
      if (finding.rule != rule) kept.add(finding.rule, finding.field);
    answer.report.findings = kept;
    return answer;
  };
}

// A decoder that changes what it read.
template <class Change>
Subject changing(Change change) {
  return [change](Bytes input, const DecodeOptions& options) {
    Result answer = ours(input, options);
    if (answer.report.event) {
      change(*answer.report.event);
      answer.report.findings = validate(*answer.report.event);
    }
    return answer;
  };
}

// A decoder that puts right what is wrong, and reads on: what a missing check does. `mend` changes the bytes at the
// error and returns whether it could. The bytes live until the next call.
template <class Mend>
Subject overlooking(ErrorCode code, Mend mend) {
  return [code, mend, kept = std::make_shared<std::vector<std::byte>>()](Bytes input, const DecodeOptions& options) {
    Result answer = ours(input, options);
    if (answer.report.event || answer.report.event.error().code != code) return answer;
    kept->assign(input.begin(), input.end());
    if (!mend(*kept, static_cast<std::size_t>(answer.report.event.error().offset), options)) return answer;
    return ours(*kept, options);
  };
}

// A decoder that gives one error another code or another place.
template <class Change>
Subject misreporting(Change change) {
  return [change](Bytes input, const DecodeOptions& options) {
    Result answer = ours(input, options);
    if (!answer.report.event) change(answer.report.event.error(), options);
    return answer;
  };
}

struct Mistake {
  std::string what;
  Subject subject;
  std::function<bool(const LabelledInput&)> shows;  // whether the label must fail
  /// Whether it may: what the mistake makes of bytes that are wrong in another way is not foretold.
  std::function<bool(const LabelledInput&)> may_show = [](const LabelledInput&) { return false; };
};

std::vector<Mistake> mistakes() {
  std::vector<Mistake> all;
  all.push_back({"local and remote subnet swapped", changing([](Event& e) {
                   if (e.has_subnets()) std::swap(e.localSubNet, e.remoteSubNet);
                 }),
                 [](const LabelledInput& l) {
                   return is_tunnel(l) && !(l.expected.event->localSubNet == l.expected.event->remoteSubNet);
                 }});
  all.push_back({"IPv4 address and mask read in network order", changing([](Event& e) {
                   each_subnet(e, [](ConditionValue& v) {
                     if (!holds(v, DataType::v4AddrMask)) return;
                     v.v4AddrMask = {std::byteswap(v.v4AddrMask.addr), std::byteswap(v.v4AddrMask.mask)};
                   });
                 }),
                 [](const LabelledInput& l) {
                   return any_subnet(l, [](const ConditionValue& v) {
                     return holds(v, DataType::v4AddrMask) && (v.v4AddrMask.addr != std::byteswap(v.v4AddrMask.addr) ||
                                                               v.v4AddrMask.mask != std::byteswap(v.v4AddrMask.mask));
                   });
                 }});
  all.push_back({"qmFilterId cut to 32 bits", changing([](Event& e) { e.qmFilterId &= 0xffffffff; }),
                 [](const LabelledInput& l) { return accepted(l) && l.expected.event->qmFilterId > 0xffffffff; }});
  all.push_back({"a NULL mask taken for zeros", changing([](Event& e) {
                   each_subnet(e, [](ConditionValue& v) {
                     if (v.type != DataType::v4AddrMask || !v.is_null) return;
                     v = ConditionValue(DataType::v4AddrMask);
                     v.v4AddrMask = {0, 0};
                   });
                 }),
                 [](const LabelledInput& l) {
                   return any_subnet(
                       l, [](const ConditionValue& v) { return v.type == DataType::v4AddrMask && v.is_null; });
                 }});
  all.push_back({"a NULL blob's size forgotten", changing([](Event& e) {
                   each_subnet(e, [](ConditionValue& v) {
                     if (holds(v, DataType::byteBlob) && v.arm.byteBlob.data == nullptr) v.arm.byteBlob.size = 0;
                   });
                 }),
                 [](const LabelledInput& l) {
                   return any_subnet(l, [](const ConditionValue& v) {
                     return holds(v, DataType::byteBlob) && v.arm.byteBlob.data == nullptr && v.arm.byteBlob.size != 0;
                   });
                 }});
  all.push_back({"FWP_BITMAP_INDEX_TYPE unknown",
                 [](Bytes input, const DecodeOptions& options) {
                   Result answer = ours(input, options);
                   const auto is_bitmap = [](const ConditionValue& v) { return v.type == DataType::bitmapIndex; };
                   if (answer.report.event && answer.report.event->has_subnets() &&
                       (is_bitmap(answer.report.event->localSubNet) || is_bitmap(answer.report.event->remoteSubNet)))
                     answer.report.event = std::unexpected(DecodeError{ErrorCode::unionTagUnknown, {}, 0});
                   return answer;
                 },
                 [](const LabelledInput& l) {
                   return any_subnet(l, [](const ConditionValue& v) { return v.type == DataType::bitmapIndex; });
                 }});
  all.push_back(
      {"bytes after the object overlooked",
       overlooking(ErrorCode::trailingBytes,
                   [](std::vector<std::byte>& bytes, std::size_t offset, const DecodeOptions& options) {
                     if (options.format == Format::ndr20) return false;
                     bytes.resize(offset);
                     return true;
                   }),
       [](const LabelledInput& l) { return rejected(l, ErrorCode::trailingBytes) && l.format != Format::ndr20; }});
  all.push_back(
      {"the upper half of an NDR64 count overlooked",
       overlooking(ErrorCode::arrayCountMismatch,
                   [](std::vector<std::byte>& bytes, std::size_t offset, const DecodeOptions& options) {
                     if (options.format != Format::ndr64) return false;
                     std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(offset) + 4, 4, std::byte{0});
                     return true;
                   }),
       [](const LabelledInput& l) { return l.format == Format::ndr64 && l.fault == "max-count-upper-half"; },
       [](const LabelledInput& l) { return l.format == Format::ndr64 && rejected(l, ErrorCode::arrayCountMismatch); }});
  all.push_back({"a string's offset overlooked",
                 overlooking(ErrorCode::stringOffset,
                             [](std::vector<std::byte>& bytes, std::size_t offset, const DecodeOptions& options) {
                               const std::ptrdiff_t size = options.format == Format::ndr64 ? 8 : 4;
                               std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(offset), size, std::byte{0});
                               return true;
                             }),
                 [](const LabelledInput& l) { return rejected(l, ErrorCode::stringOffset); }});
  all.push_back({"an outer discriminant not compared",
                 overlooking(ErrorCode::unionTagMismatch,
                             [](std::vector<std::byte>& bytes, std::size_t offset, const DecodeOptions& options) {
                               if (offset != 24 || options.format == Format::ndr20) return false;
                               std::memcpy(bytes.data() + 24, bytes.data() + 20, 4);
                               return true;
                             }),
                 [](const LabelledInput& l) {
                   return rejected(l, ErrorCode::unionTagMismatch) && l.format != Format::ndr20 &&
                          l.expected.event.error().offset == 24;
                 }});
  all.push_back({"offsets counted from the body", misreporting([](DecodeError& error, const DecodeOptions& options) {
                   if (options.format == Format::ndr20 && error.offset >= 16) error.offset -= 16;
                 }),
                 [](const LabelledInput& l) {
                   return !accepted(l) && l.format == Format::ndr20 && l.expected.event.error().offset >= 16;
                 }});
  all.push_back({"a count asked for its data before it is compared",
                 misreporting([](DecodeError& error, const DecodeOptions&) {
                   if (error.code == ErrorCode::arrayCountMismatch) error.code = ErrorCode::truncated;
                 }),
                 [](const LabelledInput& l) { return rejected(l, ErrorCode::arrayCountMismatch); }});
  all.push_back({"an address outside called a truncation", misreporting([](DecodeError& error, const DecodeOptions&) {
                   if (error.code == ErrorCode::badAddress) error.code = ErrorCode::truncated;
                 }),
                 [](const LabelledInput& l) { return rejected(l, ErrorCode::badAddress); }});
  all.push_back(
      {"an error's field without its side", misreporting([](DecodeError& error, const DecodeOptions&) {
         if (error.field.step(0) == Step::remoteSubNet && error.field.depth() == 1) error.field = Step::localSubNet;
       }),
       [](const LabelledInput& l) { return !accepted(l) && l.expected.event.error().field == Step::remoteSubNet; }});
  all.push_back(
      {"big-endian refused",
       [](Bytes input, const DecodeOptions& options) {
         Result answer = ours(input, options);
         if (options.format == Format::ndr20 && input.size() > 1 && input[1] == std::byte{0} && answer.report.event)
           answer.report.event = std::unexpected(DecodeError{ErrorCode::headerEndianness, Step::endianness, 1});
         return answer;
       },
       [](const LabelledInput& l) { return accepted(l) && l.format == Format::ndr20 && l.bytes[1] == std::byte{0}; }});
  all.push_back({"revision 1 read as revision 0",
                 [](Bytes input, DecodeOptions options) {
                   options.revision = Revision::r0;
                   return ours(input, options);
                 },
                 [](const LabelledInput& l) { return accepted(l) && l.revision == Revision::r1; },
                 [](const LabelledInput& l) { return l.revision == Revision::r1; }});
  all.push_back({"more than 15 sub-authorities refused",
                 [](Bytes input, const DecodeOptions& options) {
                   Result answer = ours(input, options);
                   if (!answer.report.event) return answer;
                   bool large = false;
                   each_subnet(*answer.report.event, [&](ConditionValue& v) {
                     large = large || (holds(v, DataType::sid) && v.arm.sid.subAuthority.size() > 15);
                   });
                   if (large) answer.report.event = std::unexpected(DecodeError{ErrorCode::truncated, {}, 0});
                   return answer;
                 },
                 [](const LabelledInput& l) {
                   return any_subnet(l, [](const ConditionValue& v) {
                     return holds(v, DataType::sid) && v.arm.sid.subAuthority.size() > 15;
                   });
                 }});
  all.push_back({"every accepted input called canonical",
                 [](Bytes input, const DecodeOptions& options) {
                   Result answer = ours(input, options);
                   if (answer.canonical) answer.canonical = true;
                   return answer;
                 },
                 [](const LabelledInput& l) { return l.canonical == false; }});
  for (const Rule rule :
       {Rule::failurePointRange, Rule::keyingModuleRange, Rule::qmStateRange, Rule::saRoleRange, Rule::subnetType,
        Rule::subnetNull, Rule::v4MaskContiguous, Rule::v6PrefixLength, Rule::subnetFamilyMismatch,
        Rule::subnetHostBits, Rule::errorCodeSuccess, Rule::errorCodeMarker})
    all.push_back({"the rule " + std::string(to_string(rule)) + " not asked for", without(rule),
                   [rule](const LabelledInput& l) { return finds(l, rule); }});
  return all;
}

// Every label: those of a random set, and the parts of the exhaustive one that are small.
void each_label(const std::function<void(const LabelledInput&)>& visit) {
  make_set({.seed = 1, .count = 6000}, visit);
  walk(Part::fields, visit);
  walk(Part::forms, visit);
}

TEST(Planted, AMistakeFailsForTheLabelsThatShowIt) {
  struct Count {
    std::uint64_t failed = 0;
    std::uint64_t wrongly_failed = 0;
    std::uint64_t missed = 0;
  };
  const std::vector<Mistake> all = mistakes();
  ASSERT_GE(all.size(), 10U);
  std::vector<Count> counts(all.size());
  each_label([&](const LabelledInput& labelled) {
    ASSERT_EQ(difference(labelled, ours), "") << labelled.label;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool fails = !difference(labelled, all[i].subject).empty();
      const bool shows = all[i].shows(labelled);
      counts[i].failed += fails;
      if (fails == shows || (fails && all[i].may_show(labelled))) continue;
      ++(fails ? counts[i].wrongly_failed : counts[i].missed);
      if (counts[i].wrongly_failed + counts[i].missed < 4)
        ADD_FAILURE() << all[i].what << (fails ? ": failed for " : ": passed ") << labelled.label << ' '
                      << manifest_line(labelled, hex_location(labelled));
    }
  });
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_GT(counts[i].failed, 0U) << all[i].what;
    EXPECT_EQ(counts[i].wrongly_failed, 0U) << all[i].what;
    EXPECT_EQ(counts[i].missed, 0U) << all[i].what;
    std::cout << all[i].what << ": " << counts[i].failed << " labels fail\n";
  }
}

}  // namespace
}  // namespace qmforge::sim
