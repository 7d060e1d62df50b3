#include "event_json.h"

#include <cstring>
#include <vector>

#include "body_kinds.h"
#include "event/json/document.h"
#include "event/json/node.h"
#include "event/json/unicode.h"
#include "event_image.h"
#include "qmforge/json.h"
#include "qmforge/text.h"

namespace qmforge::wfp {
namespace {

using json::Node;

constexpr std::string_view qm_failure = "IKEEXT_QM_FAILURE";

std::string sentence(const JsonError& error) {
  return error.field.empty() ? error.message : error.field + ": " + error.message;
}

std::vector<std::uint8_t> read_bytes(const Node& node) {
  const std::string_view text = node.string();
  std::vector<std::uint8_t> bytes(text.size() / 2);
  if (!digits::parse_hex(text, bytes)) node.fail_as("must be hex digits, two for each byte");
  return bytes;
}

template <std::size_t size>
void put_bytes(Image& image, std::uint32_t at, const Node& node) {
  const std::vector<std::uint8_t> bytes = read_bytes(node);
  if (bytes.size() != size) node.fail_as("must be " + std::to_string(2 * size) + " hex digits");
  std::memcpy(image.bytes.data() + at, bytes.data(), size);
}

std::uint32_t append_text(Image& image, const Node& node) {
  const std::u16string text = json::to_utf16(node.string());
  return append_string(image, Utf16View(std::span<const char16_t>(text)));
}

/// IPv4 in host order, as a UINT32; IPv6 as 16 bytes.
void put_address(Image& image, std::uint32_t at, const Node& node) {
  if (const auto v4 = v4_from_text(node.string())) {
    image.put(at, *v4);
  } else if (const auto v6 = v6_from_text(node.string())) {
    image.put(at, *v6);
  } else {
    node.fail_as("must be an address such as \"192.0.2.1\" or \"2001:db8::1\"");
  }
}

void put_blob(Image& image, std::uint32_t at, const Node& node) {
  const std::vector<std::uint8_t> bytes = read_bytes(node);
  image.put(at + offsetof(FWP_BYTE_BLOB, size), static_cast<std::uint32_t>(bytes.size()));
  image.point(at + offsetof(FWP_BYTE_BLOB, data), image.append(bytes.data(), bytes.size(), alignof(std::uint64_t)));
}

void put_texts(Image& image, const BodyMember& member, const Node& node) {
  const std::size_t count = node.size();
  image.put(member.count_offset, static_cast<std::uint32_t>(count));
  const std::vector<void*> pointers(count);
  const std::uint32_t array = image.append(pointers.data(), count * sizeof(void*), alignof(void*));
  image.point(member.offset, array);
  for (std::size_t i = 0; i < count; ++i) image.point(array + i * sizeof(void*), append_text(image, node.element(i)));
}

void put_guid(Image& image, std::uint32_t at, const Node& node) {
  const auto guid = guid_from_text(node.string());
  if (!guid) node.fail_as("must be a GUID such as \"{12345678-9abc-def0-0102-030405060708}\"");
  image.point(at, image.append(to_windows(*guid)));
}

void put_member(Image& image, const BodyMember& member, const Node& node) {
  const std::uint32_t at = member.offset;
  switch (member.type) {
    case MemberType::uint16: return image.put(at, node.number<std::uint16_t>());
    case MemberType::uint32: return image.put(at, node.number<std::uint32_t>());
    case MemberType::int32: return image.put(at, node.number<std::int32_t>());
    case MemberType::uint64: return image.put(at, node.decimal<std::uint64_t>());
    case MemberType::boolean: {
      const auto value = node.number<std::uint8_t>();
      if (value > 1) node.fail_as("must be 0 or 1");
      return image.put(at, std::uint32_t{value});
    }
    case MemberType::bytes6: return put_bytes<6>(image, at, node);
    case MemberType::bytes20: return put_bytes<20>(image, at, node);
    case MemberType::address: return put_address(image, at, node);
    case MemberType::text: return image.point(at, append_text(image, node));
    case MemberType::guid: return put_guid(image, at, node);
    case MemberType::byte_blob: return put_blob(image, at, node);
    case MemberType::texts: return put_texts(image, member, node);
  }
}

/// Missing members are zero.
OtherBody read_body(const BodyKind& kind, const Node& object) {
  std::vector<std::string_view> names;
  for (const BodyMember& member : kind.members) names.push_back(member.name);
  object.has_only(names);
  OtherBody body{kind.type, {}};
  const std::vector<std::byte> zeros(kind.size);
  body.image.append(zeros.data(), zeros.size(), alignof(std::uint64_t));
  for (const BodyMember& member : kind.members)
    if (const auto node = object.member_if_any(member.name)) put_member(body.image, member, *node);
  return body;
}

const BodyKind& read_kind(const Node& node) {
  if (const BodyKind* const kind = body_kind_from_name(node.string())) return *kind;
  std::string names(qm_failure);
  for (const BodyKind& kind : body_kinds()) names += ", " + std::string(kind.name);
  node.fail_as("must be one of " + names);
}

}  // namespace

std::expected<WrittenEvent, std::string> read_event(std::string_view text, std::pmr::memory_resource& storage) {
  try {
    const json::Document document(text);
    const Node root(document.root());
    // A Quick Mode failure may be a line of `qmforge decode --json`.
    root.has_only({"label", "format", "revision", "verdict", "canonical", "type", "header", "event", "findings"});
    WrittenEvent written;
    const auto type = root.member_if_any("type");
    if (type && type->string() != qm_failure) {
      written.body = read_body(read_kind(*type), root.member("event"));
    } else {
      auto labelled = from_json(text, Revision::r0, storage);
      if (!labelled) return std::unexpected(sentence(labelled.error()));
      written.body = labelled->event;
    }
    if (const auto header = root.member_if_any("header")) written.header = HeaderOverlay(*header);
    return written;
  } catch (const json::Failure& failure) {
    return std::unexpected(sentence(failure.error));
  }
}

std::expected<HeaderOverlay, std::string> read_header(std::string_view text) {
  try {
    const json::Document document(text);
    return HeaderOverlay(Node(document.root()));
  } catch (const json::Failure& failure) {
    return std::unexpected("header: " + sentence(failure.error));
  }
}

}  // namespace qmforge::wfp
