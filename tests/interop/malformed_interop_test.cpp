// libndr on malformed input. It gets every fault of the catalogue. If its result is not the expected one,
// disagreements.h must list that and say which one is right. The list is checked both ways.
#include <gtest/gtest.h>

#include <array>
#include <compare>
#include <cstddef>
#include <deque>
#include <expected>
#include <fstream>
#include <iterator>
#include <map>
#include <memory_resource>
#include <ranges>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "interop/disagreements.h"
#include "interop/engine.h"
#include "interop/population.h"
#include "qmforge/json.h"
#include "qmforge/sim/faults.h"
#include "qmforge/sim/generate.h"
#include "qmforge/sim/odometer.h"
#include "support/hex.h"

namespace qmforge::interop {
namespace {

/// A class of inputs: the fault, the expected code (`an event` if the input is legal), the encoding.
struct Class {
  std::string fault;
  std::string expected;
  std::string encoding;

  friend auto operator<=>(const Class&, const Class&) = default;
};

/// An outcome that is not the expected one: see disagreements.h.
using Disagreement = std::pair<Class, std::string>;

std::string describe(const Disagreement& disagreement) {
  const auto& [what, outcome] = disagreement;
  return what.fault + " | " + what.expected + " | " + what.encoding + " | " + outcome;
}

struct Input {
  Class input_class;
  Question question;
  std::expected<Event, DecodeError> expected;
};

class Inputs {
 public:
  /// All inputs: every shape of an event, each encoding, each fault at each of its sites.
  Inputs() {
    for (const Event& event : shapes()) {
      for (const Encoding encoding : {Encoding::ndr20, Encoding::ndr20Big, Encoding::ndr20Body, Encoding::ndr64}) {
        add_faults(event, encoding);
        add_changed_bytes(event, encoding);
      }
      // Legal forms that interop_test cannot send.
      add("big-endian header", {Encoding::ndr20, event.revision, encode(event, Encoding::ndr20Big).bytes}, event);
      sim::EncodeOptions wide;
      wide.referents = {.first = 0x100000000, .step = 0x100000000};
      add("referent ids above 32 bits", {Encoding::ndr64, event.revision, encode(event, Encoding::ndr64, wide).bytes},
          event);
    }
  }

  [[nodiscard]] const std::vector<Input>& inputs() const { return inputs_; }

 private:
  /// One event for each type of subnet, NULL and not, on each side in turn; and events without subnets.
  [[nodiscard]] std::vector<Event> shapes() {
    sim::Profile profile;
    profile.contents = sim::Contents::fixed;
    profile.traffic_type = TrafficType::transport;
    std::vector<Event> events;
    for (const Revision revision : {Revision::r0, Revision::r1}) {
      profile.revision = revision;
      sim::RandomChoices choices(1);
      const Event transport = sim::generate(choices, profile, storage_);
      events.push_back(transport);
      for (const sim::Subnet side : {sim::Subnet::local, sim::Subnet::remote}) {
        sim::Odometer odometer;
        do {
          Event tunnel = transport;
          tunnel.saTrafficType = TrafficType::tunnel;
          const ConditionValue subnet = sim::generate_subnet(odometer, profile, side, storage_);
          ConditionValue other(DataType::uint16);
          other.arm.uint16 = 0x0102;
          tunnel.localSubNet = side == sim::Subnet::local ? subnet : other;
          tunnel.remoteSubNet = side == sim::Subnet::local ? other : subnet;
          events.push_back(tunnel);
        } while (odometer.next());
      }
    }
    return events;
  }

  void add_faults(const Event& event, Encoding encoding) {
    const sim::EncodedMessage message = encode(event, encoding);
    for (const sim::FaultInfo& fault : sim::fault_catalogue()) {
      if (fault.rule) continue;  // for validators
      for (const sim::Site& site : sim::sites(fault.fault, message)) {
        sim::FaultedMessage faulted = sim::apply(fault.fault, site, message);
        if (encoding == Encoding::ndr20Big && !is_about_the_body(faulted)) continue;
        add(fault.name, {encoding, event.revision, std::move(faulted.bytes)}, faulted.expected.event);
      }
    }
  }

  /// Each byte in turn gets another value. The expected result is that of our decoders, since no label has it.
  void add_changed_bytes(const Event& event, Encoding encoding) {
    constexpr std::array changes = {std::byte{0x01}, std::byte{0x80}, std::byte{0xff}};
    constexpr std::size_t header_size = 16;
    const std::vector<std::byte> original = encode(event, encoding).bytes;
    for (std::size_t i = encoding == Encoding::ndr20Big ? header_size : 0; i < original.size(); ++i) {
      std::vector<std::byte>& bytes = changed_.emplace_back(original);
      bytes[i] ^= changes[inputs_.size() % changes.size()];
      add("byte changed", {encoding, event.revision, bytes}, decode(bytes, encoding, event.revision));
    }
  }

  /// Whether the header, which libndr does not get of a big-endian message, is right.
  [[nodiscard]] static bool is_about_the_body(const sim::FaultedMessage& faulted) {
    constexpr std::size_t length_begin = 8, length_end = 12, header_size = 16;
    if (faulted.edits.front().offset < length_begin || faulted.bytes.size() < header_size) return false;
    std::size_t length = 0;
    for (std::size_t i = length_begin; i < length_end; ++i)
      length = length << 8 | std::to_integer<std::size_t>(faulted.bytes[i]);
    return length == faulted.bytes.size() - header_size;
  }

  void add(std::string_view fault, Question question, const std::expected<Event, DecodeError>& expected) {
    const std::string_view expected_name = expected ? "an event" : qmforge::to_string(expected.error().code);
    inputs_.push_back({{std::string(fault), std::string(expected_name), std::string(to_string(question.encoding))},
                       std::move(question),
                       expected});
  }

  std::pmr::monotonic_buffer_resource storage_;
  std::deque<std::vector<std::byte>> changed_;  // the views of the events of changed bytes point here
  std::vector<Input> inputs_;
};

/// The listed disagreements, one for each of an entry's encodings.
std::set<Disagreement> listed() {
  std::set<Disagreement> all;
  for (const ListedDisagreement& entry : listed_disagreements)
    for (const auto encoding : std::views::split(entry.encodings, std::string_view(", ")))
      if (!all.insert({{std::string(entry.fault), std::string(entry.expected), {encoding.begin(), encoding.end()}},
                       std::string(entry.outcome)})
               .second)
        throw std::runtime_error("duplicate: " + std::string(entry.fault));
  return all;
}

TEST(MalformedInterop, ThePageHasTheList) {
  std::ifstream file(QMFORGE_DISAGREEMENTS);
  std::string table;
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("| `")) table += line + '\n';
  std::string expected;
  for (const auto& [fault, code, encodings, outcome, why] : listed_disagreements)
    for (const std::string_view part :
         {std::string_view("| `"), fault, std::string_view("` | "), code, std::string_view(" | "), encodings,
          std::string_view(" | "), outcome, std::string_view(" | "), why, std::string_view(" |\n")})
      expected += part;
  EXPECT_EQ(table, expected);
}

/// What libndr does instead of the expected; empty if it does the expected.
std::string_view wrong_outcome(const Answer& answer, const Input& input) {
  if (!answer.accepted) return input.expected ? "rejects" : "";
  if (!input.expected) {
    const DecodeError& error = input.expected.error();
    return error.code == ErrorCode::trailingBytes && error.offset == answer.consumed ? "stops there" : "accepts";
  }
  std::pmr::monotonic_buffer_resource storage;
  const auto read = from_json(answer.line, input.question.revision, storage);
  return read && read->event == *input.expected ? "" : "reads another event";
}

TEST(MalformedInterop, DisagreementsAreExactlyTheListedOnes) {
  const Engine libndr = Engine::libndr();
  if (libndr.unavailable()) GTEST_SKIP() << "libndr is not available: " << *libndr.unavailable();
  const Inputs all;
  std::vector<Question> questions;
  for (const Input& input : all.inputs()) questions.push_back(input.question);
  const std::vector<Answer> answers = libndr.ask(questions);

  std::map<Disagreement, std::vector<std::size_t>> disagreements;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const Input& input = all.inputs()[i];
    const std::string_view outcome = wrong_outcome(answers[i], input);
    if (!outcome.empty()) disagreements[{input.input_class, std::string(outcome)}].push_back(i);
  }

  const std::set<Disagreement> rows = listed();
  RecordProperty("compared", static_cast<int>(answers.size()));
  RecordProperty("disagreements", static_cast<int>(std::size(listed_disagreements)));
  for (const auto& [disagreement, examples] : disagreements) {
    EXPECT_TRUE(rows.contains(disagreement)) << "not in disagreements.h: " << describe(disagreement) << "\nfor example "
                                             << testing::to_hex(questions[examples[0]].bytes) << '\n'
                                             << answers[examples[0]].line;
  }
  for (const Disagreement& row : rows)
    EXPECT_TRUE(disagreements.contains(row)) << "listed, but does not occur: " << describe(row);
}

}  // namespace
}  // namespace qmforge::interop
