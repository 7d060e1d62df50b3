// Reads NDR: primitives, and the values and pointees of a subnet.
//
// Every function continues where the last one ended, and returns false after an error; the reader must not be used
// after that. Offsets and alignment count from the origin.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "encoded_sids.h"
#include "failure.h"
#include "members.h"
#include "qmforge/decode.h"
#include "qmforge/event.h"
#include "transfer_syntax.h"

namespace qmforge::detail {

template <class Syntax>
class NdrReader {
 public:
  using Word = typename Syntax::Word;
  static constexpr std::size_t word_size = sizeof(Word);

  /// Reads `size` bytes from `origin`, which is at `origin_offset` in the input.
  NdrReader(const std::byte* origin, std::size_t size, std::size_t origin_offset, Outcome& outcome) noexcept
      : origin_(origin), size_(size), origin_offset_(origin_offset), outcome_(&outcome) {}
  /// Begins `start` bytes from the origin instead of at it.
  NdrReader(const std::byte* origin, std::size_t size, std::size_t origin_offset, Outcome& outcome,
            std::size_t start) noexcept
      : origin_(origin), at_(start), size_(size), origin_offset_(origin_offset), outcome_(&outcome) {}

  /// Bytes read so far, from the origin.
  [[nodiscard]] std::size_t position() const noexcept { return at_; }
  /// Bytes not read yet.
  [[nodiscard]] std::size_t remaining() const noexcept { return size_ - at_; }

  /// Checks the rest of an input of `input_size` bytes after the object: the body may have padding, and nothing may
  /// follow the body.
  QMFORGE_INLINE bool end(std::size_t input_size) noexcept {
    if (remaining() > max_padding) return fail(ErrorCode::trailingBytes, {}, at_);
    if (input_size - origin_offset_ != size_) return fail(ErrorCode::trailingBytes, {}, size_);
    return true;
  }

  /// Whether the body has at least `bytes` more bytes.
  [[nodiscard]] QMFORGE_INLINE bool fits(std::size_t bytes) const noexcept { return at_ + bytes <= size_; }

  // Primitives.

  /// An integer, aligned to its own size.
  template <class T>
  QMFORGE_INLINE bool integer(T& out, FieldPath field) noexcept {
    align(sizeof(T));
    if (!fits(sizeof(T))) return fail(ErrorCode::truncated, field, at_);
    out = load<T, Syntax::order>(origin_ + at_);
    at_ += sizeof(T);
    return true;
  }

  /// Passes the six integers at the start of an event, of which it reads the last; the first call of a reader.
  QMFORGE_INLINE bool scalars(std::uint32_t& traffic_type) noexcept {
    if (!fits(scalars_size)) [[unlikely]]
      return NdrReader(*this).truncated_scalars();
    traffic_type = load<std::uint32_t, Syntax::order>(origin_ + traffic_type_at);
    at_ = scalars_size;
    return true;
  }

  /// A fixed array of bytes, aligned to 1.
  QMFORGE_INLINE bool bytes(void* out, std::size_t size, FieldPath field) noexcept {
    if (!fits(size)) return fail(ErrorCode::truncated, field, at_);
    std::memcpy(out, origin_ + at_, size);
    at_ += size;
    return true;
  }

  /// A GUID: u32, u16, u16, 8 bytes; one wire field, aligned to 4.
  QMFORGE_INLINE bool guid(Guid& out, FieldPath field) noexcept {
    align(4);
    if (!fits(sizeof(Guid))) return fail(ErrorCode::truncated, field, at_);
    read_guid<Syntax::order>(out, origin_ + at_);
    at_ += sizeof(Guid);
    return true;
  }

  /// A `[unique]` pointer: 0 is NULL; any other referent id is accepted.
  QMFORGE_INLINE bool pointer(bool& is_null, FieldPath field) noexcept {
    Word referent = 0;
    if (!integer(referent, field)) return false;
    is_null = referent == 0;
    return true;
  }

  /// A union's repeated discriminant, which must equal its switch field. It is aligned like the union, and so is the
  /// arm that follows.
  QMFORGE_INLINE bool discriminant(std::uint32_t switch_field, FieldPath field) noexcept {
    align(word_size);
    std::uint32_t tag = 0;
    if (!integer(tag, field)) return false;
    if (tag != switch_field) [[unlikely]]
      return fail(ErrorCode::unionTagMismatch, field, at_ - sizeof(tag));
    return true;
  }

  /// Reports a discriminant that has just been read and selects no arm.
  QMFORGE_INLINE bool unknown_discriminant(FieldPath field) noexcept {
    return fail(ErrorCode::unionTagUnknown, field, at_ - sizeof(std::uint32_t));
  }

  /// The max_count of a conformant array, which must equal `size_is`.
  bool max_count(std::uint32_t size_is, FieldPath field) noexcept {
    Word count = 0;
    if (!integer(count, field)) return false;
    if (count != size_is) return fail(ErrorCode::arrayCountMismatch, field, at_ - word_size);
    return true;
  }

  /// The elements of an array, which are not converted here: `out` points to them in the input.
  bool elements(const std::byte*& out, std::uint64_t count, std::size_t element_size, FieldPath field) noexcept {
    if (remaining() / element_size < count) return fail(ErrorCode::truncated, field, at_);
    out = origin_ + at_;
    at_ += static_cast<std::size_t>(count) * element_size;
    return true;
  }

  QMFORGE_INLINE void align(std::size_t alignment) noexcept { at_ = (at_ + alignment - 1) & ~(alignment - 1); }

  /// The padding at the end of a structure that is aligned to a word; NDR64 requires it.
  bool structure_end(FieldPath field) noexcept {
    if constexpr (Syntax::pads_structure_ends) {
      const std::size_t padding = at_;
      align(word_size);
      if (at_ > size_) return fail(ErrorCode::truncated, field, padding);
    }
    return true;
  }

  // Values.

  /// The flat part of an FWP_CONDITION_VALUE0: type, discriminant, and the arm or the pointer to it.
  ///
  ///     NDR20   type u32 | discriminant u32 | inline arm, or referent u32
  ///     NDR64   type u32, 4 pad | discriminant u32, 4 pad | inline arm, padded to 8, or referent u64
  QMFORGE_INLINE bool condition_value(ConditionValue& out, FieldPath field) noexcept;

  /// The pointees of the pointer in that flat part. Does nothing if there is no pointer, or if it is NULL.
  QMFORGE_INLINE bool condition_pointee(ConditionValue& value, FieldPath field) noexcept;

  /// The same for an FWP_VALUE0, which lacks the masks and the range.
  bool value(Value& out, FieldPath field) noexcept;
  bool pointee(Value& value, FieldPath field) noexcept;

  // Pointees.

  /// A SID; max_count precedes it, because its last member is a conformant array.
  ///
  ///     max_count word | Revision u8 | SubAuthorityCount u8 | IdentifierAuthority 6 bytes | SubAuthority u32 …
  bool sid(Sid& out, FieldPath field) noexcept;

  /// FWP_BYTE_BLOB: size u32 | referent word; then max_count word | bytes.
  bool byte_blob(ByteBlob& out, FieldPath field) noexcept;

  /// FWP_TOKEN_INFORMATION: sidCount u32 | referent | restrictedSidCount u32 | referent; then the two arrays.
  bool token_information(TokenInformation& out, FieldPath field) noexcept;

  /// A string: max_count word | offset word | actual_count word | actual_count UTF-16 units, the last one NUL.
  bool string(Utf16View& out, FieldPath field) noexcept;

  /// FWP_V4_ADDR_AND_MASK: addr u32 | mask u32.
  QMFORGE_INLINE bool v4_addr_mask(V4AddrMask& out, FieldPath field) noexcept {
    return integer(out.addr, field / Step::addr) && integer(out.mask, field / Step::mask);
  }

  /// FWP_V6_ADDR_AND_MASK: addr 16 bytes | prefixLength u8.
  QMFORGE_INLINE bool v6_addr_mask(V6AddrMask& out, FieldPath field) noexcept {
    return bytes(out.addr.data(), out.addr.size(), field / Step::addr) &&
           integer(out.prefixLength, field / Step::prefixLength);
  }

  /// FWP_RANGE0: two FWP_VALUE0; then their pointees.
  bool range(Range& out, FieldPath field) noexcept;

 private:
  QMFORGE_INLINE bool fail(ErrorCode code, FieldPath field, std::size_t offset) noexcept {
    return detail::fail(*outcome_, code, field, origin_offset_ + offset);
  }
  /// Calls `read` with a copy of this reader, whose address therefore need not be taken: it stays in registers.
  template <class Read>
  QMFORGE_INLINE bool by_copy(const Read& read) noexcept {
    NdrReader copy = *this;
    const bool could = read(copy);
    at_ = copy.at_;
    return could;
  }

  /// Always false: reports which of the six integers is truncated.
  QMFORGE_COLD bool truncated_scalars() noexcept {
    constexpr Step fields[] = {Step::failureErrorCode, Step::failurePoint, Step::keyingModuleType,
                               Step::qmState,          Step::saRole,       Step::saTrafficType};
    const std::size_t whole = size_ / sizeof(std::uint32_t);
    return fail(ErrorCode::truncated, fields[whole], whole * sizeof(std::uint32_t));
  }

  bool inline_arm(DataType type, ValueArm& arm, FieldPath field) noexcept;
  bool arm_pointee(DataType type, ValueArm& arm, FieldPath field) noexcept;
  bool rare_pointee(ConditionValue& value, FieldPath field) noexcept;
  bool sid_array(SidAndAttributesView& out, std::uint32_t count, FieldPath field) noexcept;

  const std::byte* origin_;
  std::size_t at_ = 0;
  std::size_t size_;
  std::size_t origin_offset_;
  Outcome* outcome_;
};

template <class Syntax>
bool NdrReader<Syntax>::condition_value(ConditionValue& out, FieldPath field) noexcept {
  align(word_size);
  std::uint32_t type = 0;
  if (!integer(type, field / Step::type)) return false;
  if (!discriminant(type, field / Step::type)) return false;
  out.type = static_cast<DataType>(type);
  out.is_null = false;
  if (!is_condition_value_type(out.type)) return unknown_discriminant(field / Step::type);
  if (!is_pointer_type(out.type))
    return by_copy([&](NdrReader& copy) { return copy.inline_arm(out.type, out.arm, field); });
  align(word_size);
  return pointer(out.is_null, field / arm_step(out.type));
}

template <class Syntax>
bool NdrReader<Syntax>::condition_pointee(ConditionValue& value, FieldPath field) noexcept {
  if (value.is_null) return true;
  switch (value.type) {
    case DataType::v4AddrMask: return v4_addr_mask(value.v4AddrMask, field / Step::v4AddrMask);
    case DataType::v6AddrMask: return v6_addr_mask(value.v6AddrMask, field / Step::v6AddrMask);
    default: return by_copy([&](NdrReader& copy) { return copy.rare_pointee(value, field); });
  }
}

template <class Syntax>
bool NdrReader<Syntax>::rare_pointee(ConditionValue& value, FieldPath field) noexcept {
  return value.type == DataType::range ? range(value.rangeValue, field / Step::rangeValue)
                                       : arm_pointee(value.type, value.arm, field);
}

template <class Syntax>
bool NdrReader<Syntax>::value(Value& out, FieldPath field) noexcept {
  align(word_size);
  std::uint32_t type = 0;
  if (!integer(type, field / Step::type) || !discriminant(type, field / Step::type)) return false;
  out.type = static_cast<DataType>(type);
  out.is_null = false;
  if (!is_value_type(out.type)) return unknown_discriminant(field / Step::type);
  if (!is_pointer_type(out.type)) return inline_arm(out.type, out.arm, field);
  align(word_size);
  return pointer(out.is_null, field / arm_step(out.type));
}

template <class Syntax>
bool NdrReader<Syntax>::pointee(Value& value, FieldPath field) noexcept {
  return value.is_null || arm_pointee(value.type, value.arm, field);
}

template <class Syntax>
bool NdrReader<Syntax>::inline_arm(DataType type, ValueArm& arm, FieldPath field) noexcept {
  if (type == DataType::empty) return structure_end(field);
  align(word_size);
  const FieldPath arm_field = field / arm_step(type);
  bool read = false;
  switch (type) {
    case DataType::uint8:
    case DataType::bitmapIndex: read = integer(arm.uint8, arm_field); break;
    case DataType::uint16: read = integer(arm.uint16, arm_field); break;
    case DataType::uint32: read = integer(arm.uint32, arm_field); break;
    case DataType::int8: read = integer(arm.int8, arm_field); break;
    case DataType::int16: read = integer(arm.int16, arm_field); break;
    case DataType::int32: read = integer(arm.int32, arm_field); break;
    default: read = integer(arm.float32, arm_field); break;  // the only remaining inline type
  }
  return read && structure_end(field);
}

template <class Syntax>
bool NdrReader<Syntax>::arm_pointee(DataType type, ValueArm& arm, FieldPath field) noexcept {
  const FieldPath arm_field = field / arm_step(type);
  switch (type) {
    case DataType::uint64: return integer(arm.uint64, arm_field);
    case DataType::int64: return integer(arm.int64, arm_field);
    case DataType::double64: return integer(arm.double64, arm_field);
    case DataType::byteArray16: return bytes(arm.byteArray16.data(), arm.byteArray16.size(), arm_field);
    case DataType::byteArray6: return bytes(arm.byteArray6.data(), arm.byteArray6.size(), arm_field);
    case DataType::bitmapArray64: return bytes(arm.bitmapArray64.data(), arm.bitmapArray64.size(), arm_field);
    case DataType::byteBlob: return byte_blob(arm.byteBlob, arm_field);
    case DataType::securityDescriptor: return byte_blob(arm.sd, arm_field);
    case DataType::tokenAccessInformation: return byte_blob(arm.tokenAccessInformation, arm_field);
    case DataType::sid: return sid(arm.sid, arm_field);
    case DataType::tokenInformation: return token_information(arm.tokenInformation, arm_field);
    case DataType::unicodeString: return string(arm.unicodeString, arm_field);
    default: return true;  // inline, and read with the flat part
  }
}

template <class Syntax>
bool NdrReader<Syntax>::sid(Sid& out, FieldPath field) noexcept {
  const FieldPath sub_authority = field / Step::subAuthority;
  Word count = 0;
  std::uint8_t sub_authority_count = 0;
  if (!integer(count, sub_authority)) return false;
  const std::size_t after_count = at_;
  if (!integer(out.revision, field / Step::revision)) return false;
  if (!integer(sub_authority_count, field / Step::subAuthorityCount)) return false;
  if (count != sub_authority_count) return fail(ErrorCode::arrayCountMismatch, sub_authority, after_count - word_size);
  if (!bytes(out.identifierAuthority, sizeof(out.identifierAuthority), field / Step::identifierAuthority)) return false;
  const std::byte* data = nullptr;
  if (!elements(data, sub_authority_count, sizeof(std::uint32_t), sub_authority)) return false;
  out.subAuthority = {data, sub_authority_count, Syntax::order};
  return true;
}

template <class Syntax>
bool NdrReader<Syntax>::byte_blob(ByteBlob& out, FieldPath field) noexcept {
  const FieldPath data = field / Step::data;
  align(word_size);
  bool is_null = false;
  if (!integer(out.size, field / Step::size) || !pointer(is_null, data)) return false;
  out.data = nullptr;
  return is_null || (max_count(out.size, data) && elements(out.data, out.size, 1, data));
}

template <class Syntax>
bool NdrReader<Syntax>::token_information(TokenInformation& out, FieldPath field) noexcept {
  const FieldPath sids = field / Step::sids;
  const FieldPath restricted_sids = field / Step::restrictedSids;
  align(word_size);
  bool no_sids = false;
  bool no_restricted_sids = false;
  if (!integer(out.sidCount, field / Step::sidCount) || !pointer(no_sids, sids) ||
      !integer(out.restrictedSidCount, field / Step::restrictedSidCount) ||
      !pointer(no_restricted_sids, restricted_sids))
    return false;
  out.sids = {};
  out.restrictedSids = {};
  return (no_sids || sid_array(out.sids, out.sidCount, sids)) &&
         (no_restricted_sids || sid_array(out.restrictedSids, out.restrictedSidCount, restricted_sids));
}

/// max_count word | elements: referent word, attributes u32, padded to a word | the SIDs of those that are not NULL.
template <class Syntax>
bool NdrReader<Syntax>::sid_array(SidAndAttributesView& out, std::uint32_t count, FieldPath field) noexcept {
  constexpr std::size_t element_size = 2 * word_size;
  const std::byte* first = nullptr;
  if (!max_count(count, field) || !elements(first, count, element_size, field)) return false;
  out = EncodedSids::ndr<Syntax>(origin_, first, count, origin_ + at_);
  for (std::uint32_t i = 0; i < count; ++i) {
    if (load<Word, Syntax::order>(first + i * element_size) == 0) continue;
    Sid sid_of_element;
    if (!sid(sid_of_element, field[i] / Step::sid)) return false;
  }
  return true;
}

template <class Syntax>
bool NdrReader<Syntax>::string(Utf16View& out, FieldPath field) noexcept {
  Word maximum = 0;
  Word offset = 0;
  Word actual = 0;
  if (!integer(maximum, field) || !integer(offset, field)) return false;
  if (offset != 0) return fail(ErrorCode::stringOffset, field, at_ - word_size);
  if (!integer(actual, field)) return false;
  const std::size_t actual_at = at_ - word_size;
  if (actual > maximum) return fail(ErrorCode::stringLength, field, actual_at);
  if (actual == 0) return fail(ErrorCode::stringUnterminated, field, actual_at);
  const std::byte* units = nullptr;
  if (!elements(units, actual, sizeof(char16_t), field)) return false;
  const auto length = static_cast<std::size_t>(actual - 1);
  if (load<char16_t, Syntax::order>(units + length * sizeof(char16_t)) != 0)
    return fail(ErrorCode::stringUnterminated, field, actual_at);
  out = {units, length, Syntax::order};
  return true;
}

template <class Syntax>
bool NdrReader<Syntax>::range(Range& out, FieldPath field) noexcept {
  return value(out.valueLow, field / Step::valueLow) && value(out.valueHigh, field / Step::valueHigh) &&
         pointee(out.valueLow, field / Step::valueLow) && pointee(out.valueHigh, field / Step::valueHigh);
}

}  // namespace qmforge::detail
