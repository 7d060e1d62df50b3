// The catalogue of faults: every way in which a message can be wrong, and what must be said of it.
//
// A fault is applied at a site: one place where it can occur (a discriminant, a count, a prefix length), and what is
// put there. The expected report is computed from the datum map and the specification, without a decoder.
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
#include "qmforge/sim/datum.h"
#include "qmforge/sim/encode.h"

namespace qmforge::sim {

/// An event, how it was written, and what came of it. Faults look for their sites here.
struct EncodedMessage {
  Event event;
  EncodeOptions options;
  std::vector<std::byte> bytes;
  DatumMap map;
};

/// Encodes with a datum map; see encode.h.
[[nodiscard]] std::expected<void, EncodeError> encode(const Event& event, const EncodeOptions& options,
                                                      EncodedMessage& out);

/// Each fault's sentence is its FaultInfo::description.
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

/// What a fault is about; also the lines of a table by class.
enum class FaultClass : std::uint8_t { length, header, discriminant, count, string, alignment, pointer, address, rule };

/// `length`, `header` …
[[nodiscard]] std::string_view to_string(FaultClass fault_class) noexcept;

/// One entry of the catalogue.
struct FaultInfo {
  Fault fault;
  FaultClass fault_class;
  std::string_view name;             // `inner-tag-differs`: lower-case, digits and hyphens, so a file name anywhere
  std::span<const Format> formats;   // the encodings in which it can occur; for rules, those that can hold the event
  std::span<const ErrorCode> codes;  // what a decoder says, one of these; none: it accepts the bytes
  std::optional<Rule> rule;          // what the validator finds
  std::string_view description;      // what is done, where, and what must come of it
};

/// Every fault, in the order of the enumeration.
[[nodiscard]] std::span<const FaultInfo> fault_catalogue() noexcept;
[[nodiscard]] const FaultInfo& info(Fault fault) noexcept;
/// The inverse of FaultInfo::name.
[[nodiscard]] std::optional<Fault> fault_from_name(std::string_view text) noexcept;

/// Where a fault is applied, and with what.
struct Site {
  std::uint32_t datum = Datum::none;  // an index into the datum map, where the fault is about a datum
  std::uint64_t value = 0;            // the number that is put there, the length that is kept …

  friend bool operator==(const Site&, const Site&) = default;
};

/// Bytes taken out of a message and others put in their place. Offsets are those of the original.
struct Edit {
  std::uint64_t offset;
  std::vector<std::byte> removed;
  std::vector<std::byte> inserted;

  [[nodiscard]] std::uint64_t end() const noexcept { return offset + removed.size(); }
  friend bool operator==(const Edit&, const Edit&) = default;
};

/// A message with a fault in it, and what must be said of it.
struct FaultedMessage {
  std::vector<std::byte> bytes;
  std::vector<Edit> edits;  // from the original to `bytes`, ascending and apart
  /// What decoding and validating must give. A rule's fault is among the findings. The event's views point to what the
  /// original's views point to, or to static storage.
  Report expected;
};

/// All sites of a fault in a message, smallest first. None where the fault does not apply. A fault whose outcome would
/// depend on what bytes happen to mean elsewhere has no site there. Images with shared pointees have none but for
/// rules.
[[nodiscard]] std::vector<Site> sites(Fault fault, const EncodedMessage& message);

/// The message with the fault at `site`, which must be one of sites(fault, message).
[[nodiscard]] FaultedMessage apply(Fault fault, const Site& site, const EncodedMessage& message);

/// The original again.
///
/// Law RevertRestoresTheOriginal: decode and validate say of apply(fault, site, message) what is expected
/// there, and revert() of it is message.bytes, of which they say what they said before.
[[nodiscard]] std::vector<std::byte> revert(const FaultedMessage& faulted);

/// A fault at a site.
struct FaultAt {
  Fault fault;
  Site site;
};

/// Two faults of decoding in one message. The one that is reported is the one that reading in wire order comes to
/// first: the header before the body before bytes that are left over; within the body, by datum. ObjectBufferLength is
/// judged with the header, so a cut ndr20 file is an `object-length` whatever its body holds.
///
/// nullopt where two faults are no pair: they change the same bytes; they are found at the same datum; one moves what
/// follows or asks for less of it (absent or repeated discriminants, alignment, pointers without pointees and the
/// reverse, strings cut short) or leaves the message legal; or both are about lengths (an input's, the object's, a
/// count beyond either), for then each is the measure of the other.
[[nodiscard]] std::optional<FaultedMessage> apply_both(const FaultAt& first, const FaultAt& second,
                                                       const EncodedMessage& message);

/// The sites of a rule's fault in an event, encoded or not; none for the other faults.
[[nodiscard]] std::vector<Site> rule_sites(Fault fault, const Event& event);

/// An event that breaks a rule, and the finding that says so.
struct InvalidEvent {
  Event event;
  Finding finding;
};

/// The event with a rule broken at `site`, which must be one of rule_sites(fault, event). Fault::trafficTypeOutOfRange
/// makes an event that has no encoding: it is for validators alone, and sites() has none of it.
[[nodiscard]] InvalidEvent break_rule(Fault fault, const Site& site, const Event& event);

}  // namespace qmforge::sim
