#include "decode/plain_ways.h"

#include "../../src/decode/frame.h"
#include "../../src/decode/ndr_plain.h"
#include "../../src/decode/sound.h"

namespace qmforge::testing {
namespace {

template <class Frame>
bool is_plain(std::span<const std::byte> input, Revision revision) {
  detail::Outcome outcome(std::in_place, detail::Uninitialized());
  return revision == Revision::r0 ? detail::PlainReader<Frame, Revision::r0>::read(outcome, input)
                                  : detail::PlainReader<Frame, Revision::r1>::read(outcome, input);
}

}  // namespace

bool is_read_as_plain(std::span<const std::byte> input, const DecodeOptions& options) {
  using enum std::endian;
  if (options.format == Format::ndr64) return is_plain<detail::Bare<detail::Ndr64>>(input, options.revision);
  if (options.format == Format::ndr20Body)
    return is_plain<detail::Bare<detail::Ndr20<little>>>(input, options.revision);
  return is_plain<detail::Serialized<little>>(input, options.revision) ||
         is_plain<detail::Serialized<big>>(input, options.revision);
}

bool is_sound_at_a_glance(const Event& event) { return detail::looks_sound(event); }

}  // namespace qmforge::testing
