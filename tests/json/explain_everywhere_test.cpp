// The explanations of errors at every place of generated messages, compared with the encoder's field map.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <memory_resource>
#include <regex>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "qmforge/decode.h"
#include "qmforge/explain.h"
#include "qmforge/names.h"
#include "qmforge/sim/choices.h"
#include "qmforge/sim/faults.h"
#include "qmforge/sim/generate.h"

namespace qmforge {
namespace {

using sim::FieldKind;
using sim::WireField;

constexpr std::array ndr_formats = {Format::ndr20, Format::ndr20Body, Format::ndr64};

/// Calls `use` with generated messages in every NDR format, ndr20 in both byte orders.
template <class Use>
void for_each_message(std::uint64_t most, const Use& use) {
  for (const Format format : ndr_formats)
    for (std::uint64_t seed = 1; seed <= most; ++seed) {
      std::pmr::monotonic_buffer_resource storage;
      sim::RandomChoices choices(seed);
      const Event event = sim::generate(choices, sim::Profile{}.for_format(format), storage);
      sim::EncodeOptions options{.format = format};
      if (format == Format::ndr20 && seed % 2 == 0) options.order = std::endian::big;
      sim::EncodedMessage message;
      if (sim::encode(event, options, message)) use(message);
    }
}

DecodeOptions decode_options(const sim::EncodedMessage& message) {
  return {.format = message.options.format, .revision = message.event.revision};
}

std::string last_step(const FieldPath& field) {
  return field.depth() == 0 ? "" : std::string(to_string(field.step(field.depth() - 1)));
}

TEST(ExplainEverywhere, ATruncatedFieldNeedsTheBytesThatTheEncoderWrote) {
  const std::regex form(R"((.+) (?:needs (\d+) bytes? at byte (\d+), but (none|\d+) (?:is|are) there|)"
                        R"(begins at byte (\d+) and is truncated after (\d+) bytes?): the input ends at byte (\d+))");
  std::set<std::string> with_size;
  for_each_message(700, [&](const sim::EncodedMessage& message) {
    if (message.options.format == Format::ndr20) return;  // its ObjectBufferLength is wrong when bytes are missing
    for (std::size_t size = 0; size < message.map.object_end; ++size) {
      const auto bytes = std::span(message.bytes).first(size);
      const auto event = decode(bytes, decode_options(message));
      ASSERT_FALSE(event);
      const DecodeError& error = event.error();
      if (size > error.offset + 1 && size % 8 != 7) continue;  // none, one or some bytes are there
      const std::string text = explain(error, bytes, decode_options(message));
      std::smatch part;
      ASSERT_TRUE(std::regex_match(text, part, form)) << text;
      const std::string field = error.field.to_string();
      EXPECT_EQ(part[1], field.empty() ? "the structure" : field);
      EXPECT_EQ(part[7], std::to_string(size));
      const std::uint64_t available = error.offset < size ? size - error.offset : 0;
      const bool has_size = part[2].matched;
      EXPECT_EQ(part[has_size ? 3 : 5], std::to_string(error.offset)) << text;
      if (!has_size) {
        EXPECT_EQ(part[6], std::to_string(available)) << text;
        continue;
      }
      EXPECT_EQ(part[4], available == 0 ? "none" : std::to_string(available)) << text;
      EXPECT_TRUE(std::ranges::any_of(message.map.fields, [&](const WireField& written) {
        return written.path == error.field && written.offset == error.offset && std::to_string(written.size) == part[2];
      })) << text;
      with_size.insert(last_step(error.field));
    }
  });
  for (const char* const name : {"failureErrorCode",
                                 "failurePoint",
                                 "keyingModuleType",
                                 "qmState",
                                 "saRole",
                                 "saTrafficType",
                                 "localSubNet",
                                 "remoteSubNet",
                                 "type",
                                 "qmFilterId",
                                 "mmSaLuid",
                                 "mmProviderContextKey",
                                 "uint8",
                                 "uint16",
                                 "uint32",
                                 "uint64",
                                 "int8",
                                 "int16",
                                 "int32",
                                 "int64",
                                 "float32",
                                 "double64",
                                 "byteArray16",
                                 "bitmapArray64",
                                 "addr",
                                 "mask",
                                 "prefixLength",
                                 "size",
                                 "data",
                                 "unicodeString",
                                 "sidCount",
                                 "sids",
                                 "restrictedSidCount",
                                 "restrictedSids",
                                 "Revision",
                                 "SubAuthorityCount",
                                 "IdentifierAuthority",
                                 "SubAuthority"})
    EXPECT_TRUE(with_size.contains(name)) << name << ": the bytes that it needs are never named";
}

/// The number in a wire field, in the message's byte order.
std::uint64_t number_in(std::span<const std::byte> bytes, const WireField& field, std::endian order) {
  std::uint64_t number = 0;
  for (std::uint64_t i = 0; i < field.size; ++i) {
    const std::uint64_t at = field.offset + (order == std::endian::big ? i : field.size - 1 - i);
    number = number << 8 | std::to_integer<std::uint64_t>(bytes[static_cast<std::size_t>(at)]);
  }
  return number;
}

/// The explanation that the encoder's field map and the bytes give; empty if the map has no such wire field.
std::string expected_explanation(const sim::EncodedMessage& message, std::span<const std::byte> bytes,
                                 const DecodeError& error) {
  const auto number = [&](const WireField& field) {
    return std::to_string(number_in(bytes, field, message.options.order));
  };
  for (const WireField& field : message.map.fields) {
    if (field.offset != error.offset || !(field.path == error.field)) continue;
    const WireField* const partner = field.partner == WireField::none ? nullptr : &message.map.fields[field.partner];
    if (field.kind == FieldKind::maxCount && error.code == ErrorCode::arrayCountMismatch)
      return "max_count is " + number(field) +
             (last_step(error.field) == "restrictedSids"
                  ? ", which is not restrictedSidCount"
                  : ", expected " + number(*partner) + ", the value of " + last_step(partner->path));
    if ((field.kind == FieldKind::outerTag || field.kind == FieldKind::innerTag) &&
        error.code == ErrorCode::unionTagMismatch)
      return "the union's repeated discriminant is " + number(field) + ", expected " + number(*partner) +
             ", the value of " + partner->path.to_string();
    if (field.kind == FieldKind::stringOffset && error.code == ErrorCode::stringOffset)
      return "the string's offset is " + number(field) + ", expected 0";
    if (field.kind == FieldKind::actualCount && error.code == ErrorCode::stringLength)
      return "actual_count is " + number(field) + ", above max_count, which is " + number(*partner);
  }
  return {};
}

TEST(ExplainEverywhere, WrongDiscriminantsAndCountsAreShownWithTheNumberThatTheyRepeat) {
  using enum sim::Fault;
  std::map<std::string, unsigned> compared;
  for_each_message(300, [&](const sim::EncodedMessage& message) {
    for (const sim::Fault fault :
         {maxCountDiffers, maxCountUpperHalf, sizeIsDiffers, outerTagDiffers, innerTagDiffers, typeDiffers,
          stringOffsetSet, stringOffsetUpperHalf, stringLongerThanMax, stringCountUpperHalf})
      for (const sim::Site& site : sites(fault, message)) {
        const sim::FaultedMessage faulted = apply(fault, site, message);
        const auto event = decode(faulted.bytes, decode_options(message));
        ASSERT_FALSE(event);
        const std::string expected = expected_explanation(message, faulted.bytes, event.error());
        if (expected.empty()) continue;
        EXPECT_EQ(explain(event.error(), faulted.bytes, decode_options(message)), expected);
        ++compared[std::string(to_string(event.error().code)) + ' ' + last_step(event.error().field)];
      }
  });
  for (const char* const kind :
       {"array-count-mismatch data", "array-count-mismatch sids", "array-count-mismatch restrictedSids",
        "array-count-mismatch SubAuthority", "union-tag-mismatch localSubNet", "union-tag-mismatch remoteSubNet",
        "union-tag-mismatch type", "string-offset unicodeString", "string-length unicodeString"})
    EXPECT_GT(compared[kind], 10U) << kind;
}

// explain.h: for an error that is not of this input, the text is message(code).
TEST(ExplainEverywhere, AnErrorOutsideTheInputHasTheCodesMessage) {
  const std::vector<std::byte> bytes(24);
  for (const ErrorCode code :
       {ErrorCode::headerLength, ErrorCode::objectLength, ErrorCode::unionTagMismatch, ErrorCode::unionTagUnknown,
        ErrorCode::stringOffset, ErrorCode::stringLength, ErrorCode::stringUnterminated, ErrorCode::badAddress})
    EXPECT_EQ(explain(DecodeError{code, Step::localSubNet, 23}, bytes, {.format = Format::ndr20}), message(code))
        << to_string(code) << ": one byte of the field is there";
  for (int i = 0; i <= static_cast<int>(ErrorCode::badAddress); ++i) {
    const auto code = static_cast<ErrorCode>(i);
    if (code == ErrorCode::truncated) continue;  // its offset can be past the end
    for (const std::uint64_t offset : {std::uint64_t{25}, std::uint64_t{1000}, ~std::uint64_t{0}})
      for (const Format format : all_formats)
        for (const FieldPath& field : {FieldPath(), FieldPath(Step::localSubNet) / Step::type,
                                       FieldPath(Step::localSubNet) / Step::byteBlob / Step::data})
          EXPECT_EQ(explain(DecodeError{code, field, offset}, bytes, {.format = format}), message(code))
              << to_string(code) << ' ' << offset;
  }
}

}  // namespace
}  // namespace qmforge
