// Decoding the encoder's output gives the same event again, in every legal form.
#include <gtest/gtest.h>

#include "qmforge/sim/encode.h"
#include "reference/reference_decoder.h"
#include "sim/forms.h"
#include "sim/known_events.h"
#include "support/hex.h"

namespace qmforge::sim {
namespace {

using namespace qmforge::testing;

std::string described(const EncodeOptions& form, const Event& event, std::span<const std::byte> bytes) {
  return std::string(qmforge::to_string(form.format)) + " revision " + (event.revision == Revision::r0 ? "0" : "1") +
         " " + std::string(c_name(event.localSubNet.type)) + ": " + to_hex(bytes);
}

/// Expects that both decoders decode `bytes` to `event`.
void expect_decoded(std::span<const std::byte> bytes, const EncodeOptions& form, const Event& event) {
  const DecodeOptions options = decode_options(form, event.revision);
  const auto decoded = decode(bytes, options);
  const reference::Decoded reference(bytes, options);
  ASSERT_TRUE(decoded) << message(decoded.error().code) << " at " << decoded.error().offset << " "
                       << decoded.error().field.to_string() << " " << described(form, event, bytes);
  ASSERT_TRUE(reference.result()) << described(form, event, bytes);
  EXPECT_TRUE(*decoded == event) << described(form, event, bytes);
  EXPECT_TRUE(*reference.result() == event) << described(form, event, bytes);
}

class Forms : public ::testing::TestWithParam<EncodeOptions> {};

TEST_P(Forms, DecodeForEverySubnet) {
  std::pmr::monotonic_buffer_resource storage;
  std::vector<std::byte> bytes;
  Event event = tunnel_event(test::v4(1, 2), test::v4(3, 4));
  for (const Revision revision : {Revision::r0, Revision::r1}) {
    event.revision = revision;
    for (const Subnet side : {Subnet::local, Subnet::remote}) {
      for (const ConditionValue& subnet : every_subnet(side, storage)) {
        (side == Subnet::local ? event.localSubNet : event.remoteSubNet) = subnet;
        ASSERT_TRUE(encode(event, GetParam(), bytes)) << c_name(subnet.type);
        expect_decoded(bytes, GetParam(), event);
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST_P(Forms, DecodeForRandomEvents) {
  std::vector<std::byte> bytes;
  RandomChoices choices(0);
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    choices.reseed(seed);
    std::pmr::monotonic_buffer_resource storage;
    const Event event = generate(choices, Profile().for_format(GetParam().format), storage);
    ASSERT_TRUE(encode(event, GetParam(), bytes)) << seed;
    expect_decoded(bytes, GetParam(), event);
    if (HasFatalFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Legal, Forms, ::testing::ValuesIn(legal_forms()), form_name);

TEST(Canonical, IsTheEncodersDefault) {
  std::pmr::monotonic_buffer_resource storage;
  std::vector<std::byte> bytes;
  for (const ConditionValue& subnet : every_subnet(Subnet::local, storage)) {
    const Event event = tunnel_event(subnet, test::v4(3, 4));
    for (const Format format : {Format::ndr20, Format::ndr20Body, Format::ndr64}) {
      ASSERT_TRUE(encode(event, {.format = format}, bytes));
      EXPECT_EQ(is_canonical(bytes, format, event), true);
    }
    for (const Format format : {Format::native64, Format::native32}) {
      ASSERT_TRUE(encode(event, {.format = format}, bytes));
      EXPECT_EQ(is_canonical(bytes, format, event), std::nullopt);
    }
  }
}

TEST(Canonical, ExcludesAllOtherForms) {
  std::vector<std::byte> bytes;
  // Padding before the string and before qmFilterId, pointers, a string: everything that a form can change.
  Event event = known_event("tunnel_str");
  event.localSubNet.arm.unicodeString = Utf16View(std::span(u"10.0.0.0/80", 11));
  for (const EncodeOptions& form : legal_forms()) {
    if (form == EncodeOptions{.format = form.format}) continue;
    if (is_memory_image(form.format)) continue;
    ASSERT_TRUE(encode(event, form, bytes));
    EXPECT_EQ(is_canonical(bytes, form.format, event), false) << described(form, event, bytes);
  }
}

}  // namespace
}  // namespace qmforge::sim
