// Independent engines decode our bytes to the same events, and we decode theirs. Where we write the canonical form,
// they write the same bytes, except for the differences in README.md.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory_resource>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "interop/engine.h"
#include "interop/population.h"
#include "qmforge/json.h"
#include "qmforge/names.h"
#include "qmforge/sim/field_map.h"
#include "support/hex.h"
#include "support/labelled_bytes.h"

namespace qmforge::interop {
namespace {

using sim::FieldKind;
using sim::WireField;
using testing::to_hex;

constexpr std::size_t event_count = 6000;

const Population& population() {
  static const Population all(event_count);
  return all;
}

/// Samba numbers the pointers of a structure before those in its pointees, which is wire order.
void number_as_libndr(sim::EncodedMessage& encoded, Encoding encoding) {
  std::vector<const WireField*> pointers;
  for (const WireField& field : encoded.map.fields)
    if (field.kind == FieldKind::pointer && field.partner != WireField::none) pointers.push_back(&field);
  std::ranges::sort(pointers, {}, &WireField::offset);
  std::uint32_t referent = 0x00020000;
  for (const WireField* pointer : pointers) {
    for (std::size_t i = 0; i < 4; ++i) {
      const std::size_t at = encoding == Encoding::ndr20Big ? 3 - i : i;
      encoded.bytes[pointer->offset + at] = static_cast<std::byte>(referent >> 8 * i);
    }
    referent += 4;
  }
}

/// Clears what impacket chooses freely: referent ids, padding, fillers.
void clear_free_bytes(std::vector<std::byte>& bytes, const sim::FieldMap& map) {
  for (const WireField& field : map.fields) {
    switch (field.kind) {
      case FieldKind::pointer:
      case FieldKind::alignment:
      case FieldKind::structPadding:
      case FieldKind::bodyPadding:
      case FieldKind::filler:
        std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(field.offset), field.size, std::byte{0});
        break;
      default: break;
    }
  }
}

struct Pairing {
  const char* engine;
  Encoding encoding;
};

void PrintTo(const Pairing& pairing, std::ostream* out) {
  *out << pairing.engine << ' ' << to_string(pairing.encoding);
}

std::string test_name(const ::testing::TestParamInfo<Pairing>& info) {
  std::string text = std::string(info.param.engine) + "_" + std::string(to_string(info.param.encoding));
  std::ranges::replace(text, '-', '_');
  return text;
}

class Interop : public ::testing::TestWithParam<Pairing> {
 protected:
  void SetUp() override {
    if (engine_.unavailable()) GTEST_SKIP() << GetParam().engine << " is not available: " << *engine_.unavailable();
  }

  [[nodiscard]] bool is_libndr() const { return GetParam().engine == std::string("libndr"); }
  [[nodiscard]] Encoding encoding() const { return GetParam().encoding; }

  /// Sends `events`, encoded by `encode_one`, to the engine: it must decode them to the same events, and we must decode
  /// its output to the same events. Returns its output.
  template <class EncodeOne>
  std::vector<std::vector<std::byte>> exchange(const std::vector<Event>& events, EncodeOne&& encode_one) {
    std::vector<Question> questions;
    for (std::size_t i = 0; i < events.size(); ++i)
      questions.push_back({encoding(), events[i].revision, encode_one(events[i], i)});
    const std::vector<Answer> answers = engine_.ask(questions);
    std::vector<std::vector<std::byte>> written;
    for (std::size_t i = 0; i < events.size(); ++i) {
      const Answer& answer = answers[i];
      written.push_back(answer.encoded);
      std::pmr::monotonic_buffer_resource storage;
      const auto read = from_json(answer.line, events[i].revision, storage);
      EXPECT_TRUE(read && read->event == events[i])
          << "The engine reads another event.\nours: " << to_json(events[i]) << "\nits:  " << answer.line
          << "\nin:   " << to_hex(questions[i].bytes) << "\n"
          << (read ? "" : read.error().message);
      if (!answer.accepted) break;
      const auto back = decode(answer.encoded, encoding(), events[i].revision);
      EXPECT_TRUE(back && *back == events[i])
          << "We read another event in the engine's output.\nthe event: " << to_json(events[i])
          << "\nits bytes: " << to_hex(answer.encoded);
      if (HasFailure()) break;  // one example is enough
    }
    return written;
  }

 private:
  Engine engine_ = GetParam().engine == std::string("libndr") ? Engine::libndr() : Engine::impacket();
};

// Half of the events are in canonical form, half in another legal form. The engines do not preserve the form.
TEST_P(Interop, EnginesReadTheSameEventsAndWriteTheSameBytes) {
  const std::vector<Event>& events = population().events();
  std::vector<std::vector<std::byte>> written = exchange(events, [&](const Event& event, std::size_t i) {
    return encode(event, encoding(), i % 2 == 0 ? sim::EncodeOptions() : any_legal_form(i)).bytes;
  });
  std::size_t identical = 0;
  for (std::size_t i = 0; i < written.size() && !HasFailure(); ++i) {
    sim::EncodedMessage ours = encode(events[i], encoding());
    if (written[i] == ours.bytes) ++identical;
    ASSERT_EQ(written[i].size(), ours.bytes.size()) << to_json(events[i]);
    if (is_libndr()) {
      number_as_libndr(ours, encoding());
    } else {
      clear_free_bytes(ours.bytes, ours.map);
      clear_free_bytes(written[i], ours.map);
    }
    ASSERT_EQ(to_hex(written[i]), to_hex(ours.bytes)) << to_json(events[i]);
  }
  RecordProperty("exchanges", static_cast<int>(events.size()));
  RecordProperty("identical", static_cast<int>(identical));
}

/// The encodings in known-bytes.txt.
class InteropVectors : public Interop {};

TEST_P(InteropVectors, AreDecodedToTheSameEvents) {
  std::vector<testing::KnownVector> vectors = testing::known_vectors();
  const Format format = encoding() == Encoding::ndr64 ? Format::ndr64 : Format::ndr20;
  std::erase_if(vectors, [&](const auto& vector) { return vector.format != format; });
  std::vector<Event> events;
  for (testing::KnownVector& vector : vectors) events.push_back(decode(vector.bytes, encoding(), Revision::r0).value());
  exchange(events, [&](const Event&, std::size_t i) { return vectors[i].bytes; });
}

INSTANTIATE_TEST_SUITE_P(Libndr, Interop,
                         ::testing::Values(Pairing{"libndr", Encoding::ndr20}, Pairing{"libndr", Encoding::ndr20Body},
                                           Pairing{"libndr", Encoding::ndr20Big}, Pairing{"libndr", Encoding::ndr64}),
                         test_name);
INSTANTIATE_TEST_SUITE_P(Impacket, Interop,
                         ::testing::Values(Pairing{"impacket", Encoding::ndr20}, Pairing{"impacket", Encoding::ndr64}),
                         test_name);
INSTANTIATE_TEST_SUITE_P(All, InteropVectors,
                         ::testing::Values(Pairing{"libndr", Encoding::ndr20}, Pairing{"libndr", Encoding::ndr64},
                                           Pairing{"impacket", Encoding::ndr20}, Pairing{"impacket", Encoding::ndr64}),
                         test_name);

/// The type of a subnet or of a range's bound, NULL or not.
std::string shape(DataType type, bool is_null) { return std::string(c_name(type)) + (is_null ? " NULL" : ""); }

std::set<std::string> shapes_of(const auto& types) {
  std::set<std::string> shapes;
  for (const DataType type : types) {
    shapes.insert(shape(type, false));
    if (is_pointer_type(type)) shapes.insert(shape(type, true));
  }
  return shapes;
}

// The comparison covers only types that occur in some event.
TEST(Population, HasEveryShapeInBothRevisions) {
  std::vector<DataType> value_types(all_data_types.begin(), all_data_types.end());
  std::erase_if(value_types, [](DataType type) { return !is_value_type(type); });
  for (const Revision revision : {Revision::r0, Revision::r1}) {
    std::set<std::string> local, remote, low, high;
    std::set<TrafficType> traffic_types;
    for (const Event& event : population().events()) {
      if (event.revision != revision) continue;
      traffic_types.insert(event.saTrafficType);
      if (!event.has_subnets()) continue;
      local.insert(shape(event.localSubNet.type, event.localSubNet.is_null));
      remote.insert(shape(event.remoteSubNet.type, event.remoteSubNet.is_null));
      for (const ConditionValue* subnet : {&event.localSubNet, &event.remoteSubNet}) {
        if (subnet->type != DataType::range || subnet->is_null) continue;
        low.insert(shape(subnet->rangeValue.valueLow.type, subnet->rangeValue.valueLow.is_null));
        high.insert(shape(subnet->rangeValue.valueHigh.type, subnet->rangeValue.valueHigh.is_null));
      }
    }
    EXPECT_EQ(traffic_types.size(), 2u);
    EXPECT_EQ(local, shapes_of(all_data_types));
    EXPECT_EQ(remote, shapes_of(all_data_types));
    EXPECT_EQ(low, shapes_of(value_types));
    EXPECT_EQ(high, shapes_of(value_types));
  }
}

}  // namespace
}  // namespace qmforge::interop
