// decode_and_validate(): the plain events' way through decoder and validator in one loop; for all else the two are
// called.
#include "qmforge/batch.h"

#include <algorithm>
#include <memory>
#include <new>

#include "../decode/frame.h"
#include "../decode/ndr_plain.h"
#include "../validate/sound.h"

namespace qmforge {

namespace {

using detail::Outcome;
using Input = std::span<const std::byte>;

/// `read_plain` reads into an outcome what it can, and says whether it could.
template <class ReadPlain>
QMFORGE_HOT void judge(std::span<const Input> inputs, const DecodeOptions& options, Judged* result,
                       const ReadPlain& read_plain) noexcept {
  for (const Input input : inputs) {
    Outcome& outcome = result->decoded;
    std::construct_at(&outcome, std::in_place);
    // Constructed in its place: an event is too large to be copied there.
    if (!read_plain(outcome, input)) [[unlikely]]
      ::new (&outcome) Outcome(decode(input, options));
    if (!outcome || detail::looks_sound(*outcome)) [[likely]]
      std::construct_at(&result->findings);
    else
      ::new (&result->findings) Findings(validate(*outcome));
    ++result;
  }
}

}  // namespace

std::size_t decode_and_validate(std::span<const Input> inputs, const DecodeOptions& options,
                                std::span<Judged> results) noexcept {
  using Frame = detail::Serialized<std::endian::little>;
  inputs = inputs.first(std::min(inputs.size(), results.size()));
  if (options.format != Format::ndr20)
    judge(inputs, options, results.data(), [](Outcome&, Input) { return false; });
  else if (options.revision == Revision::r0)
    judge(inputs, options, results.data(), detail::PlainReader<Frame, Revision::r0>::read);
  else
    judge(inputs, options, results.data(), detail::PlainReader<Frame, Revision::r1>::read);
  return inputs.size();
}

}  // namespace qmforge
