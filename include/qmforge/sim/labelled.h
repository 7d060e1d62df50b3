// A labelled input: bytes, and what must be said of them. No decoder and no validator is asked.
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

/// A memory image's base address in every labelled input.
inline constexpr std::uint64_t set_image_base = 0x10000;

/// One input and all that is known of it. A set's lines hold these; see docs/conformance.md.
///
/// Law LabelsMatchDecoderAndValidator: inspecting `bytes` gives `expected`.
struct LabelledInput {
  std::string label;  // lower-case letters, digits and hyphens: a file name anywhere
  Format format = Format::ndr20;
  std::endian order = std::endian::little;
  Revision revision = Revision::r0;
  std::string fault;             // the name of the fault in it, or of both (`a+b`); empty for none
  std::vector<std::byte> bytes;  // no spare capacity: a sanitizer sees a read of one byte past the end

  Report expected;
  std::optional<bool> canonical;  // nullopt for memory images and malformed input

  /// The same as a decoder's result would be.
  [[nodiscard]] Result result() const { return {label, format, revision, expected, canonical}; }
};

/// What to forge. The default is any input of any format.
struct ForgeProfile {
  std::optional<Format> format{};      // nullopt: all five
  std::optional<Revision> revision{};  // nullopt: both
  Validity validity = Validity::any;
  std::uint32_t malformed_percent = 50;  // of the inputs; the rest decode
  /// nullopt: both, where the format has both. Big-endian: ndr20 alone, which `format` must be or leave open.
  std::optional<std::endian> order{};
};

/// Makes labelled inputs out of choices: an event, a way to write it, and maybe a fault or two. One of these keeps its
/// buffers from input to input.
class Forge {
 public:
  explicit Forge(const ForgeProfile& profile = {}) : profile_(profile) {}

  /// The next input, all but its label. Its views live until the next call.
  [[nodiscard]] const LabelledInput& forge(Choices& choices);

 private:
  void draw(Choices& choices, const EncodeOptions& options, Profile profile);
  [[nodiscard]] FaultAt place(Choices& choices, const EncodeOptions& options);
  void forge_malformed(Choices& choices, const EncodeOptions& options);

  ForgeProfile profile_;
  std::vector<std::byte> first_block_ = std::vector<std::byte>(1 << 14);
  std::pmr::monotonic_buffer_resource storage_{first_block_.data(), first_block_.size()};
  EncodedMessage encoded_;
  LabelledInput labelled_;
};

/// A way to write an event in a format: canonical half of the time, otherwise any legal form. Images are at
/// set_image_base.
[[nodiscard]] EncodeOptions choose_encoding(Choices& choices, Format format);

/// Events in which a fault is likely to find a site: few have a string, or an IPv6 mask, by chance.
[[nodiscard]] Profile profile_for(Fault fault, Choices& choices);

/// Labels what the encoder wrote.
void label_encoded(const Event& event, const EncodeOptions& options, std::span<const std::byte> bytes,
                   LabelledInput& out);
/// Labels what a fault left.
void label_faulted(std::string_view fault, const EncodeOptions& options, Revision revision, FaultedMessage faulted,
                   LabelledInput& out);

/// The end of a label: `ndr20-be-r1-max-count-differs`, `ndr64-r0-valid`.
[[nodiscard]] std::string label_suffix(const LabelledInput& labelled);

}  // namespace qmforge::sim
