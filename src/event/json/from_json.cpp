// Events from JSON: each object of the form that to_json writes, checked member by member.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>

#include "../text/digits.h"
#include "arm_key.h"
#include "document.h"
#include "node.h"
#include "qmforge/error_names.h"
#include "qmforge/json.h"
#include "qmforge/names.h"
#include "qmforge/text.h"
#include "unicode.h"

namespace qmforge {
namespace {

using json::Node;

template <class Enum>
Enum read_enumeration(const Node& node) {
  if (!node.is_string()) return static_cast<Enum>(node.number<std::uint32_t>());
  if (const auto member = from_c_name<Enum>(node.string())) return *member;
  std::string names;
  for (std::uint32_t i = 0; i < member_count<Enum>; ++i)
    names += (i == 0 ? "" : ", ") + std::string(c_name(static_cast<Enum>(i)));
  node.fail_as("must be a number or one of " + names);
}

// The name of an FWP_DATA_TYPE, or any number: the validator checks it.
DataType read_type(const Node& node) {
  if (!node.is_string()) return static_cast<DataType>(node.number<std::uint32_t>());
  if (const auto type = from_c_name<DataType>(node.string())) return *type;
  node.fail_as("must be a number or the name of an FWP_DATA_TYPE");
}

class Reader {
 public:
  explicit Reader(std::pmr::memory_resource& storage) : storage_(storage) {}

  [[nodiscard]] Event event(const Node& node, Revision revision) const {
    if (revision == Revision::r0) {
      node.has_only({"failureErrorCode", "failureErrorName", "failurePoint", "keyingModuleType", "qmState", "saRole",
                     "saTrafficType", "localSubNet", "remoteSubNet", "qmFilterId"});
    } else {
      node.has_only({"failureErrorCode", "failureErrorName", "failurePoint", "keyingModuleType", "qmState", "saRole",
                     "saTrafficType", "localSubNet", "remoteSubNet", "qmFilterId", "mmSaLuid", "mmProviderContextKey"});
    }
    Event event;
    event.revision = revision;
    event.failureErrorCode = failure_error_code(node);
    event.failurePoint = read_enumeration<FailurePoint>(node.member("failurePoint"));
    event.keyingModuleType = read_enumeration<KeyModuleType>(node.member("keyingModuleType"));
    event.qmState = read_enumeration<QmSaState>(node.member("qmState"));
    event.saRole = read_enumeration<SaRole>(node.member("saRole"));
    event.saTrafficType = read_enumeration<TrafficType>(node.member("saTrafficType"));
    event.localSubNet = subnet(node.member("localSubNet"), event);
    event.remoteSubNet = subnet(node.member("remoteSubNet"), event);
    event.qmFilterId = node.member("qmFilterId").decimal<std::uint64_t>();
    if (revision == Revision::r1) {
      event.mmSaLuid = node.member("mmSaLuid").decimal<std::uint64_t>();
      event.mmProviderContextKey = guid(node.member("mmProviderContextKey"));
    }
    return event;
  }

 private:
  // The number, which a name may accompany or replace.
  static std::uint32_t failure_error_code(const Node& event) {
    const auto number = event.member_if_any("failureErrorCode");
    const auto name = event.member_if_any("failureErrorName");
    if (!number && name && !name->is_null()) {
      if (const auto code = error_code(name->string())) return *code;
      name->fail_as("must be a name of winerror.h that qmforge knows (or give failureErrorCode)");
    }
    const auto code = event.member("failureErrorCode").number<std::uint32_t>();
    if (name && !name->is_null() && (name->string().empty() || name->string() != error_name(code)))
      name->fail_as("must be null or the name of failureErrorCode " + std::to_string(code));
    return code;
  }

  static Guid guid(const Node& node) {
    if (const auto guid = guid_from_text(node.string())) return *guid;
    node.fail_as("must be a GUID such as \"{12345678-9abc-def0-0102-030405060708}\"");
  }

  [[nodiscard]] ConditionValue subnet(const Node& node, const Event& event) const {
    if (event.has_subnets()) {
      if (node.is_null()) node.fail("must not be null: a tunnel has two subnets");
      return value<ConditionValue>(node);
    }
    if (!node.is_null()) node.fail_as("must be null: only a tunnel (IPSEC_TRAFFIC_TYPE_TUNNEL) has subnets");
    return ConditionValue(DataType::empty);
  }

  template <class AnyValue>
  [[nodiscard]] AnyValue value(const Node& node) const {
    AnyValue value(read_type(node.member("type")));
    const std::string_view key = json::arm_key(value);
    if (key.empty()) {
      node.has_only({"type"});
      return value;
    }
    node.has_only({"type", key});
    const Node arm = node.member(key);
    if (!arm.is_null()) {
      read_arm(arm, value);
    } else if (is_pointer_type(value.type)) {
      value.is_null = true;
    } else {
      arm.fail("must not be null: " + std::string(c_name(value.type)) + " is not a pointer");
    }
    return value;
  }

  void read_arm(const Node& node, ConditionValue& value) const {
    switch (value.type) {
      case DataType::v4AddrMask: value.v4AddrMask = v4_addr_mask(node); break;
      case DataType::v6AddrMask: value.v6AddrMask = v6_addr_mask(node); break;
      case DataType::range: value.rangeValue = range(node); break;
      default: read_arm(node, value.type, value.arm); break;
    }
  }
  void read_arm(const Node& node, Value& value) const { read_arm(node, value.type, value.arm); }
  void read_arm(const Node& node, DataType type, ValueArm& arm) const {
    switch (type) {
      case DataType::uint8:
      case DataType::bitmapIndex: arm.uint8 = node.number<std::uint8_t>(); break;
      case DataType::uint16: arm.uint16 = node.number<std::uint16_t>(); break;
      case DataType::uint32: arm.uint32 = node.number<std::uint32_t>(); break;
      case DataType::uint64: arm.uint64 = node.decimal<std::uint64_t>(); break;
      case DataType::int8: arm.int8 = node.number<std::int8_t>(); break;
      case DataType::int16: arm.int16 = node.number<std::int16_t>(); break;
      case DataType::int32: arm.int32 = node.number<std::int32_t>(); break;
      case DataType::int64: arm.int64 = node.decimal<std::int64_t>(); break;
      case DataType::float32: arm.float32 = bits<std::uint32_t>(node); break;
      case DataType::double64: arm.double64 = bits<std::uint64_t>(node); break;
      case DataType::byteArray16: arm.byteArray16 = byte_array<16>(node); break;
      case DataType::byteBlob: arm.byteBlob = blob(node); break;
      case DataType::sid: arm.sid = sid(node); break;
      case DataType::securityDescriptor: arm.sd = blob(node); break;
      case DataType::tokenInformation: arm.tokenInformation = token_information(node); break;
      case DataType::tokenAccessInformation: arm.tokenAccessInformation = blob(node); break;
      case DataType::unicodeString: arm.unicodeString = unicode_string(node); break;
      case DataType::byteArray6: arm.byteArray6 = byte_array<6>(node); break;
      default: arm.bitmapArray64 = byte_array<8>(node); break;  // FWP_BITMAP_ARRAY64_TYPE: no other has an arm here
    }
  }

  template <class Number>
  static Number bits(const Node& node) {
    constexpr std::size_t digit_count = 2 * sizeof(Number);
    const std::string_view text = node.string();
    const auto number = text.size() == digit_count ? digits::parse<Number>(text, 16) : std::nullopt;
    if (!number) node.fail_as("must be the number's bits as " + std::to_string(digit_count) + " hex digits");
    return *number;
  }

  template <std::size_t size>
  static std::array<std::uint8_t, size> byte_array(const Node& node) {
    std::array<std::uint8_t, size> bytes;
    if (!digits::parse_hex(node.string(), bytes)) node.fail_as("must be " + std::to_string(2 * size) + " hex digits");
    return bytes;
  }

  [[nodiscard]] ByteBlob blob(const Node& node) const {
    node.has_only({"size", "data"});
    const Node size = node.member("size");
    const Node data = node.member("data");
    ByteBlob blob{.size = size.number<std::uint32_t>(), .data = nullptr};
    if (data.is_null()) return blob;

    const std::string_view text = data.string();
    const std::span<std::uint8_t> bytes = allocate<std::uint8_t>(text.size() / 2);
    if (!digits::parse_hex(text, bytes)) data.fail_as("must be null or hex digits, two for each byte");
    if (bytes.size() != blob.size) size.fail_as("must be the number of data's bytes, " + std::to_string(bytes.size()));
    blob.data = reinterpret_cast<const std::byte*>(bytes.data());
    return blob;
  }

  [[nodiscard]] Sid sid(const Node& node) const {
    if (const auto sid = sid_from_text(node.string(), storage_)) return *sid;
    node.fail_as("must be a SID such as \"S-1-5-32-544\" with up to 255 sub-authorities");
  }

  [[nodiscard]] TokenInformation token_information(const Node& node) const {
    node.has_only({"sidCount", "sids", "restrictedSidCount", "restrictedSids"});
    TokenInformation token;
    token.sidCount = node.member("sidCount").number<std::uint32_t>();
    token.sids = sids(node.member("sids"), node.member("sidCount"));
    token.restrictedSidCount = node.member("restrictedSidCount").number<std::uint32_t>();
    token.restrictedSids = sids(node.member("restrictedSids"), node.member("restrictedSidCount"));
    return token;
  }

  [[nodiscard]] SidAndAttributesView sids(const Node& node, const Node& count) const {
    if (node.is_null()) return {};
    if (node.size() != count.number<std::uint32_t>())
      count.fail_as("must be the number of elements, " + std::to_string(node.size()));
    const std::span<SidAndAttributes> elements = allocate<SidAndAttributes>(node.size());
    for (std::size_t i = 0; i < elements.size(); ++i) {
      const Node element = node.element(i);
      element.has_only({"sid", "attributes"});
      const Node sid_node = element.member("sid");
      if (!sid_node.is_null()) elements[i].sid = sid(sid_node);
      elements[i].attributes = element.member("attributes").number<std::uint32_t>();
    }
    return SidAndAttributesView(elements);
  }

  [[nodiscard]] Utf16View unicode_string(const Node& node) const {
    if (!node.is_string() && !node.is_object()) node.fail_as("must be a string or {\"utf16\": \"hex\"}");
    return node.is_string() ? text(node.string()) : ill_formed_text(node);
  }

  [[nodiscard]] Utf16View text(std::string_view utf8) const {
    const std::span<char16_t> units = allocate<char16_t>(utf8.size());  // no character has more units than bytes
    std::size_t count = 0;
    while (!utf8.empty()) json::to_utf16(json::take_character(utf8), [&](char16_t unit) { units[count++] = unit; });
    return Utf16View(units.first(count));
  }

  [[nodiscard]] Utf16View ill_formed_text(const Node& node) const {
    node.has_only({"utf16"});
    const Node hex = node.member("utf16");
    const std::string_view digits = hex.string();
    const std::span<char16_t> units = allocate<char16_t>(digits.size() / 4);
    for (std::size_t i = 0; i < units.size(); ++i) {
      std::array<std::uint8_t, 2> bytes;
      if (!digits::parse_hex(digits.substr(4 * i, 4), bytes)) hex.fail_as("must be hex digits, four for each unit");
      units[i] = static_cast<char16_t>(bytes[0] << 8 | bytes[1]);
    }
    if (digits.size() % 4 != 0) hex.fail_as("must be hex digits, four for each unit");
    if (json::is_well_formed(Utf16View(units))) node.fail("must be a string, because its units are well-formed UTF-16");
    return Utf16View(units);
  }

  static V4AddrMask v4_addr_mask(const Node& node) {
    node.has_only({"addr", "mask"});
    return {.addr = v4_address(node.member("addr")), .mask = v4_address(node.member("mask"))};
  }
  static std::uint32_t v4_address(const Node& node) {
    if (const auto addr = v4_from_text(node.string())) return *addr;
    node.fail_as("must be an IPv4 address such as \"10.0.0.0\"");
  }

  static V6AddrMask v6_addr_mask(const Node& node) {
    node.has_only({"addr", "prefixLength"});
    const Node addr_node = node.member("addr");
    const auto addr = v6_from_text(addr_node.string());
    if (!addr) addr_node.fail_as("must be an IPv6 address such as \"2001:db8::\"");
    return {.addr = *addr, .prefixLength = node.member("prefixLength").number<std::uint8_t>()};
  }

  [[nodiscard]] Range range(const Node& node) const {
    node.has_only({"valueLow", "valueHigh"});
    return {.valueLow = value<Value>(node.member("valueLow")), .valueHigh = value<Value>(node.member("valueHigh"))};
  }

  // Room for `count` elements, default-constructed. Never null: that would be a NULL pointer.
  template <class T>
  [[nodiscard]] std::span<T> allocate(std::size_t count) const {
    T* const elements = std::pmr::polymorphic_allocator<T>(&storage_).allocate(std::max<std::size_t>(count, 1));
    std::uninitialized_default_construct_n(elements, count);
    return {elements, count};
  }

  std::pmr::memory_resource& storage_;
};

Revision revision_of(const Node& root, Revision otherwise) {
  const auto node = root.member_if_any("revision");
  if (!node) return otherwise;
  switch (node->number<std::uint32_t>()) {
    case 0: return Revision::r0;
    case 1: return Revision::r1;
    default: node->fail_as("must be 0 or 1");
  }
}

}  // namespace

std::expected<LabelledEvent, JsonError> from_json(std::string_view text, Revision revision,
                                                  std::pmr::memory_resource& storage) {
  try {
    const json::Document document(text);
    const Node root(document.root());
    LabelledEvent labelled;
    if (root.member_if_any("failurePoint")) {  // an event by itself
      labelled.event = Reader(storage).event(root, revision);
      return labelled;
    }
    labelled.label = root.member("label").string();
    // Before the event, whatever the compiler's order of arguments.
    const Revision announced = revision_of(root, revision);
    labelled.event = Reader(storage).event(root.member("event"), announced);
    return labelled;
  } catch (const json::Failure& failure) {
    return std::unexpected(failure.error);
  }
}

}  // namespace qmforge
