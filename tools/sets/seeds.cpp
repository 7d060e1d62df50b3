// The seeds of the fuzz targets: messages, faults, answers to the grammar's questions, texts.
#include "seeds.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <memory_resource>
#include <set>
#include <span>
#include <stdexcept>
#include <vector>

#include "qmforge/hex.h"
#include "qmforge/json.h"
#include "qmforge/sim/labelled.h"
#include "qmforge/sim/odometer.h"
#include "qmforge/sim/sets.h"
#include "set_writer.h"

namespace qmforge::tools {

using namespace sim;
namespace {

using Visit = std::function<void(const Seed&)>;

struct Target {
  std::string_view name;
  Format format;
};

constexpr std::array targets = {Target{"decode_ndr20", Format::ndr20}, Target{"decode_ndr20_body", Format::ndr20Body},
                                Target{"decode_ndr64", Format::ndr64}, Target{"decode_native64", Format::native64},
                                Target{"decode_native32", Format::native32}};

constexpr Profile shapes_profile{.contents = Contents::fixed};

struct NamedEvent {
  std::string name;
  Event event;
};

// `fwp-uint64-null`
std::string shape_name(const ConditionValue& value) {
  std::string text;
  // Capitals, digits and underscores are all that C names have.
  for (const char c : c_name(value.type)) text += c == '_' ? '-' : c >= 'A' ? static_cast<char>(c - 'A' + 'a') : c;
  return value.is_null ? text + "-null" : text;
}

Event event_of(Revision revision, TrafficType traffic_type, std::pmr::memory_resource& storage) {
  ReplayedChoices simplest({});
  Profile profile = shapes_profile;
  profile.revision = revision;
  profile.traffic_type = traffic_type;
  return generate(simplest, profile, storage);
}

// A transport event of each revision, then tunnels in alternating revisions, each with two shapes that no other has.
std::vector<NamedEvent> messages(std::pmr::memory_resource& storage) {
  std::vector<NamedEvent> all;
  for (const Revision revision : {Revision::r0, Revision::r1})
    all.push_back({revision == Revision::r0 ? "r0-transport" : "r1-transport",
                   event_of(revision, TrafficType::transport, storage)});
  Odometer odometer;
  bool more = true;
  while (more) {
    const Revision revision = all.size() % 2 == 0 ? Revision::r0 : Revision::r1;
    Event event = event_of(revision, TrafficType::tunnel, storage);
    event.localSubNet = generate_subnet(odometer, shapes_profile, Subnet::local, storage);
    more = odometer.next();
    if (more) {
      event.remoteSubNet = generate_subnet(odometer, shapes_profile, Subnet::remote, storage);
      more = odometer.next();
    }
    all.push_back({(revision == Revision::r0 ? "r0-" : "r1-") + shape_name(event.localSubNet) + '-' +
                       shape_name(event.remoteSubNet),
                   event});
  }
  return all;
}

ConditionValue v4_mask(std::uint32_t addr, std::uint32_t mask) {
  ConditionValue subnet(DataType::v4AddrMask);
  std::construct_at(&subnet.v4AddrMask, V4AddrMask{.addr = addr, .mask = mask});
  return subnet;
}

ConditionValue v6_mask(std::uint8_t prefix_length, std::uint8_t last_byte) {
  ConditionValue subnet(DataType::v6AddrMask);
  std::construct_at(&subnet.v6AddrMask, V6AddrMask{.addr = {0x20, 0x01, 0x0d, 0xb8}, .prefixLength = prefix_length});
  subnet.v6AddrMask.addr[15] = last_byte;
  return subnet;
}

// Tunnels with edge cases of masks, and with empty arrays, which the shapes do not have.
std::vector<NamedEvent> edges(std::pmr::memory_resource& storage) {
  const auto tunnel = [&](Revision revision, const ConditionValue& local, const ConditionValue& remote) {
    Event event = event_of(revision, TrafficType::tunnel, storage);
    event.localSubNet = local;
    event.remoteSubNet = remote;
    return event;
  };
  static constexpr std::array<SidAndAttributes, 1> somewhere{};
  const SidAndAttributesView no_sids(std::span<const SidAndAttributes>(somewhere.data(), 0));
  ConditionValue token(DataType::tokenInformation);
  std::construct_at(
      &token.arm.tokenInformation,
      TokenInformation{.sidCount = 0, .restrictedSidCount = 0, .sids = no_sids, .restrictedSids = no_sids});
  ConditionValue blob(DataType::byteBlob);
  std::construct_at(&blob.arm.byteBlob, ByteBlob{.size = 0, .data = reinterpret_cast<const std::byte*>(&somewhere)});
  return {
      // 17 bytes of the one, and then the other, which is aligned.
      {"r1-v6-host-v4-host", tunnel(Revision::r1, v6_mask(128, 1), v4_mask(0xc0000201, 0xffffffff))},
      {"r0-v4-any-v6-any", tunnel(Revision::r0, v4_mask(0, 0), v6_mask(0, 0))},
      // At the end of a memory image.
      {"r1-no-sids-no-bytes", tunnel(Revision::r1, token, blob)},
      {"r0-no-bytes-no-sids", tunnel(Revision::r0, blob, token)},
  };
}

// A generated event always has an encoding.
void encode_or_throw(const Event& event, const EncodeOptions& options, EncodedMessage& message) {
  if (!encode(event, options, message)) throw std::logic_error("a seed has no encoding");
}

void encode_seed(const Event& event, Format format, EncodedMessage& message) {
  EncodeOptions options;
  options.format = format;
  options.image_base = set_image_base;
  encode_or_throw(event, options, message);
}

// Each fault that makes a message malformed, in the first message that it applies to, at the middle of its sites.
void visit_faults(const Target& target, const std::vector<NamedEvent>& all, const Visit& visit) {
  EncodedMessage message;
  for (const FaultInfo& fault : fault_catalogue()) {
    if (fault.codes.empty()) continue;
    for (const NamedEvent& named : all) {
      encode_seed(named.event, target.format, message);
      const std::vector<Site> places = sites(fault.fault, message);
      if (places.empty()) continue;
      const FaultedMessage faulted = apply(fault.fault, places[places.size() / 2], message);
      visit({target.name, "seed-fault-" + std::string(fault.name), faulted.bytes});
      break;
    }
  }
}

void visit_raw(const std::vector<NamedEvent>& all, const Visit& visit) {
  EncodedMessage message;
  for (const Target& target : targets) {
    for (const NamedEvent& named : all) {
      encode_seed(named.event, target.format, message);
      visit({target.name, "seed-" + named.name, message.bytes});
    }
    visit_faults(target, all, visit);
  }
  // Big-endian, which only ndr20 has.
  EncodeOptions big;
  big.order = std::endian::big;
  for (const NamedEvent& named : all) {
    encode_or_throw(named.event, big, message);
    visit({"decode_ndr20", "seed-be-" + named.name, message.bytes});
  }
}

// Tries one seed after the other and keeps the answers whose input has a new property. `draw` returns the property.
void visit_answers(std::string_view target, std::uint64_t seeds, const std::function<std::string(Choices&)>& draw,
                   const Visit& visit) {
  std::set<std::string> shown;
  RandomChoices random(0);
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    random.reseed(seed);
    RecordedChoices recorded(random);
    const std::string what = draw(recorded);
    if (!shown.insert(what).second) continue;
    visit({target, "seed-" + what, std::as_bytes(std::span(recorded.bytes()))});
  }
}

void visit_choices(const Visit& visit) {
  visit_answers(
      "transcode", 3000,
      [](Choices& choices) -> std::string {
        std::pmr::monotonic_buffer_resource storage;
        const Event event = generate(choices, {}, storage);
        return event.has_subnets() ? shape_name(event.localSubNet) : "transport";
      },
      visit);
  Forge forge;
  visit_answers(
      "forge", 3000,
      [&](Choices& choices) -> std::string {
        const LabelledInput& labelled = forge.forge(choices);
        if (labelled.fault.empty())
          return std::string(to_string(labelled.format)) + '-' + std::string(to_string(labelled.expected.verdict()));
        return labelled.fault.find('+') == std::string::npos ? labelled.fault : "two-faults";
      },
      visit);
}

auto text_visitor(const Visit& visit) {
  return [&visit](std::string_view target, const std::string& name, const std::string& contents) {
    visit({target, name, std::as_bytes(std::span(contents))});
  };
}

void visit_texts(const std::vector<NamedEvent>& all, const Visit& visit) {
  const auto text = text_visitor(visit);
  for (const NamedEvent& named : all) {
    const char* const revision = named.event.revision == Revision::r0 ? "0" : "1";
    text("json", "seed-" + named.name,
         R"({"label": ")" + named.name + R"(", "revision": )" + revision + R"(, "event": )" + to_json(named.event) +
             "}");
  }
  EncodedMessage message;
  std::string lines = "# two of them\n";
  for (std::size_t i = 0; i < 2; ++i) {
    encode_seed(all[i].event, Format::ndr20, message);
    lines += all[i].name + ' ' + to_hex(message.bytes) + '\n';
  }
  text("cli_hex", "seed-two-lines", lines);
  text("cli_hex", "seed-carriage-return", "a 01\r\n\r\nb 02\r\n");
  text("cli_hex", "seed-no-bytes", "empty \n");
  text("cli_hex", "seed-upper-case", "upper 01AB");
  text("cli_hex", "seed-half-a-byte", "half 012");
  text("cli_hex", "seed-no-hex", "word xyz\n 00\nonlylabel\n");
}

// A set of valid and malformed inputs, and the answers of a program to it.
void visit_set(const Visit& visit) {
  const auto text = text_visitor(visit);
  ClosingLine closing;
  std::string manifest;
  std::string answers;
  make_set({.seed = 1, .count = 5}, [&](const LabelledInput& labelled) {
    const std::string line = manifest_line(labelled, hex_location(labelled));
    const std::string number = std::to_string(closing.inputs());
    text("manifest", "seed-unsealed-" + number, line + '\n');
    text("answers", "seed-json-" + number, to_json(labelled.result()) + '\n');
    answers += labelled.label + ' ' + std::string(to_string(labelled.expected.verdict())) +
               (labelled.expected.event ? "" : ' ' + std::string(to_string(labelled.expected.event.error().code))) +
               '\n';
    closing.add(line);
    manifest += line + '\n';
  });
  text("answers", "seed-words", answers + "a skipped\nb accepted\n");
  text("manifest", "seed-sealed", manifest + closing.text() + '\n');
  text("manifest", "seed-truncated", manifest.substr(0, manifest.size() / 2));
  text("manifest", "seed-by-hand", R"({"label":"a","verdict":"valid","revision":1,"format":"ndr64","hex":"00 01"})");
  text("manifest", "seed-file",
       R"({"label": "a", "format": "ndr20", "revision": 0, "verdict": "valid", "file": "a/b"})");
}

}  // namespace

void each_seed(const Visit& visit) {
  std::pmr::monotonic_buffer_resource storage;
  std::vector<NamedEvent> all = messages(storage);
  std::ranges::move(edges(storage), std::back_inserter(all));
  visit_raw(all, visit);
  visit_choices(visit);
  visit_texts(all, visit);
  visit_set(visit);
}

}  // namespace qmforge::tools
