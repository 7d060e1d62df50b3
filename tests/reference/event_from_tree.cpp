#include "reference/event_from_tree.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

namespace qmforge::reference {
namespace {

template <class T>
T number(const Node& node) {
  return static_cast<T>(node.number);
}

template <std::size_t N>
std::array<std::uint8_t, N> byte_array(const Node& node) {
  std::array<std::uint8_t, N> bytes;
  std::memcpy(bytes.data(), node.content.data(), N);
  return bytes;
}

/// The pointee of a non-NULL pointer.
const Node& pointee(const Node& pointer) { return pointer.children[0]; }

Guid guid_from_tree(const Node& node) {
  return {.data1 = number<std::uint32_t>(node.children[0]),
          .data2 = number<std::uint16_t>(node.children[1]),
          .data3 = number<std::uint16_t>(node.children[2]),
          .data4 = byte_array<8>(node.children[3])};
}

ByteBlob blob_from_tree(const Node& node) {
  const Node& data = member(node, Step::data);
  return {.size = number<std::uint32_t>(member(node, Step::size)),
          .data = data.children.empty() ? nullptr : pointee(data).content.data()};
}

Sid sid_from_tree(const Node& node) {
  const Node& array = member(node, Step::subAuthority);
  Sid sid;
  sid.revision = number<std::uint8_t>(member(node, Step::revision));
  std::memcpy(sid.identifierAuthority, member(node, Step::identifierAuthority).content.data(), 6);
  sid.subAuthority =
      IntegerView<std::uint32_t>(array.content.data(), number<std::uint32_t>(array), std::endian::native);
  return sid;
}

SidAndAttributesView sids_from_tree(const Node& pointer, Heap& heap) {
  if (pointer.children.empty()) return {};
  const Node& array = pointee(pointer);
  const auto sids = heap.make<SidAndAttributes>(array.children.size());
  std::transform(array.children.begin(), array.children.end(), sids.begin(), [](const Node& element) {
    const Node& sid = member(element, Step::sid);
    return SidAndAttributes{.sid = sid.children.empty() ? std::nullopt : std::optional(sid_from_tree(pointee(sid))),
                            .attributes = number<std::uint32_t>(member(element, Step::attributes))};
  });
  return SidAndAttributesView(std::span<const SidAndAttributes>(sids));
}

TokenInformation token_from_tree(const Node& node, Heap& heap) {
  return {.sidCount = number<std::uint32_t>(member(node, Step::sidCount)),
          .restrictedSidCount = number<std::uint32_t>(member(node, Step::restrictedSidCount)),
          .sids = sids_from_tree(member(node, Step::sids), heap),
          .restrictedSids = sids_from_tree(member(node, Step::restrictedSids), heap)};
}

Utf16View string_from_tree(const Node& node) {
  return {node.content.data(), number<std::uint32_t>(node), std::endian::native};
}

/// Makes `member` the active member of the union.
template <class T>
void set(T& member, const T& value) {
  std::construct_at(&member, value);
}

/// `node`: the value of an arm of FWP_VALUE0, or its pointee if the arm is a pointer.
void set_arm(DataType type, ValueArm& arm, const Node& node, Heap& heap) {
  std::construct_at(&arm);
  switch (type) {
    case DataType::uint8:
    case DataType::bitmapIndex: return set(arm.uint8, number<std::uint8_t>(node));
    case DataType::uint16: return set(arm.uint16, number<std::uint16_t>(node));
    case DataType::uint32: return set(arm.uint32, number<std::uint32_t>(node));
    case DataType::uint64: return set(arm.uint64, number<std::uint64_t>(node));
    case DataType::int8: return set(arm.int8, number<std::int8_t>(node));
    case DataType::int16: return set(arm.int16, number<std::int16_t>(node));
    case DataType::int32: return set(arm.int32, number<std::int32_t>(node));
    case DataType::int64: return set(arm.int64, number<std::int64_t>(node));
    case DataType::float32: return set(arm.float32, number<std::uint32_t>(node));
    case DataType::double64: return set(arm.double64, number<std::uint64_t>(node));
    case DataType::byteArray16: return set(arm.byteArray16, byte_array<16>(node));
    case DataType::byteArray6: return set(arm.byteArray6, byte_array<6>(node));
    case DataType::bitmapArray64: return set(arm.bitmapArray64, byte_array<8>(node));
    case DataType::byteBlob: return set(arm.byteBlob, blob_from_tree(node));
    case DataType::securityDescriptor: return set(arm.sd, blob_from_tree(node));
    case DataType::tokenAccessInformation: return set(arm.tokenAccessInformation, blob_from_tree(node));
    case DataType::sid: return set(arm.sid, sid_from_tree(node));
    case DataType::tokenInformation: return set(arm.tokenInformation, token_from_tree(node, heap));
    case DataType::unicodeString: return set(arm.unicodeString, string_from_tree(node));
    case DataType::empty:
    case DataType::v4AddrMask:
    case DataType::v6AddrMask:
    case DataType::range: return;
  }
}

/// An FWP_VALUE0 or FWP_CONDITION_VALUE0: its type, and the value of its arm.
struct TypedArm {
  DataType type;
  bool is_null;
  const Node* arm;  // nullptr: nothing
};

TypedArm typed_arm(const Node& node) {
  const Node& arms = node.children[1];
  const auto type = number<DataType>(member(node, Step::type));
  if (arms.children.empty()) return {type, false, nullptr};
  const Node& arm = arms.children[0];
  if (arm.type->kind != Kind::pointer) return {type, false, &arm};
  return arm.children.empty() ? TypedArm{type, true, nullptr} : TypedArm{type, false, &pointee(arm)};
}

ConditionValue subnet_from_tree(const Node& node, Heap& heap) {
  if (node.children.empty()) return ConditionValue(DataType::empty);
  return condition_value_from_tree(node.children[0], heap);
}

}  // namespace

Value value_from_tree(const Node& node, Heap& heap) {
  const TypedArm what = typed_arm(node);
  Value value(what.type, what.is_null);
  if (what.arm != nullptr) set_arm(what.type, value.arm, *what.arm, heap);
  return value;
}

ConditionValue condition_value_from_tree(const Node& node, Heap& heap) {
  const TypedArm what = typed_arm(node);
  ConditionValue value(what.type, what.is_null);
  if (what.arm == nullptr) return value;
  switch (what.type) {
    case DataType::v4AddrMask:
      set(value.v4AddrMask, {.addr = number<std::uint32_t>(member(*what.arm, Step::addr)),
                             .mask = number<std::uint32_t>(member(*what.arm, Step::mask))});
      break;
    case DataType::v6AddrMask:
      set(value.v6AddrMask, {.addr = byte_array<16>(member(*what.arm, Step::addr)),
                             .prefixLength = number<std::uint8_t>(member(*what.arm, Step::prefixLength))});
      break;
    case DataType::range:
      set(value.rangeValue, {.valueLow = value_from_tree(member(*what.arm, Step::valueLow), heap),
                             .valueHigh = value_from_tree(member(*what.arm, Step::valueHigh), heap)});
      break;
    default: set_arm(what.type, value.arm, *what.arm, heap); break;
  }
  return value;
}

Event event_from_tree(const Node& root, Revision revision, Heap& heap) {
  Event event;
  event.revision = revision;
  event.failureErrorCode = number<std::uint32_t>(member(root, Step::failureErrorCode));
  event.failurePoint = number<FailurePoint>(member(root, Step::failurePoint));
  event.keyingModuleType = number<KeyModuleType>(member(root, Step::keyingModuleType));
  event.qmState = number<QmSaState>(member(root, Step::qmState));
  event.saRole = number<SaRole>(member(root, Step::saRole));
  event.saTrafficType = number<TrafficType>(member(root, Step::saTrafficType));
  event.localSubNet = subnet_from_tree(member(root, Step::localSubNet), heap);
  event.remoteSubNet = subnet_from_tree(member(root, Step::remoteSubNet), heap);
  event.qmFilterId = number<std::uint64_t>(member(root, Step::qmFilterId));
  if (revision == Revision::r1) {
    event.mmSaLuid = number<std::uint64_t>(member(root, Step::mmSaLuid));
    event.mmProviderContextKey = guid_from_tree(member(root, Step::mmProviderContextKey));
  }
  return event;
}

}  // namespace qmforge::reference
