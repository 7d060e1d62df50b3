// The laws of the decoder, as properties over all messages that the simulator can generate.
#include <algorithm>
#include <cstdint>

#include "laws.h"
#include "qmforge/inspect.h"
#include "qmforge/validate.h"

namespace qmforge {
namespace {

using laws::check_law;
using laws::Distribution;
using laws::ndr_formats;
using laws::Written;

/// Equal events, or equal errors.
bool same(const std::expected<Event, DecodeError>& a, const std::expected<Event, DecodeError>& b) {
  if (a.has_value() != b.has_value()) return false;
  return a ? *a == *b : a.error() == b.error();
}

TEST(Law, DecodeInvertsEncode) {
  check_law(
      [](Distribution& seen) {
        const Written written = *laws::any_message();
        seen.count(written.kind());
        const auto decoded = written.decode(written.message.bytes);
        RC_ASSERT(decoded.has_value());
        RC_ASSERT(*decoded == *written.event);
      },
      laws::message_kinds(), 20);
}

TEST(Law, CanonicalInputsReencodeUnchanged) {
  check_law(
      [](Distribution& seen) {
        const Written written = *laws::any_message(ndr_formats);
        const auto decoded = written.decode(written.message.bytes);
        RC_ASSERT(decoded.has_value());
        std::vector<std::byte> again;
        RC_ASSERT(sim::encode(*decoded, {.format = written.format()}, again).has_value());
        const bool canonical = again == written.message.bytes;
        seen.count(std::string(to_string(written.format())) + (canonical ? " canonical" : " in another form"));
        RC_ASSERT(sim::is_canonical(written.message.bytes, written.format(), *decoded) == canonical);
        if (written.message.options == sim::EncodeOptions{.format = written.format()}) RC_ASSERT(canonical);
      },
      {"ndr20 canonical", "ndr20 in another form", "ndr20-body canonical", "ndr20-body in another form",
       "ndr64 canonical", "ndr64 in another form"},
      20);
}

TEST(Law, ResultIsIndependentOfEncoding) {
  // One event in every format and byte order, each in a form of its own.
  struct Forms {
    laws::Owned<Event> event;
    std::vector<Written> written;
  };
  const auto any_forms = test::from_choices([](sim::Choices& choices) {
    const auto event =
        laws::Owned<Event>::from([&](auto& storage) { return sim::generate(choices, {.inner_nuls = false}, storage); });
    Forms forms{event, {}};
    for (const Format format : all_formats) {
      sim::EncodeOptions options = sim::choose_encoding(choices, format);
      forms.written.push_back(laws::write(event, options));
      if (format != Format::ndr20) continue;
      options.order = options.order == std::endian::big ? std::endian::little : std::endian::big;
      forms.written.push_back(laws::write(event, options));
    }
    return forms;
  });
  check_law(
      [&](Distribution& seen) {
        const Forms forms = *any_forms;
        const Findings due = validate(*forms.event);
        for (const Written& written : forms.written) {
          const auto decoded = written.decode(written.message.bytes);
          RC_ASSERT(decoded.has_value());
          RC_ASSERT(*decoded == *forms.event);
          RC_ASSERT(validate(*decoded) == due);
        }
        seen.count(due.has_error() ? "invalid" : "valid");
      },
      {"valid", "invalid"}, 100);
}

TEST(Law, ProperPrefixesAreMalformed) {
  check_law(
      [](Distribution& seen) {
        const Written written = *laws::plain_message();
        seen.count(written.kind());
        const std::span<const std::byte> bytes = written.message.bytes;
        for (std::size_t size = 0; size < bytes.size(); ++size)
          RC_ASSERT(!written.decode(bytes.first(size)).has_value());
      },
      laws::message_kinds(), 20);
}

TEST(Law, EightExtraBytesAreMalformed) {
  check_law(
      [](Distribution& seen) {
        const Written written = *laws::any_message(ndr_formats);
        seen.count(written.kind());
        std::vector<std::byte> bytes = written.message.bytes;
        bytes.resize(bytes.size() + 8);
        const auto decoded = written.decode(bytes);
        RC_ASSERT(!decoded.has_value());
        RC_ASSERT(decoded.error().code == ErrorCode::trailingBytes);
      },
      laws::message_kinds(ndr_formats), 20);
}

TEST(Law, DecodingDependsOnInputOnly) {
  check_law(
      [](Distribution& seen) {
        const test::FaultedMessage message = *test::faulted_message();
        const std::vector<std::byte>& bytes = message.faulted.bytes;
        // A copy elsewhere in memory, at any alignment, between bytes that could belong to the message.
        const auto before = *rc::gen::inRange<std::size_t>(0, 8);
        const auto around = static_cast<std::byte>(*rc::gen::element(0, 1, 0xff));
        std::vector<std::byte> elsewhere(before + bytes.size() + 64, around);
        std::ranges::copy(bytes, elsewhere.begin() + static_cast<std::ptrdiff_t>(before));
        const auto here = laws::decode(message, bytes);
        seen.count(here ? "decodes" : "malformed");
        RC_ASSERT(same(laws::decode(message, std::span(elsewhere).subspan(before, bytes.size())), here));
      },
      {"decodes", "malformed"}, 20);
}

TEST(Law, BatchEqualsRepeatedSingleCalls) {
  std::vector<std::string> kinds;
  for (const Format format : all_formats)
    for (const char* what : {" valid", " with findings", " malformed"})
      kinds.push_back(std::string(to_string(format)) + what);
  check_law(
      [](Distribution& seen) {
        const Format format = *rc::gen::elementOf(std::vector<Format>(all_formats.begin(), all_formats.end()));
        const DecodeOptions options{.format = format, .revision = *rc::gen::element(Revision::r0, Revision::r1)};
        std::vector<Written> written;
        std::vector<std::span<const std::byte>> inputs;
        for (int count = *rc::gen::inRange(0, 20); count > 0; --count) written.push_back(*laws::any_message());
        for (const Written& one : written) {
          const std::span<const std::byte> bytes = one.message.bytes;
          inputs.push_back(bytes.first(bytes.size() - std::min(bytes.size(), *rc::gen::element<std::size_t>(0, 0, 8))));
        }
        // The old contents of the reports have no effect: here those of the same inputs in reverse order.
        std::vector<Report> results(inputs.size());
        const std::vector<std::span<const std::byte>> reversed(inputs.rbegin(), inputs.rend());
        RC_ASSERT(inspect(reversed, options, results) == inputs.size());
        RC_ASSERT(inspect(inputs, options, results) == inputs.size());
        for (std::size_t i = 0; i < inputs.size(); ++i) {
          const auto alone = decode(inputs[i], options);
          RC_ASSERT(same(results[i].event, alone));
          const Findings findings = alone ? validate(*alone) : Findings();
          RC_ASSERT(results[i].findings == findings);
          seen.count(std::string(to_string(format)) + (!alone             ? " malformed"
                                                       : findings.empty() ? " valid"
                                                                          : " with findings"));
        }
      },
      kinds, 5);
}

TEST(Law, ErrorOffsetMatchesErrorField) {
  check_law(
      [](Distribution& seen) {
        const test::FaultedMessage message = *test::faulted_message();
        const sim::FaultInfo& fault = sim::info(message.fault);
        const sim::FaultedMessage& faulted = message.faulted;
        const auto decoded = laws::decode(message, faulted.bytes);
        RC_PRE(!decoded.has_value());
        seen.count(std::string(to_string(decoded.error().code)));
        // Alignment may move a missing wire field up to 7 bytes past the end of a bare body.
        const Format format = message.options().format;
        const std::size_t beyond = format == Format::ndr20Body || format == Format::ndr64 ? 7 : 0;
        RC_ASSERT(decoded.error().offset <= faulted.bytes.size() + beyond);
        // Faults of alignment move the following fields, even if padding keeps the length. A missing pointee has no
        // field in the original message.
        const bool same_places =
            fault.fault_class != sim::FaultClass::alignment && fault.fault != sim::Fault::pointeeMissing &&
            std::ranges::all_of(faulted.edits,
                                [](const sim::Edit& edit) { return edit.removed.size() == edit.inserted.size(); });
        if (!same_places || decoded.error().field == FieldPath()) return;
        // The field map of the original message still applies.
        const auto& data = message.message.map.fields;
        const bool named = std::ranges::any_of(data, [&](const sim::WireField& field) {
          return field.offset == decoded.error().offset && field.path == decoded.error().field;
        });
        if (!named)
          RC_FAIL(std::string(fault.name) + ": " + decoded.error().field.to_string() + " at " +
                  std::to_string(decoded.error().offset) + " of " + std::string(to_string(message.options().format)));
      },
      {"truncated", "trailing-bytes", "header-version", "header-endianness", "header-length", "object-length",
       "union-tag-mismatch", "union-tag-unknown", "array-count-mismatch", "string-offset", "string-length",
       "string-unterminated", "bad-address"});
}

}  // namespace
}  // namespace qmforge
