// The laws of the JSON form, names, labels and faults.
#include <memory_resource>

#include "laws.h"
#include "qmforge/json.h"
#include "qmforge/validate.h"

namespace qmforge {
namespace {

using laws::check_law;
using laws::Distribution;

TEST(Law, JsonRoundTrips) {
  check_law(
      [](Distribution& seen) {
        const auto event = *test::any_event({.unencodable = true});
        const Result result{.label = "label",
                            .format = Format::ndr20,
                            .revision = event->revision,
                            .report = {*event, validate(*event)},
                            .canonical = std::nullopt};
        std::pmr::monotonic_buffer_resource storage;
        const auto again = from_json(to_json(result), Revision::r0, storage);
        if (!again) RC_FAIL(again.error().field + ": " + again.error().message);
        RC_ASSERT(again->label == "label");
        RC_ASSERT(again->event == *event);
        // The encoder gives the same bytes, or the same error.
        std::vector<std::byte> due;
        std::vector<std::byte> bytes;
        const auto encoded = sim::encode(*event, {}, due);
        RC_ASSERT(sim::encode(again->event, {}, bytes) == encoded);
        RC_ASSERT(bytes == due);
        seen.count(!encoded ? "not encodable" : event->has_subnets() ? "tunnel" : "transport");
      },
      {"tunnel", "transport", "not encodable"}, 20);
}

TEST(Law, LabelsMatchDecoderAndValidator) {
  check_law(
      [](Distribution& seen) {
        const test::LabelledInput input = *test::labelled_input();
        const auto fault = sim::fault_from_name(input->fault.substr(0, input->fault.find('+')));
        seen.count(fault ? std::string(to_string(sim::info(*fault).fault_class)) : "whole");
        const auto decoded = decode(input->bytes, {input->format, input->revision, sim::set_image_base});
        RC_ASSERT(decoded.has_value() == input->expected.event.has_value());
        if (decoded) {
          RC_ASSERT(*decoded == *input->expected.event);
          RC_ASSERT(validate(*decoded) == input->expected.findings);
        } else {
          RC_ASSERT(decoded.error() == input->expected.event.error());
        }
      },
      {"whole", "length", "header", "discriminant", "count", "string", "alignment", "pointer", "address"}, 2);
}

TEST(Law, RevertRestoresTheOriginal) {
  check_law(
      [](Distribution& seen) {
        const test::FaultedMessage message = *test::faulted_message();
        const sim::FaultedMessage& faulted = message.faulted;
        seen.count(std::string(sim::info(message.fault).name));
        const auto decoded = laws::decode(message, faulted.bytes);
        RC_ASSERT(decoded.has_value() == faulted.expected.event.has_value());
        if (decoded) {
          RC_ASSERT(*decoded == *faulted.expected.event);
          RC_ASSERT(validate(*decoded) == faulted.expected.findings);
        } else {
          RC_ASSERT(decoded.error() == faulted.expected.event.error());
        }
        const auto bytes = sim::revert(faulted);
        RC_ASSERT(bytes == message.message.bytes);
        const auto mended = laws::decode(message, bytes);
        RC_ASSERT(mended.has_value());
        RC_ASSERT(*mended == *message.event);
        RC_ASSERT(validate(*mended) == validate(*message.event));
      },
      laws::fault_names());
}

/// Every defined value of an enumeration has a name that parses to it; no other value has a name.
template <class Enum>
void check_names() {
  const auto value =
      static_cast<Enum>(*rc::gen::oneOf(rc::gen::inRange<std::uint32_t>(0, 8), rc::gen::arbitrary<std::uint32_t>()));
  RC_ASSERT(c_name(value).empty() != is_valid(value));
  if (is_valid(value)) RC_ASSERT(from_c_name<Enum>(c_name(value)) == value);
}

TEST(Law, NamesRoundTrip) {
  check_law(
      [](Distribution& seen) {
        const auto type = *rc::gen::elementOf(all_data_types);
        RC_ASSERT(from_c_name<DataType>(c_name(type)) == type);
        seen.count(std::string(c_name(type)));
        const auto format = *rc::gen::elementOf(all_formats);
        RC_ASSERT(format_from_name(to_string(format)) == format);
        seen.count(std::string(to_string(format)));
        check_names<FailurePoint>();
        check_names<KeyModuleType>();
        check_names<QmSaState>();
        check_names<SaRole>();
        check_names<TrafficType>();
      },
      [] {
        std::vector<std::string> kinds;
        for (const DataType type : all_data_types) kinds.emplace_back(c_name(type));
        for (const Format format : all_formats) kinds.emplace_back(to_string(format));
        return kinds;
      }());
}

}  // namespace
}  // namespace qmforge
