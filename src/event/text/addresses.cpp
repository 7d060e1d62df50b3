// IPv4 and IPv6 addresses as text.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "digits.h"
#include "forms.h"
#include "qmforge/text.h"

namespace qmforge {
namespace {

using Groups = std::array<std::uint16_t, 8>;

char* put_octet(char* to, std::uint32_t octet) noexcept {
  if (octet >= 100) *to++ = static_cast<char>('0' + octet / 100);
  if (octet >= 10) *to++ = static_cast<char>('0' + octet / 10 % 10);
  *to++ = static_cast<char>('0' + octet % 10);
  return to;
}

struct Run {
  std::size_t begin = 0;
  std::size_t size = 0;
};

// The first of the longest runs of zero groups (RFC 5952 4.2.3).
Run longest_zero_run(const Groups& groups) {
  Run longest;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const auto* const end = std::find_if(groups.begin() + i, groups.end(), [](auto group) { return group != 0; });
    const auto size = static_cast<std::size_t>(end - (groups.begin() + i));
    if (size > longest.size) longest = {.begin = i, .size = size};
  }
  return longest;
}

// Parses groups separated by colons; the last may be a dotted IPv4 address. Writes to the front of `groups` and returns
// their number: 0 for an empty text, nullopt for an invalid one.
std::optional<std::size_t> parse_groups(std::string_view text, bool may_end_in_v4, Groups& groups) noexcept {
  std::size_t count = 0;
  if (text.empty()) return count;
  while (true) {
    const std::size_t colon = text.find(':');
    const std::string_view group = text.substr(0, colon);
    if (colon == std::string_view::npos && may_end_in_v4 && group.find('.') != std::string_view::npos) {
      const auto v4 = v4_from_text(group);
      if (!v4 || count + 2 > groups.size()) return std::nullopt;
      groups[count++] = static_cast<std::uint16_t>(*v4 >> 16);
      groups[count++] = static_cast<std::uint16_t>(*v4);
      return count;
    }
    const auto number = digits::parse<std::uint16_t>(group, 16);
    if (!number || group.size() > 4 || count == groups.size()) return std::nullopt;
    groups[count++] = *number;
    if (colon == std::string_view::npos) return count;
    text.remove_prefix(colon + 1);
  }
}

}  // namespace

void add_v4(Appender& out, std::uint32_t addr) {
  constexpr std::size_t most_characters = 15;
  char* at = out.room(most_characters);
  for (int shift = 24; shift >= 0; shift -= 8) {
    if (shift != 24) *at++ = '.';
    at = put_octet(at, (addr >> shift) & 0xff);
  }
  out.end(at);
}

std::string v4_text(std::uint32_t addr) {
  return text_of([addr](Appender& out) { add_v4(out, addr); });
}

std::optional<std::uint32_t> v4_from_text(std::string_view text) noexcept {
  std::uint32_t addr = 0;
  for (int part = 0; part < 4; ++part) {
    const std::size_t dot = text.find('.');
    if ((dot == std::string_view::npos) != (part == 3)) return std::nullopt;
    const auto number = digits::parse<std::uint8_t>(text.substr(0, dot));
    if (!number) return std::nullopt;
    addr = addr << 8 | *number;
    if (part != 3) text.remove_prefix(dot + 1);
  }
  return addr;
}

void add_v6(Appender& out, const std::array<std::uint8_t, 16>& addr) {
  Groups groups;
  for (std::size_t i = 0; i < groups.size(); ++i)
    groups[i] = static_cast<std::uint16_t>(addr[2 * i] << 8 | addr[2 * i + 1]);
  const Run zeros = longest_zero_run(groups);
  if (zeros.size == 5 && groups[5] == 0xffff) {
    out.add("::ffff:");
    add_v4(out, static_cast<std::uint32_t>(groups[6]) << 16 | groups[7]);
    return;
  }
  constexpr std::size_t most_characters = 39;
  char* at = out.room(most_characters);
  bool needs_colon = false;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (needs_colon) *at++ = ':';
    if (zeros.size >= 2 && i == zeros.begin) {
      if (!needs_colon) *at++ = ':';
      *at++ = ':';
      i += zeros.size - 1;
      needs_colon = false;
      continue;
    }
    at = std::to_chars(at, at + 4, groups[i], 16).ptr;
    needs_colon = true;
  }
  out.end(at);
}

std::string v6_text(const std::array<std::uint8_t, 16>& addr) {
  return text_of([&addr](Appender& out) { add_v6(out, addr); });
}

std::optional<std::array<std::uint8_t, 16>> v6_from_text(std::string_view text) noexcept {
  Groups groups{};
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) {
    if (parse_groups(text, true, groups) != groups.size()) return std::nullopt;
  } else {
    Groups after{};
    const auto before_count = parse_groups(text.substr(0, gap), false, groups);
    const auto after_count = parse_groups(text.substr(gap + 2), true, after);
    // "::" stands for at least one group (RFC 4291 2.2).
    if (!before_count || !after_count || *before_count + *after_count >= groups.size()) return std::nullopt;
    std::copy_n(after.begin(), *after_count, groups.end() - *after_count);
  }
  std::array<std::uint8_t, 16> addr;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    addr[2 * i] = static_cast<std::uint8_t>(groups[i] >> 8);
    addr[2 * i + 1] = static_cast<std::uint8_t>(groups[i]);
  }
  return addr;
}

}  // namespace qmforge
