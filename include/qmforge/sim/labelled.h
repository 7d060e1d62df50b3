// A labelled input: bytes and the expected result for them, computed without a decoder or validator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "qmforge/event.h"
#include "qmforge/json.h"
#include "qmforge/report.h"
#include "qmforge/sim/choices.h"
#include "qmforge/sim/encode.h"
#include "qmforge/sim/faults.h"
#include "qmforge/sim/generate.h"

namespace qmforge::sim {

/// The base address of the memory image in every labelled input.
inline constexpr std::uint64_t set_image_base = 0x10000;

/// One input and its expected result: a line of a set. See docs/conformance.md.
///
/// Law LabelsMatchDecoderAndValidator: inspecting `bytes` gives `expected`.
struct LabelledInput {
  std::string label;  // lower-case letters, digits and hyphens: a valid file name everywhere
  Format format = Format::ndr20;
  std::endian order = std::endian::little;
  Revision revision = Revision::r0;
  std::string fault;             // the name of the fault in it, or of both (`a+b`); empty for none
  std::vector<std::byte> bytes;  // no spare capacity: a sanitizer sees a read of one byte past the end

  Report expected;
  std::optional<bool> canonical;  // nullopt for memory images and malformed input

  /// The expected result of decoding `bytes`.
  [[nodiscard]] Result result() const { return {label, format, revision, expected, canonical}; }
};

/// Which inputs to generate. Default: any input of any format.
struct ForgeProfile {
  std::optional<Format> format{};      // nullopt: all five
  std::optional<Revision> revision{};  // nullopt: both
  Validity validity = Validity::any;
  std::uint32_t malformed_percent = 50;  // of the inputs; the rest decode
  /// nullopt: both, where the format has both. Big-endian: ndr20 alone, which `format` must be or leave open.
  std::optional<std::endian> order{};
};

/// Generates labelled inputs from choices: an event, the options that encode it, and for malformed inputs one or two
/// faults. Reuses its buffers from input to input.
class Forge {
 public:
  explicit Forge(const ForgeProfile& profile = {}) : profile_(profile) {}

  /// The next input, without a label, which the caller may set. It and what its views point to live until the next
  /// call.
  [[nodiscard]] LabelledInput& forge(Choices& choices);

 private:
  [[nodiscard]] Event generate_event(Choices& choices, const EncodeOptions& options, Profile profile);
  [[nodiscard]] const Site* choose_site(Choices& choices, Fault fault);
  [[nodiscard]] FaultAt choose_fault(Choices& choices, const EncodeOptions& options);
  void forge_malformed(Choices& choices, const EncodeOptions& options);

  ForgeProfile profile_;
  std::vector<std::byte> first_block_ = std::vector<std::byte>(1 << 14);
  std::pmr::monotonic_buffer_resource storage_{first_block_.data(), first_block_.size()};
  EncodedMessage encoded_;
  std::vector<Site> sites_;
  LabelledInput labelled_;
};

/// Options that encode an event in a format: canonical half of the time, otherwise any legal form. Images are at
/// set_image_base.
[[nodiscard]] EncodeOptions choose_encoding(Choices& choices, Format format);

/// A profile whose events are likely to have a site for the fault: few events have a string, or an IPv6 mask, by
/// chance.
[[nodiscard]] Profile profile_for(Fault fault, Choices& choices);

/// Sets all members of `out` but the label, for bytes that the encoder wrote.
void label_encoded(const Event& event, const EncodeOptions& options, std::span<const std::byte> bytes,
                   LabelledInput& out);
/// Sets all members of `out` but the label, for a message with a fault.
void label_faulted(std::string_view fault, const EncodeOptions& options, Revision revision, FaultedMessage faulted,
                   LabelledInput& out);

/// The second part of a label: `ndr20-be-r1-max-count-differs`, `ndr64-r0-valid`.
[[nodiscard]] std::string label_suffix(const LabelledInput& labelled);

}  // namespace qmforge::sim
