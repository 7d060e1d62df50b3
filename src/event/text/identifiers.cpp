// SIDs and GUIDs as text.
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "digits.h"
#include "forms.h"
#include "qmforge/text.h"

namespace qmforge {
namespace {

constexpr std::uint64_t authority_limit = std::uint64_t{1} << 48;
constexpr std::size_t max_sub_authorities = 255;  // SubAuthorityCount is one byte

// Everything up to the next hyphen, which is taken away with it.
std::string_view take_part(std::string_view& text) {
  const std::size_t hyphen = text.find('-');
  const std::string_view part = text.substr(0, hyphen);
  text.remove_prefix(hyphen == std::string_view::npos ? text.size() : hyphen + 1);
  return part;
}

std::optional<std::uint64_t> parse_authority(std::string_view part) {
  if (!part.starts_with("0x")) {
    const auto authority = digits::parse<std::uint64_t>(part);
    if (authority && *authority < authority_limit) return authority;
    return std::nullopt;
  }
  return part.size() == 14 ? digits::parse<std::uint64_t>(part.substr(2), 16) : std::nullopt;
}

}  // namespace

void add_sid(Appender& out, const Sid& sid) {
  std::uint64_t authority = 0;
  for (const std::uint8_t byte : sid.identifierAuthority) authority = authority << 8 | byte;
  out.add("S-", sid.revision, '-');
  if (authority < (std::uint64_t{1} << 32)) {
    out.add(authority);
  } else {
    out.add("0x");
    out.add_hex(sid.identifierAuthority);
  }
  for (const std::uint32_t sub_authority : sid.subAuthority) out.add('-', sub_authority);
}

std::string sid_text(const Sid& sid) {
  return text_of([&sid](Appender& out) { add_sid(out, sid); });
}

std::optional<Sid> sid_from_text(std::string_view text, std::pmr::memory_resource& storage) {
  if (!text.starts_with("S-") || text.ends_with('-')) return std::nullopt;
  text.remove_prefix(2);
  const auto revision = digits::parse<std::uint8_t>(take_part(text));
  const auto authority = parse_authority(take_part(text));
  if (!revision || !authority) return std::nullopt;

  std::array<std::uint32_t, max_sub_authorities> sub_authorities;
  std::size_t count = 0;
  while (!text.empty()) {
    const auto sub_authority = digits::parse<std::uint32_t>(take_part(text));
    if (!sub_authority || count == max_sub_authorities) return std::nullopt;
    sub_authorities[count++] = *sub_authority;
  }

  Sid sid{};
  sid.revision = *revision;
  for (std::size_t i = 0; i < 6; ++i)
    sid.identifierAuthority[i] = static_cast<std::uint8_t>(*authority >> (40 - 8 * i));
  auto* const stored = std::pmr::polymorphic_allocator<std::uint32_t>(&storage).allocate(count);
  std::copy_n(sub_authorities.begin(), count, stored);
  sid.subAuthority = IntegerView<std::uint32_t>(std::span<const std::uint32_t>(stored, count));
  return sid;
}

void add_guid(Appender& out, const Guid& guid) {
  out.add('{');
  out.add_hex(guid.data1);
  out.add('-');
  out.add_hex(guid.data2);
  out.add('-');
  out.add_hex(guid.data3);
  out.add('-');
  out.add_hex(std::span(guid.data4).first<2>());
  out.add('-');
  out.add_hex(std::span(guid.data4).last<6>());
  out.add('}');
}

std::string guid_text(const Guid& guid) {
  return text_of([&guid](Appender& out) { add_guid(out, guid); });
}

std::optional<Guid> guid_from_text(std::string_view text) noexcept {
  // {8-4-4-4-12}
  if (text.size() != 38 || text[0] != '{' || text[37] != '}') return std::nullopt;
  for (const std::size_t hyphen : {9U, 14U, 19U, 24U})
    if (text[hyphen] != '-') return std::nullopt;
  const auto data1 = digits::parse<std::uint32_t>(text.substr(1, 8), 16);
  const auto data2 = digits::parse<std::uint16_t>(text.substr(10, 4), 16);
  const auto data3 = digits::parse<std::uint16_t>(text.substr(15, 4), 16);
  if (!data1 || !data2 || !data3) return std::nullopt;
  Guid guid{.data1 = *data1, .data2 = *data2, .data3 = *data3, .data4 = {}};
  const auto data4 = std::span(guid.data4);
  if (!digits::parse_hex(text.substr(20, 4), data4.first<2>()) ||
      !digits::parse_hex(text.substr(25, 12), data4.last<6>()))
    return std::nullopt;
  return guid;
}

}  // namespace qmforge
