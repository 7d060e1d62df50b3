// The bodies of net events as images: the Quick Mode failure from an event, the other kinds from a number.
#pragma once

#include <cstdint>

#include "image.h"
#include "qmforge/event.h"
#include "qmforge/views.h"
#include "qmforge/wfp/fwpmu.h"

namespace qmforge::wfp {

/// Appends a FWPM_NET_EVENT_IKEEXT_QM_FAILURE1 with its pointees, at offset 0 of an empty image. For an event of
/// revision 0 the members of revision 1 are zero, and for a transport event the subnets' bytes.
void append_qm_failure(Image& image, const Event& event);

/// Appends a body of another kind, at offset 0 of an empty image; `number` varies its contents.
void append_mm_failure(Image& image, std::uint32_t number);
void append_em_failure(Image& image, std::uint32_t number);
void append_classify_drop(Image& image, std::uint32_t number);

[[nodiscard]] GUID to_windows(const Guid& guid);

/// Append a SID, and a string with its NUL; they return its offset.
std::uint32_t append_sid(Image& image, const Sid& sid);
std::uint32_t append_string(Image& image, Utf16View text);

/// The size of a body of the type in FWPM_NET_EVENT<version>. 0 for a type without a body.
[[nodiscard]] std::uint32_t body_size(FWPM_NET_EVENT_TYPE type, unsigned version);

}  // namespace qmforge::wfp
