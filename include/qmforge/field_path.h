// The path of a field in the structure: `localSubNet.rangeValue.valueLow.tokenInformation.sids[3].sid.SubAuthority`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "qmforge/enums.h"

namespace qmforge {

/// One name in a path: a member of the serialization header, of the event, or of something below them, spelled as in
/// the IDL ([MS-RPCE] for the header).
enum class Step : std::uint8_t {
  none,
  // the header of type serialization version 1
  version,
  endianness,
  commonHeaderLength,
  filler,
  objectBufferLength,
  // the event
  failureErrorCode,
  failurePoint,
  keyingModuleType,
  qmState,
  saRole,
  saTrafficType,
  localSubNet,
  remoteSubNet,
  qmFilterId,
  mmSaLuid,
  mmProviderContextKey,
  // FWP_CONDITION_VALUE0: its switch and its arms
  type,
  uint8,
  uint16,
  uint32,
  uint64,
  int8,
  int16,
  int32,
  int64,
  float32,
  double64,
  byteArray16,
  byteBlob,
  sid,
  sd,
  tokenInformation,
  tokenAccessInformation,
  unicodeString,
  byteArray6,
  bitmapArray64,
  v4AddrMask,
  v6AddrMask,
  rangeValue,
  // inside the arms
  addr,
  mask,
  prefixLength,
  valueLow,
  valueHigh,
  size,
  data,
  revision,
  subAuthorityCount,
  identifierAuthority,
  subAuthority,
  sidCount,
  sids,
  restrictedSidCount,
  restrictedSids,
  attributes,
};

/// The spelling of a step (`v4AddrMask`, `SubAuthority`); empty for Step::none.
[[nodiscard]] std::string_view to_string(Step step) noexcept;

/// A path of at most seven steps, one of which (sids, restrictedSids) may have an index. A small value that fits in two
/// registers. The empty path means the whole object.
class FieldPath {
 public:
  static constexpr std::size_t max_depth = 7;

  constexpr FieldPath() = default;
  constexpr FieldPath(Step step) noexcept : FieldPath(FieldPath() / step) {}  // NOLINT(google-explicit-constructor)

  /// This path, one step deeper. No field of the structure lies deeper than max_depth.
  [[nodiscard]] constexpr FieldPath operator/(Step step) const noexcept {
    FieldPath deeper = *this;
    deeper.steps_ |= static_cast<std::uint64_t>(step) << (8 * depth_);
    ++deeper.depth_;
    return deeper;
  }
  /// This path, its last step indexed: (path / Step::sids)[3].
  [[nodiscard]] constexpr FieldPath operator[](std::uint32_t index) const noexcept {
    FieldPath indexed = *this;
    indexed.index_ = index;
    indexed.indexed_depth_ = depth_;
    return indexed;
  }

  [[nodiscard]] constexpr std::size_t depth() const noexcept { return depth_; }
  /// The step at `i`, counted from the outermost; Step::none from depth() on.
  [[nodiscard]] constexpr Step step(std::size_t i) const noexcept {
    return i < depth_ ? static_cast<Step>(steps_ >> (8 * i) & 0xff) : Step::none;
  }
  /// The index of the step at `i`; nullopt for a step without one.
  [[nodiscard]] constexpr std::optional<std::uint32_t> index(std::size_t i) const noexcept {
    return i + 1 == indexed_depth_ ? std::optional(index_) : std::nullopt;
  }
  [[nodiscard]] std::string to_string() const;

  friend constexpr bool operator==(const FieldPath&, const FieldPath&) = default;

 private:
  std::uint64_t steps_ = 0;  // one byte for each step, the outermost in the lowest byte
  std::uint32_t index_ = 0;
  std::uint8_t depth_ = 0;
  std::uint8_t indexed_depth_ = 0;  // the number of steps before the index; 0 if there is no index
};

/// The step that names the union arm of a data type; Step::none for FWP_EMPTY and for invalid types.
[[nodiscard]] constexpr Step arm_step(DataType type) noexcept {
  switch (type) {
    case DataType::empty: return Step::none;
    case DataType::uint8:
    case DataType::bitmapIndex: return Step::uint8;
    case DataType::uint16: return Step::uint16;
    case DataType::uint32: return Step::uint32;
    case DataType::uint64: return Step::uint64;
    case DataType::int8: return Step::int8;
    case DataType::int16: return Step::int16;
    case DataType::int32: return Step::int32;
    case DataType::int64: return Step::int64;
    case DataType::float32: return Step::float32;
    case DataType::double64: return Step::double64;
    case DataType::byteArray16: return Step::byteArray16;
    case DataType::byteBlob: return Step::byteBlob;
    case DataType::sid: return Step::sid;
    case DataType::securityDescriptor: return Step::sd;
    case DataType::tokenInformation: return Step::tokenInformation;
    case DataType::tokenAccessInformation: return Step::tokenAccessInformation;
    case DataType::unicodeString: return Step::unicodeString;
    case DataType::byteArray6: return Step::byteArray6;
    case DataType::bitmapArray64: return Step::bitmapArray64;
    case DataType::v4AddrMask: return Step::v4AddrMask;
    case DataType::v6AddrMask: return Step::v6AddrMask;
    case DataType::range: return Step::rangeValue;
  }
  return Step::none;
}

}  // namespace qmforge
