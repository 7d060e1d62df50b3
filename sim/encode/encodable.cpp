// Whether an event has an encoding.
#include "encodable.h"

#include <algorithm>
#include <limits>
#include <type_traits>

#include "qmforge/names.h"

namespace qmforge::sim {
namespace {

using Checked = std::expected<void, EncodeError>;

Checked fail(EncodeErrorCode code, const FieldPath& field) { return std::unexpected(EncodeError{code, field}); }

class Check {
 public:
  explicit Check(const EncodeOptions& options) noexcept
      : image_(is_memory_image(options.format)), slack_(options.string_slack) {}

  /// The bytes of all blobs and strings that were checked.
  [[nodiscard]] std::uint64_t array_bytes() const noexcept { return array_bytes_; }

  Checked condition(const ConditionValue& value, const FieldPath& path) {
    if (!is_condition_value_type(value.type)) return fail(EncodeErrorCode::noArm, path / Step::type);
    if (value.is_null || value.type != DataType::range) return arms(value, path);
    const FieldPath range = path / Step::rangeValue;
    if (Checked low = inner(value.rangeValue.valueLow, range / Step::valueLow); !low) return low;
    return inner(value.rangeValue.valueHigh, range / Step::valueHigh);
  }

 private:
  Checked inner(const Value& value, const FieldPath& path) {
    if (!is_value_type(value.type)) return fail(EncodeErrorCode::noArm, path / Step::type);
    return arms(value, path);
  }

  template <class AnyValue>
  Checked arms(const AnyValue& value, const FieldPath& path) {
    if (value.is_null)
      return is_pointer_type(value.type) ? Checked() : fail(EncodeErrorCode::nullInline, path / arm_step(value.type));
    switch (value.type) {
      case DataType::byteBlob: return blob(value.arm.byteBlob);
      case DataType::securityDescriptor: return blob(value.arm.sd);
      case DataType::tokenAccessInformation: return blob(value.arm.tokenAccessInformation);
      case DataType::sid: return sid(value.arm.sid, path / Step::sid);
      case DataType::tokenInformation: return token(value.arm.tokenInformation, path / Step::tokenInformation);
      case DataType::unicodeString: return string(value.arm.unicodeString, path / Step::unicodeString);
      default: return {};
    }
  }

  Checked blob(const ByteBlob& blob) noexcept {
    if (blob.data != nullptr) array_bytes_ += blob.size;
    return {};
  }

  static Checked sid(const Sid& sid, const FieldPath& path) {
    if (sid.subAuthority.size() > std::numeric_limits<std::uint8_t>::max())
      return fail(EncodeErrorCode::sidTooLong, path / Step::subAuthority);
    return {};
  }

  static Checked token(const TokenInformation& token, const FieldPath& path) {
    if (Checked sids = array(token.sids, token.sidCount, path / Step::sids); !sids) return sids;
    return array(token.restrictedSids, token.restrictedSidCount, path / Step::restrictedSids);
  }

  static Checked array(const SidAndAttributesView& elements, std::uint32_t count, const FieldPath& path) {
    if (elements.is_null()) return {};
    if (elements.size() != count) return fail(EncodeErrorCode::countMismatch, path);
    std::uint32_t index = 0;
    for (const SidAndAttributes& element : elements) {
      if (element.sid)
        if (Checked checked = sid(*element.sid, path[index] / Step::sid); !checked) return checked;
      ++index;
    }
    return {};
  }

  Checked string(const Utf16View& units, const FieldPath& path) {
    const std::uint64_t count = std::uint64_t{units.size()} + 1;
    if (count + (image_ ? 0 : slack_) > std::numeric_limits<std::uint32_t>::max())
      return fail(EncodeErrorCode::stringTooLong, path);
    if (image_ && std::ranges::any_of(units, [](char16_t unit) { return unit == 0; }))
      return fail(EncodeErrorCode::innerNul, path);
    array_bytes_ += 2 * count;
    return {};
  }

  bool image_;
  std::uint64_t slack_;
  std::uint64_t array_bytes_ = 0;
};

/// Rejects arrays that are too large for 32 bits before gigabytes are written. The writers check the final size.
Checked check_size(std::uint64_t array_bytes, const EncodeOptions& options) {
  constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
  constexpr std::uint64_t least_structure = 40;
  if (options.format == Format::ndr20 && array_bytes > most - least_structure)
    return fail(EncodeErrorCode::objectTooLarge, {});
  if (options.format == Format::native32 && array_bytes > most - least_structure)
    return fail(EncodeErrorCode::addressRange, {});
  return {};
}

}  // namespace

Checked check_encodable(const Event& event, const EncodeOptions& options) {
  if (event.revision != Revision::r0 && event.revision != Revision::r1)
    return fail(EncodeErrorCode::unknownRevision, {});
  if (!is_valid(event.saTrafficType)) return fail(EncodeErrorCode::noArm, Step::saTrafficType);
  if (!event.has_subnets()) return {};
  Check check(options);
  if (Checked local = check.condition(event.localSubNet, Step::localSubNet); !local) return local;
  if (Checked remote = check.condition(event.remoteSubNet, Step::remoteSubNet); !remote) return remote;
  return check_size(check.array_bytes(), options);
}

}  // namespace qmforge::sim
