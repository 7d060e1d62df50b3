// Compares an expected report with a decoder's answer, member by member.
#include <vector>

#include "qmforge/hex.h"
#include "qmforge/names.h"
#include "qmforge/testing/decoder.h"
#include "qmforge/text.h"

namespace qmforge::test {
namespace {

/// One field as text. A member of an event is a list of these, a union's type before its arm.
struct Field {
  FieldPath path;
  std::string text;
};
using Fields = std::vector<Field>;

template <class Enum>
std::string enum_text(Enum value) {
  const std::string_view name = c_name(value);
  return name.empty() ? std::to_string(static_cast<std::uint32_t>(value)) : std::string(name);
}

/// Adds the fields of one union arm.
class ArmFields {
 public:
  ArmFields(Fields& fields, FieldPath path) : fields_(fields), path_(path) {}

  template <std::integral T>
  void operator()(DataType, T number) const {
    add(path_, std::to_string(number));
  }
  template <std::size_t n>
  void operator()(DataType, const std::array<std::uint8_t, n>& bytes) const {
    add(path_, to_hex(std::as_bytes(std::span(bytes))));
  }
  void operator()(DataType, const ByteBlob& blob) const {
    add(path_ / Step::size, std::to_string(blob.size));
    add(path_ / Step::data, blob.data == nullptr ? "NULL" : to_hex(blob.bytes()));
  }
  void operator()(DataType, const Sid& sid) const { add(path_, sid_text(sid)); }
  void operator()(DataType, const Utf16View& units) const { add(path_, string_text(units)); }
  void operator()(DataType, const V4AddrMask& mask) const {
    add(path_ / Step::addr, v4_text(mask.addr));
    add(path_ / Step::mask, v4_text(mask.mask));
  }
  void operator()(DataType, const V6AddrMask& mask) const {
    add(path_ / Step::addr, v6_text(mask.addr));
    add(path_ / Step::prefixLength, std::to_string(mask.prefixLength));
  }
  void operator()(DataType, const TokenInformation& token) const {
    add(path_ / Step::sidCount, std::to_string(token.sidCount));
    sids(path_ / Step::sids, token.sids);
    add(path_ / Step::restrictedSidCount, std::to_string(token.restrictedSidCount));
    sids(path_ / Step::restrictedSids, token.restrictedSids);
  }
  void operator()(DataType, const Range& range) const {
    value(path_ / Step::valueLow, range.valueLow);
    value(path_ / Step::valueHigh, range.valueHigh);
  }

  /// The type of a FWP_VALUE0 or FWP_CONDITION_VALUE0 at `path`, and its arm.
  template <class AnyValue>
  void value(FieldPath path, const AnyValue& value) const {
    add(path / Step::type, enum_text(value.type));
    if (arm_step(value.type) == Step::none) return;
    const FieldPath arm = path / arm_step(value.type);
    if (value.is_null) {
      add(arm, "NULL");
    } else {
      visit(value, ArmFields(fields_, arm));
    }
  }

 private:
  void add(FieldPath path, std::string text) const { fields_.push_back({path, std::move(text)}); }
  void sids(FieldPath path, const SidAndAttributesView& sids) const {
    if (sids.is_null()) {
      add(path, "NULL");
      return;
    }
    std::uint32_t index = 0;
    for (const SidAndAttributes& element : sids) {
      const FieldPath at = path[index++];
      add(at / Step::sid, element.sid ? sid_text(*element.sid) : "NULL");
      add(at / Step::attributes, std::to_string(element.attributes));
    }
    add(path, std::to_string(index) + " elements");
  }

  Fields& fields_;
  FieldPath path_;
};

/// The members of the event; each is a list of fields.
std::vector<Fields> members(const Event& event) {
  std::vector<Fields> all;
  const auto add = [&](Step step, std::string text) { all.push_back({{step, std::move(text)}}); };
  add(Step::failureErrorCode, std::to_string(event.failureErrorCode));
  add(Step::failurePoint, enum_text(event.failurePoint));
  add(Step::keyingModuleType, enum_text(event.keyingModuleType));
  add(Step::qmState, enum_text(event.qmState));
  add(Step::saRole, enum_text(event.saRole));
  add(Step::saTrafficType, enum_text(event.saTrafficType));
  for (const auto& [step, subnet] :
       {std::pair(Step::localSubNet, &event.localSubNet), std::pair(Step::remoteSubNet, &event.remoteSubNet)}) {
    all.emplace_back();
    if (event.has_subnets()) ArmFields(all.back(), step).value(step, *subnet);
  }
  add(Step::qmFilterId, std::to_string(event.qmFilterId));
  if (event.revision == Revision::r0) return all;
  add(Step::mmSaLuid, std::to_string(event.mmSaLuid));
  add(Step::mmProviderContextKey, guid_text(event.mmProviderContextKey));
  return all;
}

/// The first field in which a member differs.
std::string member_difference(const Fields& expected, const Fields& actual) {
  const auto line = [](FieldPath path, const std::string& wanted, const std::string& got) {
    return path.to_string() + ": expected " + wanted + ", got " + got + '\n';
  };
  // Where all fields of the shorter list are equal, the lists are as long: a type and a count precede what they select.
  for (std::size_t i = 0; i < std::min(expected.size(), actual.size()); ++i) {
    if (!(expected[i].path == actual[i].path)) return line(expected[i].path, expected[i].text, "nothing");
    if (expected[i].text != actual[i].text) return line(expected[i].path, expected[i].text, actual[i].text);
  }
  return {};
}

std::string event_difference(const Event& expected, const Event& actual) {
  if (expected == actual) return {};
  if (expected.revision != actual.revision)
    return "revision: expected " + std::to_string(static_cast<unsigned>(expected.revision)) + ", got " +
           std::to_string(static_cast<unsigned>(actual.revision));
  const std::vector<Fields> wanted = members(expected);
  const std::vector<Fields> got = members(actual);
  std::string text;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    // A transport event has no subnets; a difference in traffic type is reported as such.
    if (expected.has_subnets() != actual.has_subnets() && (wanted[i].empty() || got[i].empty())) continue;
    text += member_difference(wanted[i], got[i]);
  }
  if (!text.empty()) text.pop_back();
  return text;
}

std::string rejection_difference(const DecodeError& expected, const Rejection& actual) {
  std::string text;
  const auto add = [&](std::string_view what, std::string_view wanted, std::string_view got) {
    if (!text.empty()) text += '\n';
    text.append(what).append(": expected ").append(wanted).append(", got ").append(got);
  };
  if (actual.code && *actual.code != expected.code)
    add("error.code", qmforge::to_string(expected.code), qmforge::to_string(*actual.code));
  if (actual.offset && *actual.offset != expected.offset)
    add("error.offset", std::to_string(expected.offset), std::to_string(*actual.offset));
  if (actual.field && !(*actual.field == expected.field))
    add("error.field", expected.field.to_string(), actual.field->to_string());
  return text;
}

std::string error_text(ErrorCode code, std::uint64_t offset, const FieldPath& field) {
  return "malformed: " + std::string(qmforge::to_string(code)) + " at " + std::to_string(offset) + ", field '" +
         field.to_string() + '\'';
}

}  // namespace

std::string to_string(const Answer& answer) {
  if (std::holds_alternative<Event>(answer)) return "an event";
  if (std::holds_alternative<NotSupported>(answer)) return "not supported";
  const Rejection& rejection = std::get<Rejection>(answer);
  std::string text = "malformed";
  if (rejection.code) text.append(": ").append(qmforge::to_string(*rejection.code));
  if (rejection.offset) text += " at " + std::to_string(*rejection.offset);
  if (rejection.field) text += ", field '" + rejection.field->to_string() + '\'';
  return text;
}

std::string explain_difference(const Report& expected, const Answer& answer) {
  if (std::holds_alternative<NotSupported>(answer)) return {};
  const Event* const event = std::get_if<Event>(&answer);
  if (expected.event && event != nullptr) return event_difference(*expected.event, *event);
  if (expected.event) return "verdict: expected an event, got " + to_string(answer);
  const DecodeError& error = expected.event.error();
  if (event != nullptr)
    return "verdict: expected " + error_text(error.code, error.offset, error.field) + ", got an event";
  return rejection_difference(error, std::get<Rejection>(answer));
}

}  // namespace qmforge::test
