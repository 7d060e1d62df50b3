// The catalogue of faults: every way in which a message can be wrong, and the expected result for each.
//
// A fault is applied at a site: one place where it can occur (a discriminant, a count, a prefix length), and the value
// that is written there. The expected report is computed from the field map and the specification, without a decoder.
//
//     EncodedMessage message;
//     encode(event, options, message);
//     for (const Site& site : sites(Fault::innerTagDiffers, message)) {
//       const FaultedMessage faulted = apply(Fault::innerTagDiffers, site, message);
//       // inspect(faulted.bytes) must give faulted.expected
//     }
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "qmforge/event.h"
#include "qmforge/report.h"
#include "qmforge/sim/encode.h"
#include "qmforge/sim/field_map.h"

namespace qmforge::sim {

/// An event, the options that encoded it, and the encoded bytes with their field map. Faults find their sites here.
struct EncodedMessage {
  Event event;
  EncodeOptions options;
  std::vector<std::byte> bytes;
  FieldMap map;
};

/// Encodes with a field map; see encode.h.
[[nodiscard]] std::expected<void, EncodeError> encode(const Event& event, const EncodeOptions& options,
                                                      EncodedMessage& out);

/// The faults; FaultInfo::description describes each.
enum class Fault : std::uint8_t {
  // the length of the input
  truncatedInput,
  truncatedObject,
  bytesAfterObject,
  bytesAfterLength,
  // the header of ndr20
  headerVersion,
  headerEndianness,
  headerEndiannessFlipped,
  headerLength,
  objectLengthShort,
  objectLengthLong,
  objectLengthUnaligned,
  objectLengthSwapped,
  // discriminants
  trafficTypeDiffers,
  trafficTypeUnknown,
  outerTagDiffers,
  outerTagAbsent,
  outerTagTwice,
  typeDiffers,
  typeUnknown,
  innerTagDiffers,
  innerTagAbsent,
  innerTagTwice,
  // counts
  maxCountDiffers,
  maxCountUpperHalf,
  sizeIsDiffers,
  countBeyondData,
  countWraps,
  // strings
  stringOffsetSet,
  stringOffsetUpperHalf,
  stringLongerThanMax,
  stringCountUpperHalf,
  stringBeyondData,
  stringCountWraps,
  stringCountZero,
  stringCutShort,
  stringWithoutNul,
  // alignment and pointers
  alignmentMissing,
  alignmentExtra,
  pointeeMissing,
  pointeeLeftOver,
  // addresses in memory images
  addressOutside,
  addressJustOutside,
  addressOfLastByte,
  addressStraddlesEnd,
  addressMisaligned,
  addressOfItself,
  addressOfStructure,
  // rules
  failurePointOutOfRange,
  keyingModuleOutOfRange,
  qmStateOutOfRange,
  saRoleOutOfRange,
  trafficTypeOutOfRange,
  subnetOfOtherType,
  subnetIsNull,
  v4MaskWithHoles,
  v6PrefixTooLong,
  subnetFamiliesDiffer,
  hostBitsSet,
  errorCodeIsSuccess,
  errorCodeIsMarker,
};

/// The part of a message that a fault affects.
enum class FaultClass : std::uint8_t { length, header, discriminant, count, string, alignment, pointer, address, rule };

/// `length`, `header` …
[[nodiscard]] std::string_view to_string(FaultClass fault_class) noexcept;

/// One entry of the catalogue.
struct FaultInfo {
  Fault fault;
  FaultClass fault_class;
  std::string_view name;  // `inner-tag-differs`: lower case, digits and hyphens, so a valid file name everywhere
  std::span<const Format> formats;   // the encodings in which it can occur; for rules, those that can hold the event
  std::span<const ErrorCode> codes;  // a decoder reports one of these; empty: it accepts the bytes
  std::optional<Rule> rule;          // the finding of the validator
  std::string_view description;      // the change, its place, and the expected result
};

/// Every fault, in the order of the enumeration.
[[nodiscard]] std::span<const FaultInfo> fault_catalogue() noexcept;
[[nodiscard]] const FaultInfo& info(Fault fault) noexcept;
/// The inverse of FaultInfo::name.
[[nodiscard]] std::optional<Fault> fault_from_name(std::string_view text) noexcept;

/// Where a fault is applied, and with what.
struct Site {
  std::uint32_t field = WireField::none;  // an index into the field map, if the fault changes one field
  std::uint64_t value = 0;                // the number that is written, the length that is kept …

  friend bool operator==(const Site&, const Site&) = default;
};

/// Replaces some bytes of a message. The offset is that in the original.
struct Edit {
  std::uint64_t offset;
  std::vector<std::byte> removed;
  std::vector<std::byte> inserted;

  [[nodiscard]] std::uint64_t end() const noexcept { return offset + removed.size(); }
  friend bool operator==(const Edit&, const Edit&) = default;
};

/// A message with a fault in it, and the expected result.
struct FaultedMessage {
  std::vector<std::byte> bytes;
  std::vector<Edit> edits;  // from the original to `bytes`, ascending, without overlap
  /// The expected report. A broken rule is among its findings. The event's views point to the same memory as those of
  /// the original event, or to static storage.
  Report expected;
};

/// All sites of a fault in a message, smallest first; empty if the fault does not apply. A place where the field map
/// does not determine the result is not a site. In images with shared pointees only rules have sites.
[[nodiscard]] std::vector<Site> sites(Fault fault, const EncodedMessage& message);

/// The message with the fault at `site`, which must be one of sites(fault, message).
[[nodiscard]] FaultedMessage apply(Fault fault, const Site& site, const EncodedMessage& message);

/// Undoes the fault: returns the original message.
///
/// Law RevertRestoresTheOriginal: inspecting the bytes of apply(fault, site, message) gives `expected`, and
/// revert() of it gives message.bytes.
[[nodiscard]] std::vector<std::byte> revert(const FaultedMessage& faulted);

/// A fault at a site.
struct FaultAt {
  Fault fault;
  Site site;
};

/// Two faults of decoding in one message. A decoder reports the one that comes first in wire order: the header before
/// the body, before trailing bytes; within the body, by wire field. ObjectBufferLength is checked with the header, so a
/// truncated ndr20 file is an `object-length` error, whatever its body is.
///
/// nullopt if the two cannot be combined:
/// - they change the same bytes, or are reported at the same wire field;
/// - one moves or shortens the following fields (absent or repeated discriminants, alignment, pointers without
///   pointees, pointees without pointers, shortened strings), or leaves the message legal;
/// - both are about lengths (of the input, of the object, a count beyond either): each would depend on the other.
[[nodiscard]] std::optional<FaultedMessage> apply_both(const FaultAt& first, const FaultAt& second,
                                                       const EncodedMessage& message);

/// The sites of a fault of class `rule` in an event, encoded or not; empty for other faults.
[[nodiscard]] std::vector<Site> rule_sites(Fault fault, const Event& event);

/// An event that breaks a rule, and the expected finding.
struct InvalidEvent {
  Event event;
  Finding finding;
};

/// The event with a rule broken at `site`, which must be one of rule_sites(fault, event). Fault::trafficTypeOutOfRange
/// gives an event that has no encoding: it tests validators only, and sites() returns none for it.
[[nodiscard]] InvalidEvent break_rule(Fault fault, const Site& site, const Event& event);

}  // namespace qmforge::sim
