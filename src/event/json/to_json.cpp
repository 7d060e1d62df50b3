// Events and results as JSON.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "../text/digits.h"
#include "arm_key.h"
#include "json_writer.h"
#include "qmforge/error_names.h"
#include "qmforge/explain.h"
#include "qmforge/json.h"
#include "qmforge/names.h"
#include "qmforge/text.h"

namespace qmforge {
namespace {

using json::Writer;

template <class Enum>
void write_enumeration(Writer& out, std::string_view key, Enum value) {
  out.key(key);
  const std::string_view member = c_name(value);
  if (member.empty()) {
    out.number(static_cast<std::uint32_t>(value));
  } else {
    out.unescaped(member);
  }
}

template <class Number>
void write_decimal_string(Writer& out, Number number) {
  out.append_unescaped([number](std::string& text) { digits::append_decimal(text, number); });
}

// Bytes, or the bits of a floating-point number.
template <class Bytes>
void write_hex(Writer& out, const Bytes& bytes) {
  out.append_unescaped([&bytes](std::string& text) { digits::append_hex(text, bytes); });
}

void write_string_or_null(Writer& out, std::string_view text) {
  if (text.empty()) {
    out.null();
  } else {
    out.unescaped(text);
  }
}

// Writes the value of an arm. One function for each C type that an arm can have.
class ArmWriter {
 public:
  explicit ArmWriter(Writer& out) : out_(out) {}

  template <std::integral Number>
  void operator()(DataType type, Number number) const {
    if (type == DataType::float32 || type == DataType::double64) {
      if constexpr (std::unsigned_integral<Number>) write_hex(out_, number);
    } else if constexpr (sizeof(Number) == 8) {
      write_decimal_string(out_, number);
    } else {
      out_.number(number);
    }
  }
  template <std::size_t size>
  void operator()(DataType, const std::array<std::uint8_t, size>& bytes) const {
    write_hex(out_, bytes);
  }
  void operator()(DataType, const ByteBlob& blob) const {
    out_.begin_object();
    out_.key("size");
    out_.number(blob.size);
    out_.key("data");
    if (blob.data == nullptr) {
      out_.null();
    } else {
      write_hex(out_, std::span(reinterpret_cast<const std::uint8_t*>(blob.data), blob.size));
    }
    out_.end_object();
  }
  void operator()(DataType, const Sid& sid) const { out_.unescaped(sid_text(sid)); }
  void operator()(DataType, const TokenInformation& token) const {
    out_.begin_object();
    write_sids("sidCount", token.sidCount, "sids", token.sids);
    write_sids("restrictedSidCount", token.restrictedSidCount, "restrictedSids", token.restrictedSids);
    out_.end_object();
  }
  void operator()(DataType, const Utf16View& units) const { out_.utf16(units); }
  void operator()(DataType, const V4AddrMask& subnet) const {
    out_.begin_object();
    out_.key("addr");
    out_.unescaped(v4_text(subnet.addr));
    out_.key("mask");
    out_.unescaped(v4_text(subnet.mask));
    out_.end_object();
  }
  void operator()(DataType, const V6AddrMask& subnet) const {
    out_.begin_object();
    out_.key("addr");
    out_.unescaped(v6_text(subnet.addr));
    out_.key("prefixLength");
    out_.number(subnet.prefixLength);
    out_.end_object();
  }
  void operator()(DataType, const Range& range) const {
    out_.begin_object();
    out_.key("valueLow");
    write_value(range.valueLow);
    out_.key("valueHigh");
    write_value(range.valueHigh);
    out_.end_object();
  }

  // FWP_VALUE0 or FWP_CONDITION_VALUE0.
  template <class AnyValue>
  void write_value(const AnyValue& value) const {
    out_.begin_object();
    write_enumeration(out_, "type", value.type);
    if (const std::string_view arm = json::arm_key(value); !arm.empty()) {
      out_.key(arm);
      if (value.is_null) {
        out_.null();
      } else {
        visit(value, *this);
      }
    }
    out_.end_object();
  }

 private:
  void write_sids(std::string_view count_key, std::uint32_t count, std::string_view array_key,
                  const SidAndAttributesView& array) const {
    out_.key(count_key);
    out_.number(count);
    out_.key(array_key);
    if (array.is_null()) {
      out_.null();
      return;
    }
    out_.begin_array();
    for (const SidAndAttributes& element : array) {
      if (out_.is_full()) break;
      out_.begin_object();
      out_.key("sid");
      write_string_or_null(out_, element.sid ? sid_text(*element.sid) : std::string());
      out_.key("attributes");
      out_.number(element.attributes);
      out_.end_object();
    }
    out_.end_array();
  }

  Writer& out_;
};

void write_subnet(Writer& out, std::string_view key, const Event& event, const ConditionValue& subnet) {
  out.key(key);
  if (event.has_subnets()) {
    ArmWriter(out).write_value(subnet);
  } else {
    out.null();
  }
}

void write_event(Writer& out, const Event& event) {
  out.begin_object();
  out.key("failureErrorCode");
  out.number(event.failureErrorCode);
  out.key("failureErrorName");
  write_string_or_null(out, error_name(event.failureErrorCode));
  write_enumeration(out, "failurePoint", event.failurePoint);
  write_enumeration(out, "keyingModuleType", event.keyingModuleType);
  write_enumeration(out, "qmState", event.qmState);
  write_enumeration(out, "saRole", event.saRole);
  write_enumeration(out, "saTrafficType", event.saTrafficType);
  write_subnet(out, "localSubNet", event, event.localSubNet);
  write_subnet(out, "remoteSubNet", event, event.remoteSubNet);
  out.key("qmFilterId");
  write_decimal_string(out, event.qmFilterId);
  if (event.revision == Revision::r1) {
    out.key("mmSaLuid");
    write_decimal_string(out, event.mmSaLuid);
    out.key("mmProviderContextKey");
    out.unescaped(guid_text(event.mmProviderContextKey));
  }
  out.end_object();
}

void write_findings(Writer& out, const Findings& findings, const Event& event) {
  out.begin_array();
  for (const Finding& finding : findings) {
    out.begin_object();
    out.key("rule");
    out.unescaped(to_string(finding.rule));
    out.key("severity");
    out.unescaped(to_string(severity(finding.rule)));
    out.key("field");
    out.unescaped(finding.field.to_string());
    out.key("message");
    out.utf8(explain(finding, event));
    out.end_object();
  }
  out.end_array();
}

void write_error(Writer& out, const DecodeError& error, std::string_view sentence) {
  out.begin_object();
  out.key("code");
  out.unescaped(to_string(error.code));
  out.key("offset");
  out.number(error.offset);
  out.key("field");
  out.unescaped(error.field.to_string());
  out.key("message");
  out.utf8(sentence.empty() ? message(error.code) : sentence);
  out.end_object();
}

void write_result(Writer& out, const Result& result) {
  out.begin_object();
  out.key("label");
  out.utf8(result.label);
  out.key("format");
  out.unescaped(to_string(result.format));
  out.key("revision");
  out.number(static_cast<std::uint32_t>(result.revision));
  out.key("verdict");
  out.unescaped(to_string(result.report.verdict()));
  out.key("canonical");
  if (result.canonical) {
    out.boolean(*result.canonical);
  } else {
    out.null();
  }
  out.key("event");
  if (result.report.event) {
    write_event(out, *result.report.event);
  } else {
    out.null();
  }
  out.key("findings");
  if (result.report.event) {
    write_findings(out, result.report.findings, *result.report.event);
  } else {
    out.begin_array();
    out.end_array();
  }
  out.key("error");
  if (result.report.event) {
    out.null();
  } else {
    write_error(out, result.report.event.error(), result.error_message);
  }
  out.end_object();
}

}  // namespace

std::string to_json(const Event& event) {
  std::string text;
  Writer out(text);
  write_event(out, event);
  return text;
}

std::string to_json(const ConditionValue& subnet) {
  std::string text;
  Writer out(text);
  ArmWriter(out).write_value(subnet);
  return text;
}

std::string to_json(const Value& value) {
  std::string text;
  Writer out(text);
  ArmWriter(out).write_value(value);
  return text;
}

std::string to_json(const Result& result) {
  std::string text;
  Writer out(text);
  write_result(out, result);
  return text;
}

bool append_json(std::string& text, const Result& result, std::uint64_t max_size) {
  const std::size_t begin = text.size();
  Writer out(text, max_size);
  write_result(out, result);
  if (!out.is_full()) return true;
  text.resize(begin);
  return false;
}

}  // namespace qmforge
