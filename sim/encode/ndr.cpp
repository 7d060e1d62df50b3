// Writes an event as an NDR stream: NDR 2.0 with and without the header, and NDR64. docs/format.md 2.2 to 2.6
#include <bit>
#include <cassert>
#include <concepts>
#include <cstring>
#include <limits>
#include <type_traits>

#include "qmforge/names.h"
#include "recorder.h"
#include "split_mix64.h"
#include "writers.h"

namespace qmforge::sim {
namespace {

/// The number of non-NULL pointers inside a pointee, and so of the referent ids that follow its own.
std::uint32_t pointers_below(const SidAndAttributesView& sids) noexcept {
  std::uint32_t count = 0;
  for (const SidAndAttributes& element : sids) count += element.sid ? 1U : 0U;
  return count;
}

std::uint32_t pointers_below(const TokenInformation& token) noexcept {
  return (token.sids.is_null() ? 0 : 1 + pointers_below(token.sids)) +
         (token.restrictedSids.is_null() ? 0 : 1 + pointers_below(token.restrictedSids));
}

std::uint32_t pointers_below(DataType type, const ValueArm& arm) noexcept {
  switch (type) {
    case DataType::byteBlob: return arm.byteBlob.data != nullptr ? 1 : 0;
    case DataType::securityDescriptor: return arm.sd.data != nullptr ? 1 : 0;
    case DataType::tokenAccessInformation: return arm.tokenAccessInformation.data != nullptr ? 1 : 0;
    case DataType::tokenInformation: return pointers_below(arm.tokenInformation);
    default: return 0;
  }
}

std::uint32_t pointers_below(const Value& value) noexcept { return pointers_below(value.type, value.arm); }

std::uint32_t pointers_in(const Value& value) noexcept {
  return is_pointer_type(value.type) && !value.is_null ? 1 + pointers_below(value) : 0;
}

std::uint32_t pointers_below(const ConditionValue& value) noexcept {
  if (value.type == DataType::range)
    return pointers_in(value.rangeValue.valueLow) + pointers_in(value.rangeValue.valueHigh);
  return pointers_below(value.type, value.arm);
}

/// The referent ids of a stream, by ordinal.
class ReferentIds {
 public:
  ReferentIds(const Referents& referents, bool wide) noexcept : referents_(referents), wide_(wide) {}

  [[nodiscard]] std::uint64_t operator[](std::uint32_t ordinal) const noexcept {
    std::uint64_t id = referents_.seed == 0 ? referents_.first + referents_.step * ordinal : drawn(ordinal);
    if (!wide_) id = static_cast<std::uint32_t>(id);
    return id == 0 ? 1 : id;
  }

 private:
  [[nodiscard]] std::uint64_t drawn(std::uint32_t ordinal) const noexcept {
    const std::uint64_t bits = SplitMix64(referents_.seed + ordinal).next();
    switch (bits & 3) {
      case 0: return std::numeric_limits<std::uint64_t>::max();
      case 1: return bits >> 62;         // 0 … 3: duplicates are likely
      case 2: return (bits >> 2) << 33;  // NDR64: the lower half is 0
      default: return bits;
    }
  }

  Referents referents_;
  bool wide_;
};

template <bool Wide, std::endian Order, class Recorder>
class NdrWriter {
 public:
  using Path = typename Recorder::Path;
  using Word = std::conditional_t<Wide, std::uint64_t, std::uint32_t>;  // a pointer, a count

  NdrWriter(const EncodeOptions& options, std::vector<std::byte>& out, Recorder recorder) noexcept
      : out_(out),
        recorder_(recorder),
        ids_(options.referents, Wide),
        random_(options.padding_seed),
        options_(options) {}

  std::expected<void, EncodeError> write(const Event& event) {
    reserve_structure();
    if (options_.format == Format::ndr20) header();
    recorder_.set_body(at_.offset);
    body_ = at_.offset;
    const Subnets pending = structure(event);
    if (event.has_subnets()) {
      pointee(event.localSubNet, Step::localSubNet, pending.local);
      pointee(event.remoteSubNet, Step::remoteSubNet, pending.remote);
    }
    recorder_.set_object_end(at_.offset);
    if (options_.format == Format::ndr20) {
      pad(-at_.offset & 7);
      // uncovered: takes an event of 4 GiB whose blobs and strings are smaller; check_encodable() rejects the others
      // before
      if (at_.offset - body_ > std::numeric_limits<std::uint32_t>::max())
        // uncovered: the same
        return std::unexpected(EncodeError{EncodeErrorCode::objectTooLarge, {}});
      store(at_.begin + object_length_at, static_cast<std::uint32_t>(at_.offset - body_));
    } else {
      pad(options_.trailing & 7);
    }
    out_.resize(at_.offset);
    return {};
  }

 private:
  // The most bytes between two calls of reserve, plus 8 because padding is written 8 bytes at a time: the header and
  // the structure (NDR64, revision 1: 152 bytes); one pointee without its arrays (NDR64, a range: 7 + 64).
  static constexpr std::size_t structure_limit = 176;
  static constexpr std::size_t pointee_limit = 80;
  static constexpr std::size_t object_length_at = 8;

  /// The position of the next byte. Functions that write many small fields keep it in a local variable, and so in
  /// registers: a member would be read again after every store, which might change it.
  struct Cursor {
    std::byte* begin;
    std::size_t offset;  // from `begin`. The body begins at 0 or 16, so alignment may count from here
  };

  /// A pointer whose pointee is not written yet.
  struct Pending {
    std::uint32_t pointer = WireField::none;  // its index in the field map
    std::uint32_t below = 0;                  // the ordinal of the first pointer below it
  };

  struct Subnets {
    Pending local;
    Pending remote;
  };

  void reserve_structure() {
    if (out_.size() < structure_limit) out_.resize(structure_limit);
    at_ = {out_.data(), 0};
  }

  /// Makes room for one more pointee with `count` bytes of arrays.
  void reserve_pointee(std::uint64_t count = 0) {
    const auto needed = static_cast<std::size_t>(at_.offset + count + pointee_limit);
    if (out_.size() >= needed) return;
    out_.resize(needed > 2 * out_.size() ? needed : 2 * out_.size());
    at_.begin = out_.data();
  }

  template <std::unsigned_integral T>
  static void store(std::byte* at, T value) noexcept {
    if constexpr (Order != std::endian::native) value = std::byteswap(value);
    std::memcpy(at, &value, sizeof value);
  }

  /// Writes `count` bytes of padding, at most 7.
  [[gnu::always_inline]] void fill(Cursor& at, std::size_t count) noexcept {
    if (random_.seed_is_zero())
      store(at.begin + at.offset, std::uint64_t{0});
    else
      random_.fill(at.begin + at.offset, count);
    at.offset += count;
  }

  [[gnu::always_inline]] void align(Cursor& at, std::size_t alignment, Path path,
                                    FieldKind kind = FieldKind::alignment) {
    const std::size_t gap = -at.offset & (alignment - 1);
    if (gap == 0) return;
    recorder_.add(kind, path, at.offset, gap);
    fill(at, gap);
  }

  void pad(std::size_t count) {
    if (count == 0) return;
    recorder_.add(FieldKind::bodyPadding, {}, at_.offset, count);
    fill(at_, count);
  }

  template <std::unsigned_integral T>
  [[gnu::always_inline]] std::uint32_t put(Cursor& at, FieldKind kind, Path path, T value,
                                           std::uint32_t partner = WireField::none) {
    align(at, sizeof(T), path);
    assert(at.offset + sizeof(T) <= out_.size());
    store(at.begin + at.offset, value);
    at.offset += sizeof(T);
    return recorder_.add(kind, path, at.offset - sizeof(T), sizeof(T), partner);
  }

  template <class T>
    requires std::is_enum_v<T>
  [[gnu::always_inline]] std::uint32_t put(Cursor& at, FieldKind kind, Path path, T value) {
    return put(at, kind, path, static_cast<std::underlying_type_t<T>>(value));
  }

  template <std::integral T>
  std::uint32_t put(FieldKind kind, Path path, T value, std::uint32_t partner = WireField::none) {
    return put(at_, kind, path, static_cast<std::make_unsigned_t<T>>(value), partner);
  }

  void put_bytes(Path path, const void* from, std::size_t count) {
    recorder_.add(FieldKind::bytes, path, at_.offset, count);
    copy(from, count);
  }

  void copy(const void* from, std::size_t count) noexcept {
    assert(at_.offset + count <= out_.size());
    std::memcpy(at_.begin + at_.offset, from, count);
    at_.offset += count;
  }

  /// The elements of an array or the units of a string, which need no alignment.
  template <std::unsigned_integral T>
  void put_element(T value) noexcept {
    assert(at_.offset + sizeof value <= out_.size());
    store(at_.begin + at_.offset, value);
    at_.offset += sizeof value;
  }

  /// A pointer; `ordinal` moves past it and past the `below` pointers inside its pointee.
  [[gnu::always_inline]] Pending put_pointer(Cursor& at, Path path, bool is_null, std::uint32_t below,
                                             std::uint32_t& ordinal) {
    if (is_null) {
      put(at, FieldKind::pointer, path, Word{0});
      return {};
    }
    const std::uint32_t index = put(at, FieldKind::pointer, path, static_cast<Word>(ids_[ordinal]));
    const Pending pending{index, ordinal + 1};
    ordinal += 1 + below;
    return pending;
  }

  /// docs/format.md 2.2
  void header() {
    recorder_.add(FieldKind::headerField, Step::version, 0, 1);
    at_.begin[0] = std::byte{1};
    recorder_.add(FieldKind::headerField, Step::endianness, 1, 1);
    at_.begin[1] = Order == std::endian::little ? std::byte{0x10} : std::byte{0x00};
    recorder_.add(FieldKind::headerField, Step::commonHeaderLength, 2, 2);
    at_.begin[2] = std::byte{8};  // little-endian, as all of the common header
    at_.begin[3] = std::byte{0};
    recorder_.add(FieldKind::filler, Step::filler, 4, 4);
    const std::uint32_t filler = options_.common_filler;
    for (std::size_t i = 0; i < 4; ++i) at_.begin[4 + i] = static_cast<std::byte>(filler >> (8 * i));
    recorder_.add(FieldKind::headerField, Step::objectBufferLength, object_length_at, 4);
    recorder_.add(FieldKind::filler, Step::filler, 12, 4);
    store(at_.begin + 12, options_.object_filler);
    at_.offset = 16;
  }

  Subnets structure(const Event& event) {
    Cursor at = at_;
    put(at, FieldKind::integer, Step::failureErrorCode, event.failureErrorCode);
    put(at, FieldKind::enumeration, Step::failurePoint, event.failurePoint);
    put(at, FieldKind::enumeration, Step::keyingModuleType, event.keyingModuleType);
    put(at, FieldKind::enumeration, Step::qmState, event.qmState);
    put(at, FieldKind::enumeration, Step::saRole, event.saRole);
    const std::uint32_t traffic = put(at, FieldKind::trafficType, Step::saTrafficType, event.saTrafficType);
    std::uint32_t ordinal = 0;
    const Pending local = subnet(at, event, event.localSubNet, Step::localSubNet, traffic, ordinal);
    const Pending remote = subnet(at, event, event.remoteSubNet, Step::remoteSubNet, traffic, ordinal);
    put(at, FieldKind::integer, Step::qmFilterId, event.qmFilterId);
    if (event.revision == Revision::r1) {
      put(at, FieldKind::integer, Step::mmSaLuid, event.mmSaLuid);
      guid(at, Step::mmProviderContextKey, event.mmProviderContextKey);
    }
    at_ = at;
    return {local, remote};
  }

  void guid(Cursor& at, Path path, const Guid& guid) {
    recorder_.add(FieldKind::guid, path, at.offset, 16);  // behind a UINT64, so it needs no alignment
    std::byte* const begin = at.begin + at.offset;
    store(begin, guid.data1);
    store(begin + 4, guid.data2);
    store(begin + 6, guid.data3);
    std::memcpy(begin + 8, guid.data4.data(), guid.data4.size());
    at.offset += 16;
  }

  [[gnu::always_inline]] Pending subnet(Cursor& at, const Event& event, const ConditionValue& value, Path path,
                                        std::uint32_t traffic, std::uint32_t& ordinal) {
    align(at, sizeof(Word), path);  // NDR64: a union to its most aligned arm, before its discriminant and its arm
    put(at, FieldKind::outerTag, path, static_cast<std::uint32_t>(event.saTrafficType), traffic);
    align(at, sizeof(Word), path);
    return event.has_subnets() ? flat(at, value, path, ordinal) : Pending();
  }

  /// FWP_VALUE0 or FWP_CONDITION_VALUE0 without its pointee.
  template <class AnyValue>
  [[gnu::always_inline]] Pending flat(Cursor& at, const AnyValue& value, Path path, std::uint32_t& ordinal) {
    align(at, sizeof(Word), path);
    const std::uint32_t type = put(at, FieldKind::type, path / Step::type, value.type);
    align(at, sizeof(Word), path);
    put(at, FieldKind::innerTag, path / Step::type, static_cast<std::uint32_t>(value.type), type);
    align(at, sizeof(Word), path, value.type == DataType::empty ? FieldKind::structPadding : FieldKind::alignment);
    const Path arm = recorder_.arm(path, value.type);
    if (is_pointer_type(value.type))
      return put_pointer(at, arm, value.is_null, value.is_null ? 0 : pointers_below(value), ordinal);
    at = inline_arm(at, value.type, value.arm, arm);
    end_structure(at, path);
    return {};
  }

  Cursor inline_arm(Cursor at, DataType type, const ValueArm& arm, Path path) {
    switch (type) {
      case DataType::uint8:
      case DataType::bitmapIndex: put(at, FieldKind::integer, path, arm.uint8); break;
      case DataType::uint16: put(at, FieldKind::integer, path, arm.uint16); break;
      case DataType::uint32: put(at, FieldKind::integer, path, arm.uint32); break;
      case DataType::int8: put(at, FieldKind::integer, path, static_cast<std::uint8_t>(arm.int8)); break;
      case DataType::int16: put(at, FieldKind::integer, path, static_cast<std::uint16_t>(arm.int16)); break;
      case DataType::int32: put(at, FieldKind::integer, path, static_cast<std::uint32_t>(arm.int32)); break;
      case DataType::float32: put(at, FieldKind::integer, path, arm.float32); break;
      default: break;  // FWP_EMPTY
    }
    return at;
  }

  void end_structure(Cursor& at, Path path) {
    if constexpr (Wide) align(at, sizeof(Word), path, FieldKind::structPadding);
  }

  void pointee(const ConditionValue& value, Path path, Pending pending) {
    if (value.is_null || !is_pointer_type(value.type)) return;
    const Path arm = recorder_.arm(path, value.type);
    const std::uint32_t first = recorder_.next();
    reserve_pointee();
    switch (value.type) {
      case DataType::v4AddrMask: v4(value.v4AddrMask, arm); break;
      case DataType::v6AddrMask: v6(value.v6AddrMask, arm); break;
      case DataType::range: range(value.rangeValue, arm, pending.below); break;
      default: arm_pointee(value.type, value.arm, arm, pending.below); break;
    }
    recorder_.close_pointee(pending.pointer, first);
  }

  void v4(const V4AddrMask& v4, Path path) {
    Cursor at = at_;
    put(at, FieldKind::integer, path / Step::addr, v4.addr);
    put(at, FieldKind::integer, path / Step::mask, v4.mask);
    at_ = at;
  }

  void v6(const V6AddrMask& v6, Path path) {
    Cursor at = at_;
    recorder_.add(FieldKind::bytes, path / Step::addr, at.offset, v6.addr.size());
    std::memcpy(at.begin + at.offset, v6.addr.data(), v6.addr.size());
    at.offset += v6.addr.size();
    put(at, FieldKind::integer, path / Step::prefixLength, v6.prefixLength);
    at_ = at;
  }

  void pointee(const Value& value, Path path, Pending pending) {
    if (value.is_null || !is_pointer_type(value.type)) return;
    const std::uint32_t first = recorder_.next();
    reserve_pointee();
    arm_pointee(value.type, value.arm, recorder_.arm(path, value.type), pending.below);
    recorder_.close_pointee(pending.pointer, first);
  }

  void arm_pointee(DataType type, const ValueArm& arm, Path path, std::uint32_t ordinal) {
    switch (type) {
      case DataType::uint64: put(FieldKind::integer, path, arm.uint64); break;
      case DataType::int64: put(FieldKind::integer, path, arm.int64); break;
      case DataType::double64: put(FieldKind::integer, path, arm.double64); break;
      case DataType::byteArray16: put_bytes(path, arm.byteArray16.data(), arm.byteArray16.size()); break;
      case DataType::byteArray6: put_bytes(path, arm.byteArray6.data(), arm.byteArray6.size()); break;
      case DataType::bitmapArray64: put_bytes(path, arm.bitmapArray64.data(), arm.bitmapArray64.size()); break;
      case DataType::byteBlob: blob(arm.byteBlob, path, ordinal); break;
      case DataType::securityDescriptor: blob(arm.sd, path, ordinal); break;
      case DataType::tokenAccessInformation: blob(arm.tokenAccessInformation, path, ordinal); break;
      case DataType::sid: sid(arm.sid, path); break;
      case DataType::tokenInformation: token(arm.tokenInformation, path, ordinal); break;
      default: string(arm.unicodeString, path); break;  // the inline types have no pointee
    }
  }

  void range(const Range& range, Path path, std::uint32_t ordinal) {
    const Pending low = flat(at_, range.valueLow, path / Step::valueLow, ordinal);
    const Pending high = flat(at_, range.valueHigh, path / Step::valueHigh, ordinal);
    pointee(range.valueLow, path / Step::valueLow, low);
    pointee(range.valueHigh, path / Step::valueHigh, high);
  }

  /// FWP_BYTE_BLOB: size | pointer … max_count | bytes
  void blob(const ByteBlob& blob, Path path, std::uint32_t ordinal) {
    align(at_, sizeof(Word), path);
    const std::uint32_t size = put(FieldKind::sizeIs, path / Step::size, blob.size);
    const Path data = path / Step::data;
    const Pending pending = put_pointer(at_, data, blob.data == nullptr, 0, ordinal);
    if (blob.data == nullptr) return;
    reserve_pointee(blob.size);
    const std::uint32_t first = put(FieldKind::maxCount, data, Word{blob.size}, size);
    recorder_.add(FieldKind::elements, data, at_.offset, blob.size, size, 1);
    copy(blob.data, blob.size);
    recorder_.close_pointee(pending.pointer, first);
  }

  /// SID: max_count | Revision | SubAuthorityCount | IdentifierAuthority | SubAuthority …
  void sid(const Sid& sid, Path path) {
    const auto count = static_cast<std::uint32_t>(sid.subAuthority.size());
    reserve_pointee(std::uint64_t{4} * count);
    const Path sub_authority = path / Step::subAuthority;
    const std::uint32_t max_count = put(FieldKind::maxCount, sub_authority, Word{count});
    put(FieldKind::integer, path / Step::revision, sid.revision);
    const std::uint32_t size = put(FieldKind::sizeIs, path / Step::subAuthorityCount, static_cast<std::uint8_t>(count));
    recorder_.set_partner(max_count, size);
    put_bytes(path / Step::identifierAuthority, sid.identifierAuthority, sizeof sid.identifierAuthority);
    recorder_.add(FieldKind::elements, sub_authority, at_.offset, std::uint64_t{4} * count, size, 4);
    for (const std::uint32_t value : sid.subAuthority) put_element(value);
  }

  /// FWP_TOKEN_INFORMATION: sidCount | sids | restrictedSidCount | restrictedSids … the two arrays
  void token(const TokenInformation& token, Path path, std::uint32_t ordinal) {
    align(at_, sizeof(Word), path);
    const std::uint32_t size = put(FieldKind::sizeIs, path / Step::sidCount, token.sidCount);
    const Pending sids = put_pointer(at_, path / Step::sids, token.sids.is_null(), pointers_below(token.sids), ordinal);
    const std::uint32_t restricted_size =
        put(FieldKind::sizeIs, path / Step::restrictedSidCount, token.restrictedSidCount);
    const Pending restricted = put_pointer(at_, path / Step::restrictedSids, token.restrictedSids.is_null(),
                                           pointers_below(token.restrictedSids), ordinal);
    sid_array(token.sids, path / Step::sids, size, sids);
    sid_array(token.restrictedSids, path / Step::restrictedSids, restricted_size, restricted);
  }

  /// max_count | {pointer, attributes} … | a SID for each pointer that is not NULL
  void sid_array(const SidAndAttributesView& elements, Path path, std::uint32_t size, Pending pending) {
    if (elements.is_null()) return;
    constexpr std::size_t stride = 2 * sizeof(Word);
    reserve_pointee(std::uint64_t{stride} * elements.size());
    const std::uint32_t first = put(FieldKind::maxCount, path, Word{elements.size()}, size);
    recorder_.add(FieldKind::elements, path, at_.offset, stride * elements.size(), size, stride);
    const std::uint32_t flat = recorder_.next();  // of each element: pointer, attributes, NDR64: padding
    std::uint32_t ordinal = pending.below;
    std::uint32_t index = 0;
    for (const SidAndAttributes& element : elements) {
      const Path element_path = path[index++];
      put_pointer(at_, element_path / Step::sid, !element.sid, 0, ordinal);
      put(FieldKind::integer, element_path / Step::attributes, element.attributes);
      end_structure(at_, element_path);
    }
    index = 0;
    for (const SidAndAttributes& element : elements) {
      if (element.sid) {
        const std::uint32_t below = recorder_.next();
        reserve_pointee();
        sid(*element.sid, path[index] / Step::sid);
        recorder_.close_pointee(flat + index * (Wide ? 3 : 2), below);
      }
      ++index;
    }
    recorder_.close_pointee(pending.pointer, first);
  }

  /// A string: max_count | offset | actual_count | units, the NUL included
  void string(const Utf16View& units, Path path) {
    const auto count = static_cast<std::uint32_t>(units.size() + 1);
    reserve_pointee(std::uint64_t{2} * count);
    const std::uint32_t max_count = put(FieldKind::maxCount, path, Word{count} + options_.string_slack);
    put(FieldKind::stringOffset, path, Word{0});
    const std::uint32_t actual = put(FieldKind::actualCount, path, Word{count}, max_count);
    recorder_.add(FieldKind::units, path, at_.offset, std::uint64_t{2} * count, actual, 2);
    for (const char16_t unit : units) put_element(static_cast<std::uint16_t>(unit));
    put_element(std::uint16_t{0});
  }

  std::vector<std::byte>& out_;
  Cursor at_{};
  std::size_t body_ = 0;
  [[no_unique_address]] Recorder recorder_;
  ReferentIds ids_;
  SplitMix64 random_;
  const EncodeOptions& options_;
};

template <bool Wide, std::endian Order>
std::expected<void, EncodeError> write_as(const Event& event, const EncodeOptions& options, std::vector<std::byte>& out,
                                          FieldMap* map) {
  if (map == nullptr) return NdrWriter<Wide, Order, NoRecorder>(options, out, {}).write(event);
  return NdrWriter<Wide, Order, MapRecorder>(options, out, MapRecorder(*map)).write(event);
}

}  // namespace

std::expected<void, EncodeError> write_ndr(const Event& event, const EncodeOptions& options,
                                           std::vector<std::byte>& out, FieldMap* map) {
  if (options.format == Format::ndr64) return write_as<true, std::endian::little>(event, options, out, map);
  if (options.format == Format::ndr20 && options.order == std::endian::big)
    return write_as<false, std::endian::big>(event, options, out, map);
  return write_as<false, std::endian::little>(event, options, out, map);
}

}  // namespace qmforge::sim
