// A net event in the log: the header's members in compact form, and the image of the body and of the header's pointees.
// Every version of the structures is made from the same record.
//
//     | Record | pointers: u32 × pointer_count | padding to 8 | image bytes | padding to 8 |
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "image.h"
#include "mode_set.h"
#include "qmforge/wfp/event_header.h"
#include "qmforge/wfp/fwpmu.h"

namespace qmforge::wfp {

/// One event before it becomes a record.
struct Draft {
  FWPM_NET_EVENT_TYPE type = FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE;
  EventHeader header;
  Image image;                   // the body at its start, if there is one
  bool has_body = true;          // false: the arm's pointer is NULL
  std::uint32_t garbage_at = 0;  // the offset in the image of bytes that must not be read
  std::uint32_t garbage_size = 0;
  ModeSet modes{};  // that were on when it was fed
};

/// An offset into the image; `none` for a NULL pointer.
inline constexpr std::uint32_t none = 0xffffffff;

struct alignas(8) Record {
  std::uint64_t timeStamp;
  std::uint64_t policyFlags;
  std::uint32_t flags;
  std::uint32_t type;
  std::uint32_t ipVersion;
  std::uint32_t addressFamily;
  std::uint32_t scopeId;
  std::uint32_t appId, app_id_size;
  std::uint32_t userId;
  std::uint32_t packageSid;
  std::uint32_t enterpriseId;
  std::uint32_t effectiveName, effective_name_size;
  std::uint32_t garbage_at, garbage_size;
  std::uint32_t image_size;
  std::uint32_t pointer_count;
  std::uint32_t modes;   // ModeSet::bits
  std::uint32_t number;  // in the log: 1 for the first
  std::uint16_t localPort, remotePort;
  std::uint8_t ipProtocol;
  bool has_body;
  bool has_time_stamp;  // else the log's clock gives one
  std::array<std::uint8_t, 16> localAddr,
      remoteAddr;  // as the header's unions hold them: an IPv4 address in host order

  [[nodiscard]] std::span<const std::uint32_t> pointers() const {
    return {reinterpret_cast<const std::uint32_t*>(this + 1), pointer_count};
  }
  [[nodiscard]] const std::byte* image() const {
    return reinterpret_cast<const std::byte*>(this + 1) + pointers_size(pointer_count);
  }
  [[nodiscard]] bool has(std::uint32_t flag) const { return (flags & flag) == flag; }

  /// The bytes that a number of pointers take, padding included.
  [[nodiscard]] static std::size_t pointers_size(std::size_t count) { return (count * 4 + 7) / 8 * 8; }
};
static_assert(sizeof(Record) % 8 == 0 && alignof(Record) == 8);

/// A record as bytes, for the log. Adds the header's pointees to the draft's image.
[[nodiscard]] std::vector<std::byte> make_record(Draft draft);

}  // namespace qmforge::wfp
