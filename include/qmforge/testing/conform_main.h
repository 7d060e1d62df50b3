// A program for `qmforge conform SET -- PROGRAM` from a decoder of your own (decoder.h):
//
//     #include <qmforge/testing/conform_main.h>
//     QMFORGE_CONFORM_MAIN(Mine)
//
// docs/conformance.md describes the protocol. The decoder reads exact copies of the inputs.
#pragma once

#include <iostream>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include "qmforge/hex.h"
#include "qmforge/json.h"
#include "qmforge/names.h"
#include "qmforge/sim/labelled.h"
#include "qmforge/testing/decoder.h"

namespace qmforge::test {

/// The answer to a line of the protocol, `LABEL FORMAT REVISION HEX`; nullopt for any other line.
template <Decoder D>
[[nodiscard]] std::optional<std::string> conform_answer(const std::string& line) {
  std::istringstream words(line);
  std::string label, format_name, hex;
  unsigned revision = 0;
  if (!(words >> label >> format_name >> revision)) return std::nullopt;
  words >> hex;
  const auto format = format_from_name(format_name);
  const auto bytes = from_hex(hex == "-" ? "" : hex);
  if (!format || !bytes || revision > 1) return std::nullopt;
  keep_last_input(*bytes);
  const ExactInput exact(*bytes);
  const Answer answer =
      to_answer(D::decode(exact.bytes(), {*format, static_cast<Revision>(revision), sim::set_image_base}));
  if (std::holds_alternative<NotSupported>(answer)) return label + " skipped";
  if (const Event* const event = std::get_if<Event>(&answer))
    return "{\"label\": \"" + label + R"(", "verdict": "accepted", "event": )" + to_json(*event) + '}';
  const auto code = std::get<Rejection>(answer).code;
  return label + " malformed" + (code ? ' ' + std::string(qmforge::to_string(*code)) : "");
}

/// Answers every line of standard input. Returns the exit status: 0, or 2 for a line that breaks the protocol.
template <Decoder D>
int conform_main() {
  for (std::string line; std::getline(std::cin, line);) {
    const auto answer = conform_answer<D>(line);
    if (!answer) {
      std::cerr << "expected LABEL FORMAT REVISION HEX, got: " << line << '\n';
      return 2;
    }
    std::cout << *answer << std::endl;
  }
  return 0;
}

}  // namespace qmforge::test

#define QMFORGE_CONFORM_MAIN(DECODER) \
  int main() { return qmforge::test::conform_main<DECODER>(); }
