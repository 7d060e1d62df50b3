// How tests read delivered events: all versions of the interface, and the decoder of memory images on bodies in the
// fake's memory. Does not use GoogleTest, so that Windows programs can use it.
#pragma once

#include <cstdint>
#include <expected>

#include "qmforge/decode.h"
#include "qmforge/event.h"
#include "qmforge/wfp/control.h"
#include "qmforge/wfp/fwpmu.h"

namespace qmforge::wfp {

/// FwpmNetEventEnum<n> and its FWPM_NET_EVENT<n>, for tests that run over all versions.
template <unsigned n>
struct Version;
#define QMFORGE_TEST_VERSION(n)                                                \
  template <>                                                                  \
  struct Version<n> {                                                          \
    using NetEvent = FWPM_NET_EVENT##n;                                        \
    static constexpr auto enumerate = &FwpmNetEventEnum##n;                    \
    static constexpr Revision revision = n >= 4 ? Revision::r1 : Revision::r0; \
  };
QMFORGE_TEST_VERSION(0)
QMFORGE_TEST_VERSION(1)
QMFORGE_TEST_VERSION(2)
QMFORGE_TEST_VERSION(3)
QMFORGE_TEST_VERSION(4)
QMFORGE_TEST_VERSION(5)
#undef QMFORGE_TEST_VERSION

/// The event that a body in the fake's memory holds, as the decoder of memory images reads it.
template <class Body>
std::expected<Event, DecodeError> decode_delivered(const Body* body, Revision revision) {
  DecodeOptions options;
  options.format = sizeof(void*) == 8 ? Format::native64 : Format::native32;
  options.revision = revision;
  options.image_base = reinterpret_cast<std::uintptr_t>(body);
  return decode(memory_from(body), options);
}

/// The event as a version of the interface represents it.
inline Event as_revision(Event event, Revision revision) {
  if (event.revision == Revision::r0) {
    event.mmSaLuid = 0;
    event.mmProviderContextKey = {};
  }
  event.revision = revision;
  return event;
}

}  // namespace qmforge::wfp
