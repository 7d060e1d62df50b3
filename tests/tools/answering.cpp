// A program that speaks the protocol of `qmforge conform`, in the manner that its argument names.
//
//   json        all that `qmforge decode --json` says
//   words       LABEL VERDICT [CODE]
//   accepted    words, without judging what decodes
//   skip-ndr64  json, and no opinion of NDR64
//   accept-all  words: everything is valid (a mistake)
//   no-offset   json with every error's offset 0 (a mistake)
//   low-half    json with qmFilterId cut to 32 bits (a mistake)
//   deaf        answers every second input alone (a mistake)
//   babbling    json, and lines that are no answers between
//   dies        words, and after ten of them it ends with status 3
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "qmforge/qmforge.h"

namespace {

using namespace qmforge;

std::vector<std::byte> bytes_of(const std::string& hex) {
  std::vector<std::byte> bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes.push_back(static_cast<std::byte>(std::stoul(hex.substr(i, 2), nullptr, 16)));
  return bytes;
}

std::string answer(const std::string& manner, const std::string& label, Format format, Revision revision,
                   const std::vector<std::byte>& bytes) {
  Result result{label, format, revision, decode(bytes, {format, revision}), {}, {}};
  if (result.report.event && manner == "low-half") result.report.event->qmFilterId &= 0xffffffff;
  if (result.report.event) result.report.findings = validate(*result.report.event);
  if (!result.report.event && manner == "no-offset") result.report.event.error().offset = 0;
  if (manner == "accept-all") return label + " valid";
  if (manner == "skip-ndr64" && format == Format::ndr64) return label + " skipped";
  if (manner == "accepted" && result.report.event) return label + " accepted";
  if (manner == "words" || manner == "accepted" || manner == "dies")
    return label + ' ' + std::string(to_string(result.report.verdict())) +
           (result.report.event ? "" : ' ' + std::string(to_string(result.report.event.error().code)));
  // "canonical" is the encoder's business: an answer may leave it out.
  std::string json = to_json(result);
  const std::string canonical = "\"canonical\": null, ";
  return json.erase(json.find(canonical), canonical.size());
}

}  // namespace

int main(int argc, char** argv) {
  const std::string manner = argc > 1 ? argv[1] : "json";
  std::size_t count = 0;
  for (std::string line; std::getline(std::cin, line); ++count) {
    std::istringstream words(line);
    std::string label;
    std::string format;
    std::string revision;
    std::string hex;
    words >> label >> format >> revision >> hex;
    if (manner == "deaf" && count % 2 == 1) continue;
    if (manner == "dies" && count == 10) return 3;
    if (manner == "babbling" && count % 100 == 0) std::cout << "hello\n\n{\"label\": 1}\n";
    std::cout << answer(manner, label, format_from_name(format).value(), revision == "1" ? Revision::r1 : Revision::r0,
                        bytes_of(hex))
              << '\n';
  }
}
