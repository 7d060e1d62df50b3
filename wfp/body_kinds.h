// The bodies of net events other than Quick Mode failures, member by member, so that they can be written in JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "qmforge/wfp/fwpmu.h"

namespace qmforge::wfp {

enum class MemberType : std::uint8_t {
  uint16,
  uint32,
  int32,
  uint64,     // a string of decimal digits in JSON, as all 64-bit numbers
  boolean,    // a BOOL
  bytes6,     // inline, hexadecimal digits in JSON, as all bytes
  bytes20,    // inline
  address,    // of the family that the member ipVersion says: a UINT32 or 16 bytes
  text,       // a pointer to UTF-16
  guid,       // a pointer to a GUID
  byte_blob,  // a FWP_BYTE_BLOB
  texts,      // a pointer to pointers to UTF-16; their number is the UINT32 before
};

struct BodyMember {
  std::string_view name;
  MemberType type;
  std::uint32_t offset;
  std::uint32_t count_offset = 0;  // of MemberType::texts
};

struct BodyKind {
  std::string_view name;  // `CLASSIFY_DROP`: of FWPM_NET_EVENT_TYPE_CLASSIFY_DROP
  FWPM_NET_EVENT_TYPE type;
  std::uint32_t size;
  std::span<const BodyMember> members;
};

/// Finds a kind by the end of its type's name; nullptr for any other text.
[[nodiscard]] const BodyKind* body_kind_from_name(std::string_view name) noexcept;
/// `QM_FAILURE`, `CLASSIFY_DROP`, `unknown type`.
[[nodiscard]] std::string_view kind_name(std::uint32_t type) noexcept;
[[nodiscard]] std::span<const BodyKind> body_kinds() noexcept;

}  // namespace qmforge::wfp
