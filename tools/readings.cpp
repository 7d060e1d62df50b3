#include "readings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <tuple>

#include "qmforge/inspect.h"
#include "qmforge/names.h"
#include "qmforge/sim/encode.h"

namespace qmforge::tools {
namespace {

// Whether the input decoded to an event with valid enumerations, which is rare for bytes read with wrong options.
bool is_plausible(const Report& report) {
  return report.event && std::ranges::none_of(report.findings, [](const Finding& finding) {
           return finding.rule <= Rule::trafficTypeRange;
         });
}

bool reads_plausibly(std::span<const std::byte> input, const DecodeOptions& options) {
  return is_plausible(inspect(input, options));
}

std::uint64_t load(std::span<const std::byte> input, std::size_t offset, std::size_t size) {
  std::uint64_t number = 0;
  for (std::size_t i = size; i-- > 0;) number = number << 8 | std::to_integer<std::uint64_t>(input[offset + i]);
  return number;
}

std::string options_text(const DecodeOptions& options, const DecodeOptions& given) {
  std::string text;
  if (options.format != given.format) text += fmt::format(" --format {}", to_string(options.format));
  if (options.revision != given.revision)
    text += fmt::format(" --revision {}", static_cast<std::uint32_t>(options.revision));
  if (is_memory_image(options.format) && options.image_base != given.image_base)
    text += fmt::format(" --base {:#x}", options.image_base);
  return text;
}

// The base address that makes the subnets' pointers point into the image: their targets mostly follow the structure or
// are in its page.
std::optional<std::uint64_t> base_of(std::span<const std::byte> image, const DecodeOptions& options) {
  const std::size_t word = options.format == Format::native64 ? 8 : 4;
  const std::size_t structure = 24 + 4 * word + 8 + (options.revision == Revision::r1 ? 24 : 0);
  if (!is_memory_image(options.format) || image.size() < structure) return std::nullopt;
  for (const std::size_t slot : {24 + word, 24 + 3 * word}) {
    const std::uint64_t pointer = load(image, slot, word);
    for (const std::uint64_t base :
         {pointer - structure, pointer & ~std::uint64_t{0xfff}, pointer & ~std::uint64_t{0xffff}}) {
      if (base > pointer || base % 4 != 0 || pointer - base >= image.size()) continue;
      DecodeOptions based = options;
      based.image_base = base;
      if (reads_plausibly(image, based)) return base;
    }
  }
  return std::nullopt;
}

// A big-endian body with the header that says so.
std::vector<std::byte> framed_big_endian(std::span<const std::byte> body) {
  const auto length = static_cast<std::uint32_t>((body.size() + 7) / 8 * 8);
  std::vector<std::byte> framed(16 + length);
  framed[0] = std::byte{1};
  framed[2] = std::byte{8};
  for (unsigned i = 0; i < 4; ++i) framed[8 + i] = static_cast<std::byte>(length >> (24 - 8 * i));
  std::ranges::copy(body, framed.begin() + 16);
  return framed;
}

bool is_text(std::span<const std::byte> input) {
  return !input.empty() && std::ranges::all_of(input, [](std::byte byte) {
    const auto c = std::to_integer<unsigned char>(byte);
    return (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\r' || c == '\t';
  });
}

void add_byte_order_hints(std::vector<std::string>& hints, std::span<const std::byte> input,
                          const DecodeOptions& given) {
  if (is_memory_image(given.format)) return;
  if (reads_plausibly(framed_big_endian(input), {.format = Format::ndr20, .revision = given.revision}))
    hints.emplace_back(
        "it decodes as a big-endian body; add the ndr20 header with Endianness 0x00, because ndr20-body is "
        "little-endian");
  if (given.format != Format::ndr20 || input.size() < 16 || input[0] != std::byte{1}) return;
  std::vector<std::byte> swapped(input.begin(), input.end());
  swapped[1] ^= std::byte{0x10};
  const bool decodes = reads_plausibly(swapped, given);
  std::reverse(swapped.begin() + 8, swapped.begin() + 12);
  if (decodes || reads_plausibly(swapped, given))
    hints.push_back(fmt::format("it decodes with the other byte order: Endianness {:#04x}", swapped[1]));
}

}  // namespace

std::optional<DecodeOptions> guess(std::span<const std::byte> input, const DecodeOptions& given) {
  struct Candidate {
    std::tuple<bool, bool, bool, bool> rank;  // less is better
    DecodeOptions options;
  };
  std::optional<Candidate> best;
  for (const Format format : all_formats) {
    for (const Revision revision : {Revision::r0, Revision::r1}) {
      DecodeOptions options{.format = format, .revision = revision, .image_base = given.image_base};
      if (const auto base = base_of(input, options); base && !reads_plausibly(input, options))
        options.image_base = *base;
      const Report report = inspect(input, options);
      if (!report.event) continue;
      const bool is_given = format == given.format && revision == given.revision;
      const bool canonical = sim::is_canonical(input, format, *report.event).value_or(false);
      const Candidate candidate{{!is_plausible(report), report.verdict() != Verdict::valid, !canonical, !is_given},
                                options};
      if (!best || candidate.rank < best->rank) best = candidate;
    }
  }
  return best ? std::optional(best->options) : std::nullopt;
}

std::vector<std::string> hints(std::span<const std::byte> input, const DecodeOptions& given) {
  if (is_text(input)) {
    if (input[0] == std::byte{'{'})
      return {"the input is JSON: `encode` reads events, `decode --hex` the lines of a manifest"};
    return {"the input is text: --hex reads hex digits, dumps and base64"};
  }
  std::vector<std::string> hints;
  for (const Format format : all_formats) {
    for (const Revision revision : {Revision::r0, Revision::r1}) {
      DecodeOptions options{.format = format, .revision = revision, .image_base = given.image_base};
      if (!reads_plausibly(input, options)) {
        const auto base = base_of(input, options);
        if (!base) continue;
        options.image_base = *base;
      }
      hints.push_back("it decodes with" + options_text(options, given));
    }
  }
  add_byte_order_hints(hints, input, given);
  return hints;
}

}  // namespace qmforge::tools
