// Decodes one event and says what it holds: the example of the README, and the proof that an installed qmforge is
// usable.
#include <array>
#include <cstdint>
#include <iostream>
#include <span>

#include "qmforge/qmforge.h"

int main() {
  // A Quick Mode failure in transport mode, as Windows writes it: type serialization version 1, little-endian.
  static constexpr std::array<std::uint8_t, 56> bytes = {
      0x01, 0x10, 0x08, 0x00, 0xcc, 0xcc, 0xcc, 0xcc,  // Version, Endianness, CommonHeaderLength, filler
      0x28, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,  // ObjectBufferLength, filler
      0xee, 0x35, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00,  // failureErrorCode, failurePoint
      0x02, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00,  // keyingModuleType, qmState
      0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,  // saRole, saTrafficType
      0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,  // the discriminants of localSubNet and remoteSubNet
      0x08, 0x07, 0x06, 0x05, 0x04, 0x03, 0x02, 0x01,  // qmFilterId
  };

  const auto event = qmforge::decode(std::as_bytes(std::span(bytes)), {.format = qmforge::Format::ndr20});
  if (!event) {
    std::cerr << to_string(event.error().code) << " at byte " << event.error().offset << '\n';
    return 1;
  }
  std::cout << qmforge::error_name(event->failureErrorCode) << ", filter " << event->qmFilterId << '\n';
  for (const qmforge::Finding& finding : qmforge::validate(*event)) std::cout << to_string(finding.rule) << '\n';
}
