// Walks the exhaustive set, part by part.
#include "qmforge/sim/exhaustive.h"

#include <array>
#include <span>

#include "encode_or_throw.h"
#include "qmforge/sim/odometer.h"

namespace qmforge::sim {
namespace {

using Visit = std::function<void(const LabelledInput&)>;

struct Encoding {
  Format format;
  std::endian order;
};

constexpr std::array<Encoding, encoding_count> encodings = {{{Format::ndr20, std::endian::little},
                                                             {Format::ndr20, std::endian::big},
                                                             {Format::ndr20Body, std::endian::little},
                                                             {Format::ndr64, std::endian::little},
                                                             {Format::native64, std::endian::little},
                                                             {Format::native32, std::endian::little}}};

constexpr std::array revisions = {Revision::r0, Revision::r1};
constexpr std::array traffic_types = {TrafficType::transport, TrafficType::tunnel};
constexpr std::array sides = {Subnet::local, Subnet::remote};

constexpr Profile shapes_profile{.contents = Contents::fixed};

EncodeOptions options_for(const Encoding& encoding) {
  EncodeOptions options;
  options.format = encoding.format;
  options.order = encoding.order;
  options.image_base = set_image_base;
  return options;
}

// Memory for one event at a time.
class Scratch {
 public:
  [[nodiscard]] std::pmr::memory_resource& reuse() {
    resource_.release();
    return resource_;
  }

 private:
  std::vector<std::byte> block_ = std::vector<std::byte>(1 << 14);
  std::pmr::monotonic_buffer_resource resource_{block_.data(), block_.size()};
};

// Encodes, labels, visits.
class Labeller {
 public:
  explicit Labeller(const Visit& visit) : visit_(visit) {}

  void encoded(const Event& event, const EncodeOptions& options) {
    encode_or_throw(event, options, bytes_);
    label_encoded(event, options, bytes_, labelled_);
    visit_(labelled_);
  }
  void faulted(std::string_view fault, const EncodedMessage& message, FaultedMessage faulted) {
    label_faulted(fault, message.options, message.event.revision, std::move(faulted), labelled_);
    visit_(labelled_);
  }

 private:
  const Visit& visit_;
  std::vector<std::byte> bytes_;
  LabelledInput labelled_;
};

// The simplest event with Contents::fixed: for a tunnel, two IPv4 subnets.
Event simplest_event(Revision revision, TrafficType traffic_type, std::pmr::memory_resource& storage) {
  ReplayedChoices simplest({});
  Profile profile = shapes_profile;
  profile.revision = revision;
  profile.traffic_type = traffic_type;
  return generate(simplest, profile, storage);
}

ConditionValue& subnet(Event& event, Subnet side) {
  return side == Subnet::local ? event.localSubNet : event.remoteSubNet;
}

// Calls `use` with a tunnel whose subnet `side` has each shape; the other one is IPv4.
void for_each_shape(Revision revision, Subnet side, const std::function<void(const Event&)>& use) {
  Scratch scratch;
  Odometer odometer;
  do {
    std::pmr::memory_resource& storage = scratch.reuse();
    Event event = simplest_event(revision, TrafficType::tunnel, storage);
    subnet(event, side) = generate_subnet(odometer, shapes_profile, side, storage);
    use(event);
  } while (odometer.next());
}

// Calls `use` with a tunnel whose subnet `side` is a range, for each type of its bounds.
void for_each_range(Revision revision, Subnet side, const std::function<void(const Event&)>& use) {
  Scratch scratch;
  for (const DataType type : all_data_types) {
    if (!is_value_type(type)) continue;
    std::pmr::memory_resource& storage = scratch.reuse();
    Event event = simplest_event(revision, TrafficType::tunnel, storage);
    ConditionValue& range = subnet(event, side);
    range = ConditionValue(DataType::range);
    for (Value* const bound : {&range.rangeValue.valueLow, &range.rangeValue.valueHigh}) {
      const std::array answers = {std::uint64_t{static_cast<std::uint32_t>(type)}};
      ReplayedChoices choices(answers);
      *bound = generate_value(choices, shapes_profile, storage);
    }
    use(event);
  }
}

void walk_combinations(const Visit& visit) {
  Labeller labeller(visit);
  Scratch scratch;
  Odometer odometer;
  do {
    const Event event = generate(odometer, shapes_profile, scratch.reuse());
    for (const Encoding& encoding : encodings) labeller.encoded(event, options_for(encoding));
  } while (odometer.next());
}

void walk_contents(const Visit& visit) {
  Labeller labeller(visit);
  Scratch scratch;
  constexpr Profile edges{.contents = Contents::edges};
  for (const Encoding& encoding : encodings)
    for (const Revision revision : revisions)
      for (const Subnet side : sides) {
        Odometer odometer;
        do {
          std::pmr::memory_resource& storage = scratch.reuse();
          Event event = simplest_event(revision, TrafficType::tunnel, storage);
          subnet(event, side) = generate_subnet(odometer, edges.for_format(encoding.format), side, storage);
          labeller.encoded(event, options_for(encoding));
        } while (odometer.next());
      }
}

// Changes one member of an event to an edge case.
void change_field(Choices& choices, Event& event) {
  const auto invalid_value = [&]<class Enum>(Enum& field) {
    const std::array values = {member_count<Enum>, member_count<Enum> + 1, 0x7fffffffU, 0x80000000U, 0xffffffffU};
    field = static_cast<Enum>(choices.one_of(values));
  };
  switch (choices.choose(event.revision == Revision::r0 ? 6 : 8)) {
    case 0: invalid_value(event.failurePoint); break;
    case 1: invalid_value(event.keyingModuleType); break;
    case 2: invalid_value(event.qmState); break;
    case 3: invalid_value(event.saRole); break;
    case 4: event.failureErrorCode = edge_error_code(choices); break;
    case 5: event.qmFilterId = choices.edge(64); break;
    case 6: event.mmSaLuid = choices.edge(64); break;
    default: {
      const std::array<std::uint8_t, 3> bytes = {0, 0x5a, 0xff};
      const std::uint8_t byte = choices.one_of(bytes);
      event.mmProviderContextKey.data1 = 0x01010101U * byte;
      event.mmProviderContextKey.data2 = event.mmProviderContextKey.data3 = static_cast<std::uint16_t>(0x0101U * byte);
      event.mmProviderContextKey.data4.fill(byte);
    }
  }
}

void walk_fields(const Visit& visit) {
  Labeller labeller(visit);
  Scratch scratch;
  for (const Revision revision : revisions)
    for (const TrafficType traffic_type : traffic_types) {
      Odometer odometer;
      do {
        Event event = simplest_event(revision, traffic_type, scratch.reuse());
        change_field(odometer, event);
        for (const Encoding& encoding : encodings) labeller.encoded(event, options_for(encoding));
      } while (odometer.next());
    }
}

// The legal forms other than the canonical one.
std::vector<EncodeOptions> forms(const Encoding& encoding) {
  const EncodeOptions canonical = options_for(encoding);
  std::vector<EncodeOptions> forms;
  const auto add = [&](auto... change) {
    EncodeOptions options = canonical;
    (change(options), ...);
    forms.push_back(options);
  };
  const auto padding = [](EncodeOptions& o) { o.padding_seed = 7; };
  if (is_memory_image(encoding.format)) {
    const auto scattered = [](EncodeOptions& o) { o.placement.seed = 7; };
    const auto shared = [](EncodeOptions& o) { o.placement.share = true; };
    add(padding);
    add(scattered);
    add(shared);
    add(padding, scattered, shared);
    return forms;
  }
  const auto same_referents = [](EncodeOptions& o) { o.referents.step = 0; };
  const auto small_referents = [](EncodeOptions& o) { o.referents = {.first = 1, .step = 1}; };
  const auto drawn_referents = [](EncodeOptions& o) { o.referents.seed = 7; };
  const auto slack = [](EncodeOptions& o) { o.string_slack = 3; };
  add(padding);
  add(same_referents);
  add(small_referents);
  add(drawn_referents);
  add(slack);
  if (encoding.format == Format::ndr20) {
    const auto common_filler = [](EncodeOptions& o) { o.common_filler = 0x01020304; };
    const auto object_filler = [](EncodeOptions& o) { o.object_filler = 0xffffffff; };
    add(common_filler);
    add(object_filler);
    add(padding, drawn_referents, slack, common_filler, object_filler);
  } else {
    for (std::uint8_t n = 1; n <= 7; ++n) add([n](EncodeOptions& o) { o.trailing = n; });
    add(padding, drawn_referents, slack, [](EncodeOptions& o) { o.trailing = 7; });
  }
  return forms;
}

void walk_forms(const Visit& visit) {
  Labeller labeller(visit);
  Scratch scratch;
  for (const Encoding& encoding : encodings)
    for (const EncodeOptions& form : forms(encoding))
      for (const Revision revision : revisions) {
        labeller.encoded(simplest_event(revision, TrafficType::transport, scratch.reuse()), form);
        for_each_shape(revision, Subnet::local, [&](const Event& event) { labeller.encoded(event, form); });
      }
}

// Calls `use` with every event that faults are applied to. Revision 1 moves what follows by a multiple of 8, so shapes
// of one subnet are enough for it.
void for_each_message(const std::function<void(const Event&)>& use) {
  Scratch scratch;
  for (const Revision revision : revisions) {
    use(simplest_event(revision, TrafficType::transport, scratch.reuse()));
    for_each_shape(revision, Subnet::local, use);
  }
  for_each_shape(Revision::r0, Subnet::remote, use);
  for (const Subnet side : sides) for_each_range(Revision::r0, side, use);
}

void walk_faults(const Visit& visit) {
  Labeller labeller(visit);
  EncodedMessage message;
  for_each_message([&](const Event& event) {
    for (const Encoding& encoding : encodings) {
      encode_or_throw(event, options_for(encoding), message);
      for (const FaultInfo& fault : fault_catalogue())
        for (const Site& site : sites(fault.fault, message))
          labeller.faulted(fault.name, message, apply(fault.fault, site, message));
    }
  });
}

// One site of each fault that makes the message malformed: the middle one, since the first and the last wire fields are
// special cases.
std::vector<FaultAt> one_site_each(const EncodedMessage& message) {
  std::vector<FaultAt> placed;
  for (const FaultInfo& fault : fault_catalogue()) {
    if (fault.codes.empty()) continue;
    const std::vector<Site> all = sites(fault.fault, message);
    if (!all.empty()) placed.push_back({fault.fault, all[all.size() / 2]});
  }
  return placed;
}

// A tunnel whose subnets have the given types.
Event tunnel_of(DataType local, DataType remote, std::pmr::memory_resource& storage) {
  Event event = simplest_event(Revision::r0, TrafficType::tunnel, storage);
  const auto make = [&](DataType type, Subnet side) {
    // The first shape of a type is not NULL.
    Odometer odometer;
    ConditionValue value = generate_subnet(odometer, shapes_profile, side, storage);
    while (value.type != type) {
      static_cast<void>(odometer.next());
      value = generate_subnet(odometer, shapes_profile, side, storage);
    }
    return value;
  };
  event.localSubNet = make(local, Subnet::local);
  event.remoteSubNet = make(remote, Subnet::remote);
  return event;
}

void walk_pairs(const Visit& visit) {
  Labeller labeller(visit);
  EncodedMessage message;
  constexpr std::array<std::array<DataType, 2>, 8> types = {{{DataType::v4AddrMask, DataType::v4AddrMask},
                                                             {DataType::v6AddrMask, DataType::v4AddrMask},
                                                             {DataType::unicodeString, DataType::byteBlob},
                                                             {DataType::byteBlob, DataType::unicodeString},
                                                             {DataType::tokenInformation, DataType::sid},
                                                             {DataType::sid, DataType::tokenInformation},
                                                             {DataType::range, DataType::uint64},
                                                             {DataType::uint16, DataType::range}}};
  for (const auto& [local, remote] : types) {
    std::pmr::monotonic_buffer_resource storage;
    const Event event = tunnel_of(local, remote, storage);
    for (const Encoding& encoding : encodings) {
      encode_or_throw(event, options_for(encoding), message);
      const std::vector<FaultAt> placed = one_site_each(message);
      for (std::size_t i = 0; i < placed.size(); ++i)
        for (std::size_t j = i + 1; j < placed.size(); ++j)
          if (std::optional<FaultedMessage> faulted = apply_both(placed[i], placed[j], message))
            labeller.faulted(std::string(info(placed[i].fault).name).append("+").append(info(placed[j].fault).name),
                             message, std::move(*faulted));
    }
  }
}

}  // namespace

std::string_view to_string(Part part) noexcept {
  switch (part) {
    case Part::combinations: return "combinations";
    case Part::contents: return "contents";
    case Part::fields: return "fields";
    case Part::forms: return "forms";
    case Part::faults: return "faults";
    case Part::pairs: return "pairs";
  }
  return {};
}

void walk(Part part, const std::function<void(const LabelledInput&)>& visit) {
  switch (part) {
    case Part::combinations: walk_combinations(visit); break;
    case Part::contents: walk_contents(visit); break;
    case Part::fields: walk_fields(visit); break;
    case Part::forms: walk_forms(visit); break;
    case Part::faults: walk_faults(visit); break;
    case Part::pairs: walk_pairs(visit); break;
  }
}

}  // namespace qmforge::sim
