// The bodies of net events as images: the Quick Mode failure from an event, the other kinds from a number.
#pragma once

#include <cstdint>

#include "image.h"
#include "qmforge/event.h"
#include "qmforge/views.h"
#include "qmforge/wfp/fwpmu.h"

namespace qmforge::wfp {

/// Appends a FWPM_NET_EVENT_IKEEXT_QM_FAILURE1 and all below it, at offset 0 of an empty image. Of revision 0 the
/// additions of revision 1 are zero. Outside a tunnel the subnets' bytes are zero.
void append_qm_failure(Image& image, const Event& event);

/// Other kinds, at offset 0 of an empty image; `number` varies what they hold.
void append_mm_failure(Image& image, std::uint32_t number);
void append_em_failure(Image& image, std::uint32_t number);
void append_classify_drop(Image& image, std::uint32_t number);

[[nodiscard]] GUID to_windows(const Guid& guid);

/// A SID; a string with its NUL. They answer its offset.
std::uint32_t append_sid(Image& image, const Sid& sid);
std::uint32_t append_string(Image& image, Utf16View text);

/// How much of a body of the type a FWPM_NET_EVENT<version> shows. 0 for a type that has no body here.
[[nodiscard]] std::uint32_t body_size(FWPM_NET_EVENT_TYPE type, unsigned version);

}  // namespace qmforge::wfp
