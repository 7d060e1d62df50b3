// Values that have a length: blobs, SIDs, token information, strings.
#include <algorithm>
#include <cstring>

#include "grammar.h"

namespace qmforge::sim {

std::uint32_t Grammar::length() {
  constexpr std::array<std::uint16_t, 11> edges = {0, 1, 2, 3, 4, 5, 7, 8, 9, 255, 256};
  if (contents_ == Contents::fixed) return 5;  // odd, so that the next field needs padding
  if (contents_ == Contents::edges) return choices_.one_of(edges);
  const std::uint64_t n = choices_.choose(edges.size() + 2, Question::length);
  return n < edges.size() ? edges[static_cast<std::size_t>(n)] : static_cast<std::uint32_t>(choices_.choose(40));
}

ByteBlob Grammar::blob() {
  constexpr std::array null_sizes = {0U, 7U, 0xffffffffU};
  ByteBlob blob{};
  if (contents_ == Contents::edges && choices_.coin()) {
    blob.size = choices_.one_of(null_sizes);
    return blob;
  }
  if (contents_ == Contents::arbitrary && choices_.choose(4, Question::null) == 3) {
    blob.size = static_cast<std::uint32_t>(scalar(32));
    return blob;
  }
  blob.size = length();
  const auto bytes = allocate<std::uint8_t>(blob.size);
  if (contents_ == Contents::edges)
    std::ranges::generate(bytes, [this] { return pattern_byte(); });
  else
    fill(bytes);
  blob.data = reinterpret_cast<const std::byte*>(bytes.data());
  return blob;
}

std::uint32_t Grammar::sub_authority_count() {
  constexpr std::array<std::uint8_t, 6> edges = {0, 1, 2, 15, 16, 255};
  constexpr std::array<std::uint8_t, 8> often = {1, 2, 5, 0, 15, 14, 16, 3};
  if (contents_ == Contents::fixed) return 2;
  if (contents_ == Contents::edges) return choices_.one_of(edges);
  const std::uint64_t n = choices_.choose(often.size() + 3, Question::subAuthorityCount);
  if (n < often.size()) return often[static_cast<std::size_t>(n)];
  if (n == often.size()) return static_cast<std::uint32_t>(choices_.choose(17));
  return n == often.size() + 1 ? 255 : static_cast<std::uint32_t>(choices_.bits(8));
}

std::uint64_t Grammar::authority() {
  constexpr std::array<std::uint64_t, 2> edges = {5, 0x010203040506};
  if (contents_ == Contents::fixed) return edges[0];
  if (contents_ == Contents::edges) return choices_.one_of(edges);
  switch (choices_.choose(4, Question::authority)) {
    case 0: return 5;
    case 1: return choices_.choose(20);
    case 2: return 0xffffffff + choices_.choose(2);  // from 2^32 on, the text form is hexadecimal
    default: return choices_.bits(48);
  }
}

Sid Grammar::sid() {
  Sid sid;
  sid.revision = contents_ == Contents::arbitrary && choices_.one_in(8) ? static_cast<std::uint8_t>(scalar(8)) : 1;
  const std::uint64_t authority = this->authority();
  for (unsigned i = 0; i < 6; ++i) sid.identifierAuthority[i] = static_cast<std::uint8_t>(authority >> (40 - 8 * i));
  const auto sub_authority = allocate<std::uint32_t>(sub_authority_count());
  std::uint32_t counted = 0x01020304;
  for (std::uint32_t& n : sub_authority) {
    n = contents_ == Contents::arbitrary ? static_cast<std::uint32_t>(scalar(32)) : counted;
    counted += 0x04040404;
  }
  sid.subAuthority = IntegerView<std::uint32_t>(sub_authority);
  return sid;
}

SidAndAttributesView Grammar::sids(std::uint32_t& count) {
  enum : std::uint64_t { null, empty, one, one_null, three, null_with_size, few };
  std::uint64_t kind = three;
  if (contents_ == Contents::edges) kind = choices_.choose(few);
  if (contents_ == Contents::arbitrary) kind = choices_.choose(few + 1, Question::sidCount);
  if (kind == null || kind == null_with_size) {
    count = kind == null ? 0 : contents_ == Contents::edges ? 3 : static_cast<std::uint32_t>(scalar(32));
    return {};
  }
  count = kind == empty ? 0 : kind == three ? 3 : kind == few ? static_cast<std::uint32_t>(choices_.choose(9)) : 1;
  const auto elements = allocate<SidAndAttributes>(count);
  // Which elements lack a SID: the named kinds determine it, for the others it is chosen.
  const Contents outer = contents_;
  if (contents_ == Contents::edges) contents_ = Contents::fixed;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const bool without = kind == few ? choices_.coin(Question::null) : kind == one_null || (kind == three && i == 1);
    elements[i].sid = without ? std::nullopt : std::optional(sid());
    elements[i].attributes = static_cast<std::uint32_t>(scalar(32));
  }
  contents_ = outer;
  return SidAndAttributesView(elements);
}

TokenInformation Grammar::token() {
  TokenInformation token;
  token.sids = sids(token.sidCount);
  token.restrictedSids = sids(token.restrictedSidCount);
  return token;
}

char16_t Grammar::unit() {
  const auto drawn = [this](std::uint64_t first, std::uint64_t count) {
    return static_cast<char16_t>(first + choices_.choose(count));
  };
  switch (choices_.choose(profile_.inner_nuls ? 8 : 7, Question::unit)) {
    case 0: return drawn('a', 26);
    case 1: return drawn(0x20, 0x5f);     // printable ASCII with quotation marks and backslashes
    case 2: return drawn(1, 0x1f);        // control characters
    case 3: return drawn(0x80, 0x780);    // two bytes in UTF-8
    case 4: return drawn(0xd800, 0x400);  // a high surrogate, unpaired unless a low one follows by chance
    case 5: return drawn(0xdc00, 0x400);  // a low surrogate
    case 6: return drawn(0xe000, 0x2000);
    default: return 0;
  }
}

Utf16View Grammar::text() {
  // Unpaired surrogates, a swapped byte order mark, a noncharacter, and a NUL that is not the last unit.
  constexpr std::array<char16_t, 6> odd_units = {0xd800, 0xdfff, 0xfffe, 0xffff, 0x00e9, 0};
  constexpr std::uint64_t lengths = 4;
  std::uint32_t size = 3;
  const char16_t* odd = nullptr;
  if (contents_ == Contents::edges) {
    const std::uint64_t n = choices_.choose(lengths + odd_units.size() - (profile_.inner_nuls ? 0 : 1));
    if (n < lengths) size = static_cast<std::uint32_t>(n);
    if (n >= lengths) odd = &odd_units[static_cast<std::size_t>(n - lengths)];
  } else if (contents_ == Contents::arbitrary) {
    size = length();
  }
  const auto units = allocate<char16_t>(size);
  const bool varied = contents_ == Contents::arbitrary && choices_.coin(Question::text);
  for (std::size_t i = 0; i < units.size(); ++i) units[i] = varied ? unit() : static_cast<char16_t>('a' + i % 26);
  if (odd != nullptr) units[1] = *odd;
  return Utf16View(units);
}

}  // namespace qmforge::sim
