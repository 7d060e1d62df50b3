#include "print_event.h"

#include <fmt/format.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <span>
#include <string_view>

#include "qmforge/error_names.h"
#include "qmforge/names.h"
#include "qmforge/text.h"

namespace qmforge::tools {
namespace {

constexpr std::size_t value_column = 24;
constexpr std::size_t most_bytes = 16;       // of a blob
constexpr std::uint32_t most_sids = 64;      // of a token
constexpr std::size_t most_characters = 72;  // of a string

// HRESULTs of failures are known by their hex digits, Win32 errors by their number.
bool is_hresult(std::uint32_t code) { return code >= 0x80000000; }

std::string v4_subnet(const V4AddrMask& subnet) {
  const bool contiguous = std::countl_one(subnet.mask) + std::countr_zero(subnet.mask) == 32;
  return contiguous ? fmt::format("{}/{}", v4_text(subnet.addr), std::countl_one(subnet.mask))
                    : fmt::format("{} mask {}", v4_text(subnet.addr), v4_text(subnet.mask));
}

std::string hex_bytes(std::span<const std::byte> bytes) {
  std::string text;
  for (const std::byte byte : bytes.first(std::min(bytes.size(), most_bytes)))
    fmt::format_to(std::back_inserter(text), "{}{:02x}", text.empty() ? "" : " ", byte);
  if (bytes.size() > most_bytes) fmt::format_to(std::back_inserter(text), " ... {} more", bytes.size() - most_bytes);
  return text;
}

class EventPrinter {
 public:
  EventPrinter(std::string& out, const Style& style) : out_(out), style_(style) {}

  // A member of the event. A subnet of which only the type is known has no value.
  void member(const Event& event, Step step, bool has_value = true) {
    switch (step) {
      case Step::failureErrorCode: error_code(event.failureErrorCode); break;
      case Step::failurePoint: enumeration("failurePoint", event.failurePoint, "IPSEC_FAILURE_POINT"); break;
      case Step::keyingModuleType:
        enumeration("keyingModuleType", event.keyingModuleType, "IKEEXT_KEY_MODULE_TYPE");
        break;
      case Step::qmState: enumeration("qmState", event.qmState, "IKEEXT_QM_SA_STATE"); break;
      case Step::saRole: enumeration("saRole", event.saRole, "IKEEXT_SA_ROLE"); break;
      case Step::saTrafficType: enumeration("saTrafficType", event.saTrafficType, "IPSEC_TRAFFIC_TYPE"); break;
      case Step::localSubNet: subnet("localSubNet", event.localSubNet, has_value); break;
      case Step::remoteSubNet: subnet("remoteSubNet", event.remoteSubNet, has_value); break;
      case Step::qmFilterId: number("qmFilterId", event.qmFilterId); break;
      case Step::mmSaLuid: number("mmSaLuid", event.mmSaLuid); break;
      default: line("mmProviderContextKey", guid_text(event.mmProviderContextKey), ""); break;
    }
  }

  // What an arm holds, for visit().
  template <std::integral Number>
  void operator()(DataType type, Number number) {
    if constexpr (sizeof(Number) == 4)
      if (type == DataType::float32)
        return floating(std::bit_cast<float>(number), fmt::format("{:#010x}", number), type);
    if constexpr (sizeof(Number) == 8)
      if (type == DataType::double64)
        return floating(std::bit_cast<double>(number), fmt::format("{:#018x}", number), type);
    line(key_, fmt::format("{}", number), c_name(type));
  }
  template <std::size_t size>
  void operator()(DataType type, const std::array<std::uint8_t, size>& bytes) {
    line(key_, hex_bytes(std::as_bytes(std::span(bytes))), c_name(type));
  }
  void operator()(DataType type, const ByteBlob& blob) {
    if (blob.data == nullptr) {
      line(key_, fmt::format("{} bytes at NULL", blob.size), c_name(type));
    } else {
      line(key_, fmt::format("{} bytes{}{}", blob.size, blob.size == 0 ? "" : ": ", hex_bytes(blob.bytes())),
           c_name(type));
    }
  }
  void operator()(DataType type, const Sid& sid) { line(key_, sid_text(sid), c_name(type)); }
  void operator()(DataType type, const TokenInformation& token) {
    line(key_, "", c_name(type));
    sids("sids", token.sidCount, token.sids);
    sids("restrictedSids", token.restrictedSidCount, token.restrictedSids);
  }
  void operator()(DataType type, const Utf16View& units) {
    std::string text = string_text(units);
    if (text.size() > most_characters) text = text.substr(0, most_characters) + " ...";
    line(key_, text, fmt::format("{}, {} units", c_name(type), units.size()));
  }
  void operator()(DataType type, const V4AddrMask& subnet) { line(key_, v4_subnet(subnet), c_name(type)); }
  void operator()(DataType type, const V6AddrMask& subnet) {
    line(key_, fmt::format("{}/{}", v6_text(subnet.addr), subnet.prefixLength), c_name(type));
  }
  void operator()(DataType type, const Range& range) {
    line(key_, "", c_name(type));
    ++depth_;
    value("valueLow", range.valueLow);
    value("valueHigh", range.valueHigh);
    --depth_;
  }

 private:
  void error_code(std::uint32_t code) {
    const std::string_view name = error_name(code);
    const std::string number = is_hresult(code) ? fmt::format("{:#010x}", code) : fmt::format("{}", code);
    if (name.empty()) {
      line("failureErrorCode", number, "no name known");
    } else {
      line("failureErrorCode", name, number);
    }
    if (const std::string_view meaning = error_meaning(code); !meaning.empty()) line("", meaning, "");
  }

  void number(std::string_view key, std::uint64_t value) {
    line(key, fmt::format("{}", value), fmt::format("{:#018x}", value));
  }

  void subnet(std::string_view key, const ConditionValue& subnet, bool has_value) {
    if (has_value) {
      value(key, subnet);
    } else {
      const std::string_view name = c_name(subnet.type);
      line(key, name.empty() ? fmt::format("type {}", static_cast<std::uint32_t>(subnet.type)) : std::string(name),
           "value not read");
    }
  }

  // `  key                   text  (remark)`
  void line(std::string_view key, std::string_view text, std::string_view remark) {
    const std::string indented = fmt::format("{:{}}{}", "", 2 + 2 * depth_, key);
    fmt::format_to(std::back_inserter(out_), "{:<{}}{}", indented, value_column, text);
    if (!remark.empty()) out_ += style_.faint(fmt::format("{}({})", text.empty() ? "" : "  ", remark));
    out_ += '\n';
  }

  template <class Enum>
  void enumeration(std::string_view key, Enum value, std::string_view type) {
    const auto number = static_cast<std::uint32_t>(value);
    if (is_valid(value)) {
      line(key, c_name(value), fmt::format("{}", number));
    } else {
      line(key, fmt::format("{}", number), fmt::format("not a valid {} value", type));
    }
  }

  template <class AnyValue>
  void value(std::string_view key, const AnyValue& value) {
    key_ = key;
    if (value.is_null) {
      line(key, "NULL", c_name(value.type));
    } else if (value.type == DataType::empty) {
      line(key, "", c_name(value.type));
    } else {
      visit(value, *this);
    }
  }

  template <std::floating_point Number>
  void floating(Number number, std::string_view bits, DataType type) {
    line(key_, fmt::format("{}", number), fmt::format("{}, {}", c_name(type), bits));
  }

  void sids(std::string_view key, std::uint32_t count, const SidAndAttributesView& array) {
    ++depth_;
    if (array.is_null()) {
      line(key, fmt::format("{} at NULL", count), "");
    } else {
      line(key, fmt::format("{}", count), "");
      ++depth_;
      std::uint32_t index = 0;
      for (const SidAndAttributes& element : array) {
        if (index == most_sids) {
          line("...", fmt::format("{} more", array.size() - most_sids), "");
          break;
        }
        line(fmt::format("[{}]", index++), element.sid ? sid_text(*element.sid) : "NULL",
             fmt::format("attributes {:#010x}", element.attributes));
      }
      --depth_;
    }
    --depth_;
  }

  std::string& out_;
  const Style& style_;
  std::string_view key_;  // of the value whose arm is visited
  std::size_t depth_ = 0;
};

}  // namespace

void print_event(std::string& out, const Event& event, const Style& style) {
  EventPrinter printer(out, style);
  using enum Step;
  for (const Step step : {failureErrorCode, failurePoint, keyingModuleType, qmState, saRole, saTrafficType})
    printer.member(event, step);
  if (event.has_subnets())
    for (const Step step : {localSubNet, remoteSubNet}) printer.member(event, step);
  printer.member(event, qmFilterId);
  if (event.revision == Revision::r1)
    for (const Step step : {mmSaLuid, mmProviderContextKey}) printer.member(event, step);
}

void print_event(std::string& out, const PartialEvent& partial, const Style& style) {
  EventPrinter printer(out, style);
  for (const Step step : partial.members)
    printer.member(partial.event, step, step == Step::localSubNet ? partial.has_local_value : partial.has_remote_value);
}

}  // namespace qmforge::tools
