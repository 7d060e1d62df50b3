// Writes an event as a memory image: the Windows structure at the start, then the pointees. docs/format.md 2.5
#include <bit>
#include <cassert>
#include <concepts>
#include <cstring>
#include <limits>
#include <span>
#include <type_traits>

#include "qmforge/names.h"
#include "recorder.h"
#include "split_mix64.h"
#include "writers.h"

namespace qmforge::sim {
namespace {

/// Chooses where the next pointee goes: after the last one, or scattered.
class Allocator {
 public:
  Allocator(const Placement& placement, std::size_t begin) noexcept
      : random_(placement.seed), scattered_(placement.seed != 0), end_(begin) {}

  /// The offset for `size` bytes of the given alignment. It may be lower than earlier ones.
  [[nodiscard]] std::size_t take(std::size_t size, std::size_t alignment) noexcept {
    if (!scattered_) {
      const std::size_t at = (end_ + alignment - 1) & ~(alignment - 1);
      end_ = at + size;
      return at;
    }
    const std::uint64_t bits = random_.next();
    if (hole_end_ - hole_begin_ >= size && (bits & 1) != 0) {
      const std::size_t at = hole_end_ - size;
      hole_end_ = at;
      return at;
    }
    const std::size_t gap = (bits & 2) != 0 ? (bits >> 8) % 64 : (bits >> 8) % 4;
    if (gap > hole_end_ - hole_begin_) {
      hole_begin_ = end_;
      hole_end_ = end_ + gap;
    }
    const std::size_t at = end_ + gap;
    end_ = at + size;
    return at;
  }

 private:
  SplitMix64 random_;
  bool scattered_;
  std::size_t end_;
  std::size_t hole_begin_ = 0;  // the largest gap left so far
  std::size_t hole_end_ = 0;
};

template <std::unsigned_integral Word, class Recorder>
class ImageWriter {
 public:
  using Path = typename Recorder::Path;

  ImageWriter(const EncodeOptions& options, Revision revision, std::vector<std::byte>& out, Recorder recorder) noexcept
      : out_(out),
        recorder_(recorder),
        allocator_(options.placement, structure_size(revision)),
        random_(options.padding_seed),
        options_(options) {}

  std::expected<void, EncodeError> write(const Event& event) {
    out_.clear();
    grow(structure_size(event.revision));
    structure(event);
    recorder_.set_object_end(structure_size(event.revision));
    if (options_.image_base > std::numeric_limits<Word>::max() ||
        out_.size() - 1 > std::numeric_limits<Word>::max() - options_.image_base)
      return std::unexpected(EncodeError{EncodeErrorCode::addressRange, {}});
    return {};
  }

 private:
  static constexpr std::size_t word = sizeof(Word);
  // FWP_VALUE0, FWP_CONDITION_VALUE0 and FWP_BYTE_BLOB: u32, then a slot of a pointer's size and alignment.
  static constexpr std::size_t pair_size = 2 * word;
  static constexpr std::size_t local_at = 24;
  static constexpr std::size_t remote_at = local_at + pair_size;
  static constexpr std::size_t filter_at = remote_at + pair_size;
  static constexpr std::size_t luid_at = filter_at + 8;
  static constexpr std::size_t key_at = luid_at + 8;

  static constexpr std::size_t structure_size(Revision revision) noexcept {
    return revision == Revision::r1 ? key_at + 16 : luid_at;
  }

  /// Makes the image at least `size` bytes long and fills the new bytes with padding.
  void grow(std::size_t size) {
    const std::size_t before = out_.size();
    if (size <= before) return;
    out_.resize(size);
    if (!random_.seed_is_zero()) random_.fill(out_.data() + before, size - before);
  }

  template <std::unsigned_integral T>
  void store(std::size_t at, T value) noexcept {
    if constexpr (std::endian::native != std::endian::little) value = std::byteswap(value);
    assert(at + sizeof value <= out_.size());
    std::memcpy(out_.data() + at, &value, sizeof value);
  }

  template <std::unsigned_integral T>
  std::uint32_t put(FieldKind kind, Path path, std::size_t at, T value, std::uint32_t partner = WireField::none) {
    store(at, value);
    return recorder_.add(kind, path, at, sizeof value, partner);
  }

  template <class T>
    requires std::is_enum_v<T> || std::signed_integral<T>
  std::uint32_t put(FieldKind kind, Path path, std::size_t at, T value) {
    if constexpr (std::is_enum_v<T>)
      return put(kind, path, at, static_cast<std::underlying_type_t<T>>(value));
    else
      return put(kind, path, at, static_cast<std::make_unsigned_t<T>>(value));
  }

  void put_bytes(Path path, std::size_t at, const void* from, std::size_t count) noexcept {
    recorder_.add(FieldKind::bytes, path, at, count);
    assert(at + count <= out_.size());
    std::memcpy(out_.data() + at, from, count);
  }

  /// Allocates a pointee. A pointee of 0 bytes has an address inside the image, too.
  std::size_t allocate(std::uint64_t size, std::size_t alignment) {
    const std::size_t count = size == 0 ? 1 : static_cast<std::size_t>(size);
    const std::size_t at = allocator_.take(count, alignment);
    grow(at + count);
    return at;
  }

  void put_address(std::size_t at, std::size_t pointee) noexcept {
    store(at, static_cast<Word>(options_.image_base + pointee));
  }

  void structure(const Event& event) {
    put(FieldKind::integer, Step::failureErrorCode, 0, event.failureErrorCode);
    put(FieldKind::enumeration, Step::failurePoint, 4, event.failurePoint);
    put(FieldKind::enumeration, Step::keyingModuleType, 8, event.keyingModuleType);
    put(FieldKind::enumeration, Step::qmState, 12, event.qmState);
    put(FieldKind::enumeration, Step::saRole, 16, event.saRole);
    put(FieldKind::trafficType, Step::saTrafficType, 20, event.saTrafficType);
    subnet(event, event.localSubNet, Step::localSubNet, local_at);
    subnet(event, event.remoteSubNet, Step::remoteSubNet, remote_at);
    put(FieldKind::integer, Step::qmFilterId, filter_at, event.qmFilterId);
    if (event.revision == Revision::r0) return;
    put(FieldKind::integer, Step::mmSaLuid, luid_at, event.mmSaLuid);
    const Guid& key = event.mmProviderContextKey;
    recorder_.add(FieldKind::guid, Step::mmProviderContextKey, key_at, 16);
    store(key_at, key.data1);
    store(key_at + 4, key.data2);
    store(key_at + 6, key.data3);
    std::memcpy(out_.data() + key_at + 8, key.data4.data(), key.data4.size());
  }

  void subnet(const Event& event, const ConditionValue& subnet, Path path, std::size_t at) {
    if (event.has_subnets()) {
      value(subnet, path, at);
    } else {
      recorder_.add(FieldKind::slot, path / Step::type, at, 4);
      recorder_.add(FieldKind::slot, path, at + word, word);
    }
  }

  /// FWP_VALUE0 or FWP_CONDITION_VALUE0: type | an inline arm or an address
  template <class AnyValue>
  void value(const AnyValue& value, Path path, std::size_t at) {
    put(FieldKind::type, path / Step::type, at, value.type);
    const std::size_t slot = at + word;
    recorder_.add(FieldKind::slot, path, slot, word);
    const Path arm = recorder_.arm(path, value.type);
    if (!is_pointer_type(value.type)) {
      inline_arm(value.type, value.arm, arm, slot);
      return;
    }
    const std::uint32_t pointer = put(FieldKind::pointer, arm, slot, Word{0});
    if (value.is_null) return;
    const std::uint32_t first = recorder_.next();
    put_address(slot, pointee(value, arm));
    recorder_.close_pointee(pointer, first);
  }

  void inline_arm(DataType type, const ValueArm& arm, Path path, std::size_t at) {
    switch (type) {
      case DataType::uint8:
      case DataType::bitmapIndex: put(FieldKind::integer, path, at, arm.uint8); break;
      case DataType::uint16: put(FieldKind::integer, path, at, arm.uint16); break;
      case DataType::uint32: put(FieldKind::integer, path, at, arm.uint32); break;
      case DataType::int8: put(FieldKind::integer, path, at, arm.int8); break;
      case DataType::int16: put(FieldKind::integer, path, at, arm.int16); break;
      case DataType::int32: put(FieldKind::integer, path, at, arm.int32); break;
      case DataType::float32: put(FieldKind::integer, path, at, arm.float32); break;
      default: break;  // FWP_EMPTY
    }
  }

  // Each of the following writes one pointee and returns its offset.

  std::size_t pointee(const ConditionValue& value, Path path) {
    switch (value.type) {
      case DataType::v4AddrMask: {
        const std::size_t at = allocate(8, 4);
        put(FieldKind::integer, path / Step::addr, at, value.v4AddrMask.addr);
        put(FieldKind::integer, path / Step::mask, at + 4, value.v4AddrMask.mask);
        return share(at, 8);
      }
      case DataType::v6AddrMask: {
        const std::size_t at = allocate(17, 1);
        put_bytes(path / Step::addr, at, value.v6AddrMask.addr.data(), 16);
        put(FieldKind::integer, path / Step::prefixLength, at + 16, value.v6AddrMask.prefixLength);
        return share(at, 17);
      }
      case DataType::range: {
        const std::size_t at = allocate(2 * pair_size, word);
        this->value(value.rangeValue.valueLow, path / Step::valueLow, at);
        this->value(value.rangeValue.valueHigh, path / Step::valueHigh, at + pair_size);
        return at;
      }
      default: return arm_pointee(value.type, value.arm, path);
    }
  }

  std::size_t pointee(const Value& value, Path path) { return arm_pointee(value.type, value.arm, path); }

  std::size_t arm_pointee(DataType type, const ValueArm& arm, Path path) {
    switch (type) {
      case DataType::uint64: return number(arm.uint64, path);
      case DataType::int64: return number(arm.int64, path);
      case DataType::double64: return number(arm.double64, path);
      case DataType::byteArray16: return byte_array(arm.byteArray16.data(), arm.byteArray16.size(), path);
      case DataType::byteArray6: return byte_array(arm.byteArray6.data(), arm.byteArray6.size(), path);
      case DataType::bitmapArray64: return byte_array(arm.bitmapArray64.data(), arm.bitmapArray64.size(), path);
      case DataType::byteBlob: return blob(arm.byteBlob, path);
      case DataType::securityDescriptor: return blob(arm.sd, path);
      case DataType::tokenAccessInformation: return blob(arm.tokenAccessInformation, path);
      case DataType::sid: return sid(arm.sid, path);
      case DataType::tokenInformation: return token(arm.tokenInformation, path);
      default: return string(arm.unicodeString, path);
    }
  }

  template <std::integral T>
  std::size_t number(T value, Path path) {
    const std::size_t at = allocate(sizeof value, sizeof value);
    put(FieldKind::integer, path, at, value);
    return share(at, sizeof value);
  }

  std::size_t byte_array(const std::uint8_t* from, std::size_t count, Path path) {
    const std::size_t at = allocate(count, 1);
    put_bytes(path, at, from, count);
    return share(at, count);
  }

  /// FWP_BYTE_BLOB: size | address of the bytes
  std::size_t blob(const ByteBlob& blob, Path path) {
    const std::size_t at = allocate(pair_size, word);
    const std::uint32_t size = put(FieldKind::sizeIs, path / Step::size, at, blob.size);
    const std::uint32_t pointer = put(FieldKind::pointer, path / Step::data, at + word, Word{0});
    if (blob.data == nullptr) return at;
    const std::size_t data = allocate(blob.size, 1);
    const std::uint32_t first = recorder_.add(FieldKind::elements, path / Step::data, data, blob.size, size, 1);
    std::memcpy(out_.data() + data, blob.data, blob.size);
    put_address(at + word, share(data, blob.size));
    recorder_.close_pointee(pointer, first);
    return at;
  }

  /// SID: Revision | SubAuthorityCount | IdentifierAuthority | SubAuthority …
  std::size_t sid(const Sid& sid, Path path) {
    const auto count = static_cast<std::uint32_t>(sid.subAuthority.size());
    const std::size_t size = 8 + std::size_t{4} * count;
    const std::size_t at = allocate(size, 4);
    put(FieldKind::integer, path / Step::revision, at, sid.revision);
    const std::uint32_t counted =
        put(FieldKind::sizeIs, path / Step::subAuthorityCount, at + 1, static_cast<std::uint8_t>(count));
    put_bytes(path / Step::identifierAuthority, at + 2, sid.identifierAuthority, sizeof sid.identifierAuthority);
    recorder_.add(FieldKind::elements, path / Step::subAuthority, at + 8, std::uint64_t{4} * count, counted, 4);
    std::size_t next = at + 8;
    for (const std::uint32_t value : sid.subAuthority) {
      store(next, value);
      next += sizeof value;
    }
    return share(at, size);
  }

  /// FWP_TOKEN_INFORMATION: sidCount | sids | restrictedSidCount | restrictedSids
  std::size_t token(const TokenInformation& token, Path path) {
    const std::size_t at = allocate(2 * pair_size, word);
    sid_array(token.sids, token.sidCount, path / Step::sidCount, path / Step::sids, at);
    sid_array(token.restrictedSids, token.restrictedSidCount, path / Step::restrictedSidCount,
              path / Step::restrictedSids, at + pair_size);
    return at;
  }

  /// A count and the address of its elements, at `at`; SID_AND_ATTRIBUTES: address of the SID | attributes
  void sid_array(const SidAndAttributesView& elements, std::uint32_t count, Path count_path, Path path,
                 std::size_t at) {
    const std::uint32_t size = put(FieldKind::sizeIs, count_path, at, count);
    const std::uint32_t pointer = put(FieldKind::pointer, path, at + word, Word{0});
    if (elements.is_null()) return;
    const std::size_t array = allocate(std::uint64_t{pair_size} * elements.size(), word);
    const std::uint32_t first =
        recorder_.add(FieldKind::elements, path, array, std::uint64_t{pair_size} * elements.size(), size, pair_size);
    put_address(at + word, array);
    std::size_t place = array;
    std::uint32_t index = 0;
    for (const SidAndAttributes& element : elements) {
      const Path element_path = path[index++];
      const std::uint32_t sid_pointer = put(FieldKind::pointer, element_path / Step::sid, place, Word{0});
      if (element.sid) {
        const std::uint32_t below = recorder_.next();
        put_address(place, sid(*element.sid, element_path / Step::sid));
        recorder_.close_pointee(sid_pointer, below);
      }
      put(FieldKind::integer, element_path / Step::attributes, place + word, element.attributes);
      place += pair_size;
    }
    recorder_.close_pointee(pointer, first);
  }

  std::size_t string(const Utf16View& units, Path path) {
    const std::size_t size = 2 * (units.size() + 1);
    const std::size_t at = allocate(size, 2);
    recorder_.add(FieldKind::units, path, at, size, WireField::none, 2);
    std::size_t next = at;
    for (const char16_t unit : units) {
      store(next, static_cast<std::uint16_t>(unit));
      next += sizeof unit;
    }
    store(next, std::uint16_t{0});
    return share(at, size);
  }

  /// The final offset of a pointee that holds no addresses: with the option `share`, inside an earlier one that has the
  /// same bytes. The field map still has the unused copy.
  std::size_t share(std::size_t at, std::size_t size) noexcept {
    if (!options_.placement.share || size == 0) return at;
    for (const Leaf& leaf : std::span(leaves_).first(leaf_count_)) {
      for (std::size_t from = leaf.at; from + size <= leaf.at + leaf.size; ++from)
        if (std::memcmp(out_.data() + from, out_.data() + at, size) == 0) return from;
    }
    if (leaf_count_ < std::size(leaves_)) leaves_[leaf_count_++] = {at, size};
    return at;
  }

  struct Leaf {
    std::size_t at;
    std::size_t size;
  };

  std::vector<std::byte>& out_;
  [[no_unique_address]] Recorder recorder_;
  Allocator allocator_;
  SplitMix64 random_;
  const EncodeOptions& options_;
  Leaf leaves_[8];  // the first pointees that may be shared; enough for tests to meet one
  std::size_t leaf_count_ = 0;
};

template <std::unsigned_integral Word>
std::expected<void, EncodeError> write_as(const Event& event, const EncodeOptions& options, std::vector<std::byte>& out,
                                          FieldMap* map) {
  if (map == nullptr) return ImageWriter<Word, NoRecorder>(options, event.revision, out, {}).write(event);
  return ImageWriter<Word, MapRecorder>(options, event.revision, out, MapRecorder(*map)).write(event);
}

}  // namespace

std::expected<void, EncodeError> write_image(const Event& event, const EncodeOptions& options,
                                             std::vector<std::byte>& out, FieldMap* map) {
  if (options.format == Format::native32) return write_as<std::uint32_t>(event, options, out, map);
  return write_as<std::uint64_t>(event, options, out, map);
}

}  // namespace qmforge::sim
