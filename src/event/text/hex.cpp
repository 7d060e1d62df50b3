#include "qmforge/hex.h"

#include "digits.h"

namespace qmforge {

std::string to_hex(std::span<const std::byte> bytes) {
  std::string text(2 * bytes.size(), '\0');
  digits::put_hex(text.data(), {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  return text;
}

std::optional<std::vector<std::byte>> from_hex(std::string_view text) {
  std::vector<std::byte> bytes;
  bytes.reserve(text.size() / 2);
  while (!text.empty()) {
    if (text.front() == ' ') {
      text.remove_prefix(1);
      continue;
    }
    std::uint8_t byte = 0;
    if (!digits::parse_hex(text.substr(0, 2), {&byte, 1})) return std::nullopt;
    bytes.push_back(std::byte{byte});
    text.remove_prefix(2);
  }
  return bytes;
}

}  // namespace qmforge
