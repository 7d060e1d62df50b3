// Events and results as JSON.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "../text/forms.h"
#include "arm_key.h"
#include "json_writer.h"
#include "qmforge/error_names.h"
#include "qmforge/explain.h"
#include "qmforge/json.h"
#include "qmforge/names.h"

namespace qmforge {
namespace {

using json::Writer;

template <class Enum>
void write_enumeration(Writer& out, Enum value) {
  if (const std::string_view member = c_name(value); !member.empty())
    out.unescaped(member);
  else
    out.add(static_cast<std::uint32_t>(value));
}

// Writes the value of an arm. One function for each C type that an arm can have.
class ArmWriter {
 public:
  explicit ArmWriter(Writer& out) : out_(out) {}

  template <std::integral Number>
  void operator()(DataType type, Number number) const {
    if (type == DataType::float32 || type == DataType::double64) {
      if constexpr (std::unsigned_integral<Number>) write_hex(number);  // the bits of a floating-point number
    } else if constexpr (sizeof(Number) == 8) {
      out_.add('"', number, '"');
    } else {
      out_.add(number);
    }
  }
  template <std::size_t size>
  void operator()(DataType, const std::array<std::uint8_t, size>& bytes) const {
    write_hex(std::span(bytes));
  }
  void operator()(DataType, const ByteBlob& blob) const {
    out_.add(R"({"size": )", blob.size, R"(, "data": )");
    if (blob.data == nullptr)
      out_.add("null");
    else
      write_hex(std::span(reinterpret_cast<const std::uint8_t*>(blob.data), blob.size));
    out_.add('}');
  }
  void operator()(DataType, const Sid& sid) const { write_sid(sid); }
  void operator()(DataType, const TokenInformation& token) const {
    out_.add(R"({"sidCount": )", token.sidCount, R"(, "sids": )");
    write_sids(token.sids);
    out_.add(R"(, "restrictedSidCount": )", token.restrictedSidCount, R"(, "restrictedSids": )");
    write_sids(token.restrictedSids);
    out_.add('}');
  }
  void operator()(DataType, const Utf16View& units) const { out_.utf16(units); }
  void operator()(DataType, const V4AddrMask& subnet) const {
    out_.add(R"({"addr": ")");
    add_v4(out_, subnet.addr);
    out_.add(R"(", "mask": ")");
    add_v4(out_, subnet.mask);
    out_.add("\"}");
  }
  void operator()(DataType, const V6AddrMask& subnet) const {
    out_.add(R"({"addr": ")");
    add_v6(out_, subnet.addr);
    out_.add(R"(", "prefixLength": )", subnet.prefixLength, '}');
  }
  void operator()(DataType, const Range& range) const {
    out_.add(R"({"valueLow": )");
    write_value(range.valueLow);
    out_.add(R"(, "valueHigh": )");
    write_value(range.valueHigh);
    out_.add('}');
  }

  // FWP_VALUE0 or FWP_CONDITION_VALUE0.
  template <class AnyValue>
  void write_value(const AnyValue& value) const {
    out_.add(R"({"type": )");
    write_enumeration(out_, value.type);
    if (const std::string_view arm = json::arm_key(value); !arm.empty()) {
      out_.add(R"(, ")", arm, R"(": )");
      if (value.is_null)
        out_.add("null");
      else
        visit(value, *this);
    }
    out_.add('}');
  }

 private:
  template <class Bytes>
  void write_hex(const Bytes& bytes) const {
    out_.add('"');
    out_.add_hex(bytes);
    out_.add('"');
  }

  void write_sid(const Sid& sid) const {
    out_.add('"');
    add_sid(out_, sid);
    out_.add('"');
  }

  void write_sids(const SidAndAttributesView& array) const {
    if (array.is_null()) {
      out_.add("null");
      return;
    }
    out_.add('[');
    bool is_first = true;
    for (const SidAndAttributes& element : array) {
      if (out_.is_full()) break;
      out_.add(is_first ? R"({"sid": )" : R"(, {"sid": )");
      is_first = false;
      if (element.sid)
        write_sid(*element.sid);
      else
        out_.add("null");
      out_.add(R"(, "attributes": )", element.attributes, '}');
    }
    out_.add(']');
  }

  Writer& out_;
};

void write_subnet(Writer& out, const Event& event, const ConditionValue& subnet) {
  if (event.has_subnets())
    ArmWriter(out).write_value(subnet);
  else
    out.add("null");
}

void write_event(Writer& out, const Event& event) {
  out.add(R"({"failureErrorCode": )", event.failureErrorCode, R"(, "failureErrorName": )");
  out.unescaped_or_null(error_name(event.failureErrorCode));
  out.add(R"(, "failurePoint": )");
  write_enumeration(out, event.failurePoint);
  out.add(R"(, "keyingModuleType": )");
  write_enumeration(out, event.keyingModuleType);
  out.add(R"(, "qmState": )");
  write_enumeration(out, event.qmState);
  out.add(R"(, "saRole": )");
  write_enumeration(out, event.saRole);
  out.add(R"(, "saTrafficType": )");
  write_enumeration(out, event.saTrafficType);
  out.add(R"(, "localSubNet": )");
  write_subnet(out, event, event.localSubNet);
  out.add(R"(, "remoteSubNet": )");
  write_subnet(out, event, event.remoteSubNet);
  out.add(R"(, "qmFilterId": ")", event.qmFilterId, '"');
  if (event.revision == Revision::r1) {
    out.add(R"(, "mmSaLuid": ")", event.mmSaLuid, R"(", "mmProviderContextKey": ")");
    add_guid(out, event.mmProviderContextKey);
    out.add('"');
  }
  out.add('}');
}

void write_findings(Writer& out, const Findings& findings, const Event& event) {
  out.add('[');
  bool is_first = true;
  for (const Finding& finding : findings) {
    out.add(is_first ? R"({"rule": ")" : R"(, {"rule": ")", to_string(finding.rule), R"(", "severity": ")",
            to_string(severity(finding.rule)), R"(", "field": ")");
    is_first = false;
    add_path(out, finding.field);
    out.add(R"(", "message": ")");
    add_explanation(out, finding, event);
    out.add("\"}");
  }
  out.add(']');
}

void write_error(Writer& out, const DecodeError& error, std::string_view sentence) {
  out.add(R"({"code": ")", to_string(error.code), R"(", "offset": )", error.offset, R"(, "field": ")");
  add_path(out, error.field);
  out.add(R"(", "message": )");
  if (sentence.empty())
    out.unescaped(message(error.code));
  else
    out.utf8(sentence);
  out.add('}');
}

void write_result(Writer& out, const Result& result) {
  out.add(R"({"label": )");
  out.utf8(result.label);
  out.add(R"(, "format": ")", to_string(result.format), R"(", "revision": )",
          static_cast<std::uint32_t>(result.revision), R"(, "verdict": ")", to_string(result.report.verdict()),
          R"(", "canonical": )");
  if (result.canonical)
    out.add(*result.canonical ? std::string_view("true") : std::string_view("false"));
  else
    out.add("null");
  if (const auto& event = result.report.event) {
    out.add(R"(, "event": )");
    write_event(out, *event);
    out.add(R"(, "findings": )");
    write_findings(out, result.report.findings, *event);
    out.add(R"(, "error": null})");
  } else {
    out.add(R"(, "event": null, "findings": [], "error": )");
    write_error(out, event.error(), result.error_message);
    out.add('}');
  }
}

template <class Write>
std::string written(const Write& write) {
  constexpr std::size_t often_enough = 1024;
  std::string text;
  text.reserve(often_enough);
  {
    Writer out(text);
    write(out);
  }
  return text;
}

}  // namespace

std::string to_json(const Event& event) {
  return written([&event](Writer& out) { write_event(out, event); });
}

std::string to_json(const ConditionValue& subnet) {
  return written([&subnet](Writer& out) { ArmWriter(out).write_value(subnet); });
}

std::string to_json(const Value& value) {
  return written([&value](Writer& out) { ArmWriter(out).write_value(value); });
}

std::string to_json(const Result& result) {
  return written([&result](Writer& out) { write_result(out, result); });
}

bool append_json(std::string& text, const Result& result, std::uint64_t max_size) {
  const std::size_t begin = text.size();
  bool is_whole = false;
  {
    Writer out(text, max_size);
    write_result(out, result);
    is_whole = !out.is_full();
  }
  if (!is_whole) text.resize(begin);
  return is_whole;
}

}  // namespace qmforge
