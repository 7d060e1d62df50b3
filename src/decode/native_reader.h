// Reads a memory image: the structure is at its start, pointers are absolute addresses. docs/format.md 2.5
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "encoded_sids.h"
#include "failure.h"
#include "members.h"
#include "qmforge/decode.h"
#include "qmforge/event.h"

namespace qmforge::detail {

/// `Address`: the type of a pointer in the image, std::uint64_t or std::uint32_t.
template <class Address>
class NativeReader {
 public:
  static constexpr std::size_t address_size = sizeof(Address);
  static constexpr std::size_t local_at = scalars_size;
  /// FWP_VALUE0 and FWP_CONDITION_VALUE0: the type, padded to an address, and the arm.
  static constexpr std::size_t value_size = 2 * address_size;
  static constexpr std::size_t remote_at = local_at + value_size;
  static constexpr std::size_t filter_id_at = remote_at + value_size;
  static constexpr std::size_t revision0_size = filter_id_at + 8;
  static constexpr std::size_t revision1_size = revision0_size + 24;

  NativeReader(const std::byte* image, std::size_t size, std::uint64_t base, Outcome& outcome) noexcept
      : image_(image), size_(size), base_(base), outcome_(outcome) {}

  QMFORGE_INLINE bool event(Event& out, Revision revision) const noexcept {
    out.revision = revision;
    const std::size_t structure_size = revision == Revision::r0 ? revision0_size : revision1_size;
    if (size_ < structure_size) [[unlikely]]
      return NativeReader(*this).truncated_structure();
    read_scalars<std::endian::little>(out, image_);
    out.saTrafficType = static_cast<TrafficType>(load<std::uint32_t>(image_ + traffic_type_at));
    out.qmFilterId = load<std::uint64_t>(image_ + filter_id_at);
    if (revision == Revision::r1) {
      out.mmSaLuid = load<std::uint64_t>(image_ + revision0_size);
      read_guid<std::endian::little>(out.mmProviderContextKey, image_ + revision0_size + 8);
    }
    if (out.has_subnets())
      return condition_value(out.localSubNet, local_at, Step::localSubNet) &&
             condition_value(out.remoteSubNet, remote_at, Step::remoteSubNet);
    // TRANSPORT: the union's bytes are indeterminate.
    out.localSubNet.type = out.remoteSubNet.type = DataType::empty;
    out.localSubNet.is_null = out.remoteSubNet.is_null = false;
    if (!is_valid(out.saTrafficType)) [[unlikely]]
      return fail(ErrorCode::unionTagUnknown, Step::saTrafficType, traffic_type_at);
    return true;
  }

  /// The SID at an address in an image that has been checked.
  [[nodiscard]] static Sid sid_at(const std::byte* at) noexcept {
    Sid out;
    out.revision = load<std::uint8_t>(at);
    std::memcpy(out.identifierAuthority, at + 2, sizeof(out.identifierAuthority));
    out.subAuthority = {at + sid_header_size, load<std::uint8_t>(at + 1), std::endian::little};
    return out;
  }

 private:
  static constexpr std::size_t sid_header_size = 8;

  QMFORGE_INLINE bool fail(ErrorCode code, FieldPath field, std::size_t offset) const noexcept {
    return detail::fail(outcome_, code, field, offset);
  }

  /// The first member, in layout order, that is not completely inside the image.
  QMFORGE_COLD bool truncated_structure() const noexcept {
    struct Member {
      FieldPath field;
      std::size_t at;
      std::size_t size;
    };
    const FieldPath local = Step::localSubNet;
    const FieldPath remote = Step::remoteSubNet;
    const Member members[] = {
        {Step::failureErrorCode, 0, 4},
        {Step::failurePoint, 4, 4},
        {Step::keyingModuleType, 8, 4},
        {Step::qmState, 12, 4},
        {Step::saRole, 16, 4},
        {Step::saTrafficType, traffic_type_at, 4},
        {local / Step::type, local_at, 4},
        {local, local_at + address_size, address_size},
        {remote / Step::type, remote_at, 4},
        {remote, remote_at + address_size, address_size},
        {Step::qmFilterId, filter_id_at, 8},
        {Step::mmSaLuid, revision0_size, 8},
        {Step::mmProviderContextKey, revision0_size + 8, 16},
    };
    const Member* cut = members;
    while (cut->at + cut->size <= size_) ++cut;
    return fail(ErrorCode::truncated, cut->field, cut->at);
  }

  /// Follows the pointer at offset `at` to `size` bytes, which must be inside the image.
  QMFORGE_INLINE bool follow(const std::byte*& out, std::size_t at, std::uint64_t size,
                             FieldPath field) const noexcept {
    const std::uint64_t address = load<Address>(image_ + at);
    // An address below the base wraps to an offset outside the image, unless the image itself wraps.
    const std::uint64_t offset = address - base_;
    if (address < base_ || offset >= size_ || size_ - offset < size) [[unlikely]]
      return fail(ErrorCode::badAddress, field, at);
    out = image_ + offset;
    return true;
  }
  [[nodiscard]] bool is_null(std::size_t at) const noexcept { return load<Address>(image_ + at) == 0; }
  [[nodiscard]] std::size_t offset_of(const std::byte* at) const noexcept {
    return static_cast<std::size_t>(at - image_);
  }

  /// The FWP_CONDITION_VALUE0 at offset `at`, with its pointees. A copy of this reader reads values other than masks,
  /// so that this one's address is never taken and it stays in registers.
  QMFORGE_INLINE bool condition_value(ConditionValue& out, std::size_t at, FieldPath field) const noexcept {
    const std::size_t arm_at = at + address_size;
    out.type = static_cast<DataType>(load<std::uint32_t>(image_ + at));
    out.is_null = false;
    const std::byte* pointee = nullptr;
    switch (out.type) {
      case DataType::v4AddrMask:
        if ((out.is_null = is_null(arm_at))) return true;
        if (!follow(pointee, arm_at, 8, field / Step::v4AddrMask)) return false;
        out.v4AddrMask = {load<std::uint32_t>(pointee), load<std::uint32_t>(pointee + 4)};
        return true;
      case DataType::v6AddrMask:
        if ((out.is_null = is_null(arm_at))) return true;
        if (!follow(pointee, arm_at, 17, field / Step::v6AddrMask)) return false;
        std::memcpy(out.v6AddrMask.addr.data(), pointee, 16);
        out.v6AddrMask.prefixLength = load<std::uint8_t>(pointee + 16);
        return true;
      case DataType::range:
        if ((out.is_null = is_null(arm_at))) return true;
        return NativeReader(*this).range(out.rangeValue, arm_at, field / Step::rangeValue);
      default: return NativeReader(*this).arm(out.type, out.is_null, out.arm, at, field);
    }
  }

  bool range(Range& out, std::size_t pointer_at, FieldPath field) const noexcept {
    const std::byte* pointee = nullptr;
    return follow(pointee, pointer_at, 2 * value_size, field) &&
           value(out.valueLow, offset_of(pointee), field / Step::valueLow) &&
           value(out.valueHigh, offset_of(pointee) + value_size, field / Step::valueHigh);
  }

  bool value(Value& out, std::size_t at, FieldPath field) const noexcept {
    out.type = static_cast<DataType>(load<std::uint32_t>(image_ + at));
    out.is_null = false;
    return arm(out.type, out.is_null, out.arm, at, field);
  }

  /// The arm of the FWP_VALUE0 at offset `at`.
  bool arm(DataType type, bool& null, ValueArm& out, std::size_t at, FieldPath field) const noexcept;
  bool sid(Sid& out, std::size_t pointer_at, FieldPath field) const noexcept;
  bool byte_blob(ByteBlob& out, std::size_t pointer_at, FieldPath field) const noexcept;
  bool token_information(TokenInformation& out, std::size_t pointer_at, FieldPath field) const noexcept;
  bool sid_array(SidAndAttributesView& out, std::uint32_t count, std::size_t pointer_at,
                 FieldPath field) const noexcept;
  bool string(Utf16View& out, std::size_t pointer_at, FieldPath field) const noexcept;

  const std::byte* image_;
  std::size_t size_;
  std::uint64_t base_;
  Outcome& outcome_;
};

template <class Address>
bool NativeReader<Address>::arm(DataType type, bool& null, ValueArm& out, std::size_t at,
                                FieldPath field) const noexcept {
  if (!is_value_type(type)) return fail(ErrorCode::unionTagUnknown, field / Step::type, at);
  const std::size_t arm_at = at + address_size;
  const FieldPath arm_field = field / arm_step(type);
  if (is_pointer_type(type) && (null = is_null(arm_at))) return true;
  const std::byte* const in = image_ + arm_at;
  const std::byte* pointee = nullptr;
  switch (type) {
    case DataType::empty: return true;
    case DataType::uint8:
    case DataType::bitmapIndex: out.uint8 = load<std::uint8_t>(in); return true;
    case DataType::uint16: out.uint16 = load<std::uint16_t>(in); return true;
    case DataType::uint32: out.uint32 = load<std::uint32_t>(in); return true;
    case DataType::int8: out.int8 = load<std::int8_t>(in); return true;
    case DataType::int16: out.int16 = load<std::int16_t>(in); return true;
    case DataType::int32: out.int32 = load<std::int32_t>(in); return true;
    case DataType::float32: out.float32 = load<std::uint32_t>(in); return true;
    case DataType::uint64:
      if (!follow(pointee, arm_at, 8, arm_field)) return false;
      out.uint64 = load<std::uint64_t>(pointee);
      return true;
    case DataType::int64:
      if (!follow(pointee, arm_at, 8, arm_field)) return false;
      out.int64 = load<std::int64_t>(pointee);
      return true;
    case DataType::double64:
      if (!follow(pointee, arm_at, 8, arm_field)) return false;
      out.double64 = load<std::uint64_t>(pointee);
      return true;
    case DataType::byteArray16:
      if (!follow(pointee, arm_at, 16, arm_field)) return false;
      std::memcpy(out.byteArray16.data(), pointee, 16);
      return true;
    case DataType::byteArray6:
      if (!follow(pointee, arm_at, 6, arm_field)) return false;
      std::memcpy(out.byteArray6.data(), pointee, 6);
      return true;
    case DataType::bitmapArray64:
      if (!follow(pointee, arm_at, 8, arm_field)) return false;
      std::memcpy(out.bitmapArray64.data(), pointee, 8);
      return true;
    case DataType::byteBlob: return byte_blob(out.byteBlob, arm_at, arm_field);
    case DataType::securityDescriptor: return byte_blob(out.sd, arm_at, arm_field);
    case DataType::tokenAccessInformation: return byte_blob(out.tokenAccessInformation, arm_at, arm_field);
    case DataType::sid: return sid(out.sid, arm_at, arm_field);
    case DataType::tokenInformation: return token_information(out.tokenInformation, arm_at, arm_field);
    default: return string(out.unicodeString, arm_at, arm_field);  // the only remaining type of FWP_VALUE0
  }
}

/// SID: Revision u8 | SubAuthorityCount u8 | IdentifierAuthority 6 bytes | SubAuthority u32 …
template <class Address>
bool NativeReader<Address>::sid(Sid& out, std::size_t pointer_at, FieldPath field) const noexcept {
  const std::byte* at = nullptr;
  if (!follow(at, pointer_at, sid_header_size, field)) return false;
  out = sid_at(at);
  return follow(at, pointer_at, sid_header_size + 4 * out.subAuthority.size(), field);
}

/// FWP_BYTE_BLOB: size u32, padded to an address | data.
template <class Address>
bool NativeReader<Address>::byte_blob(ByteBlob& out, std::size_t pointer_at, FieldPath field) const noexcept {
  const std::byte* blob = nullptr;
  if (!follow(blob, pointer_at, 2 * address_size, field)) return false;
  const std::size_t data_at = offset_of(blob) + address_size;
  out.size = load<std::uint32_t>(blob);
  out.data = nullptr;
  return is_null(data_at) || follow(out.data, data_at, out.size, field / Step::data);
}

/// FWP_TOKEN_INFORMATION: sidCount u32, padded | sids | restrictedSidCount u32, padded | restrictedSids.
template <class Address>
bool NativeReader<Address>::token_information(TokenInformation& out, std::size_t pointer_at,
                                              FieldPath field) const noexcept {
  const std::byte* token = nullptr;
  if (!follow(token, pointer_at, 4 * address_size, field)) return false;
  out.sidCount = load<std::uint32_t>(token);
  out.restrictedSidCount = load<std::uint32_t>(token + 2 * address_size);
  out.sids = {};
  out.restrictedSids = {};
  const std::size_t sids_at = offset_of(token) + address_size;
  const std::size_t restricted_at = offset_of(token) + 3 * address_size;
  return (is_null(sids_at) || sid_array(out.sids, out.sidCount, sids_at, field / Step::sids)) &&
         (is_null(restricted_at) ||
          sid_array(out.restrictedSids, out.restrictedSidCount, restricted_at, field / Step::restrictedSids));
}

/// SID_AND_ATTRIBUTES: sid | attributes u32, padded to an address.
template <class Address>
bool NativeReader<Address>::sid_array(SidAndAttributesView& out, std::uint32_t count, std::size_t pointer_at,
                                      FieldPath field) const noexcept {
  constexpr std::size_t element_size = 2 * address_size;
  const std::byte* first = nullptr;
  if (!follow(first, pointer_at, std::uint64_t{count} * element_size, field)) return false;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::size_t element_at = offset_of(first) + i * element_size;
    Sid sid_of_element;
    if (!is_null(element_at) && !sid(sid_of_element, element_at, field[i] / Step::sid)) return false;
  }
  out = EncodedSids::native<Address>(first, count, base_ + offset_of(first));
  return true;
}

/// A string ends at its first NUL, which must be inside the image.
template <class Address>
bool NativeReader<Address>::string(Utf16View& out, std::size_t pointer_at, FieldPath field) const noexcept {
  const std::byte* units = nullptr;
  if (!follow(units, pointer_at, 1, field)) return false;
  const std::size_t room = (size_ - offset_of(units)) / sizeof(char16_t);
  std::size_t length = 0;
  while (length < room && load<char16_t>(units + length * sizeof(char16_t)) != 0) ++length;
  if (length == room) return fail(ErrorCode::stringUnterminated, field, pointer_at);
  out = {units, length, std::endian::little};
  return true;
}

}  // namespace qmforge::detail
