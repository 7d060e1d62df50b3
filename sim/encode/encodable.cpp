// Whether an event has an encoding at all.
#include "encodable.h"

#include <algorithm>
#include <limits>
#include <type_traits>

#include "qmforge/names.h"

namespace qmforge::sim {
namespace {

using Checked = std::expected<void, EncodeError>;

Checked refuse(EncodeErrorCode code, const FieldPath& field) { return std::unexpected(EncodeError{code, field}); }

class Check {
 public:
  explicit Check(const EncodeOptions& options) noexcept
      : image_(options.format == Format::native64 || options.format == Format::native32), slack_(options.stringSlack) {}

  Checked condition(const ConditionValue& value, const FieldPath& path) const {
    if (!is_condition_value_type(value.type)) return refuse(EncodeErrorCode::noArm, path / Step::type);
    if (value.isNull || value.type != DataType::range) return arms(value, path);
    const FieldPath range = path / Step::rangeValue;
    if (Checked low = plain(value.rangeValue.valueLow, range / Step::valueLow); !low) return low;
    return plain(value.rangeValue.valueHigh, range / Step::valueHigh);
  }

 private:
  Checked plain(const Value& value, const FieldPath& path) const {
    if (!is_value_type(value.type)) return refuse(EncodeErrorCode::noArm, path / Step::type);
    return arms(value, path);
  }

  template <class AnyValue>
  Checked arms(const AnyValue& value, const FieldPath& path) const {
    if (value.isNull)
      return is_pointer_type(value.type) ? Checked() : refuse(EncodeErrorCode::nullInline, path / arm_step(value.type));
    switch (value.type) {
      case DataType::sid: return sid(value.arm.sid, path / Step::sid);
      case DataType::tokenInformation: return token(value.arm.tokenInformation, path / Step::tokenInformation);
      case DataType::unicodeString: return string(value.arm.unicodeString, path / Step::unicodeString);
      default: return {};
    }
  }

  static Checked sid(const Sid& sid, const FieldPath& path) {
    if (sid.subAuthority.size() > std::numeric_limits<std::uint8_t>::max())
      return refuse(EncodeErrorCode::sidTooLong, path / Step::subAuthority);
    return {};
  }

  static Checked token(const TokenInformation& token, const FieldPath& path) {
    if (Checked sids = array(token.sids, token.sidCount, path / Step::sids); !sids) return sids;
    return array(token.restrictedSids, token.restrictedSidCount, path / Step::restrictedSids);
  }

  static Checked array(const SidAndAttributesView& elements, std::uint32_t count, const FieldPath& path) {
    if (elements.is_null()) return {};
    if (elements.size() != count) return refuse(EncodeErrorCode::countMismatch, path);
    std::uint32_t index = 0;
    for (const SidAndAttributes& element : elements) {
      if (element.sid)
        if (Checked checked = sid(*element.sid, path[index] / Step::sid); !checked) return checked;
      ++index;
    }
    return {};
  }

  Checked string(const Utf16View& units, const FieldPath& path) const {
    const std::uint64_t count = std::uint64_t{units.size()} + 1;
    if (count + (image_ ? 0 : slack_) > std::numeric_limits<std::uint32_t>::max())
      return refuse(EncodeErrorCode::stringTooLong, path);
    if (image_ && std::ranges::any_of(units, [](char16_t unit) { return unit == 0; }))
      return refuse(EncodeErrorCode::innerNul, path);
    return {};
  }

  bool image_;
  std::uint64_t slack_;
};

}  // namespace

Checked check_encodable(const Event& event, const EncodeOptions& options) {
  if (event.revision != Revision::r0 && event.revision != Revision::r1)
    return refuse(EncodeErrorCode::unknownRevision, {});
  if (!is_valid(event.saTrafficType)) return refuse(EncodeErrorCode::noArm, Step::saTrafficType);
  if (!event.has_subnets()) return {};
  const Check check(options);
  if (Checked local = check.condition(event.localSubNet, Step::localSubNet); !local) return local;
  return check.condition(event.remoteSubNet, Step::remoteSubNet);
}

}  // namespace qmforge::sim
