// A decoder as you may have one: a C structure out of an ndr20 message or its body, for subnets that are masks. It
// knows nothing of qmforge.
#pragma once

#include <cstddef>
#include <cstdint>

struct v4_mask {
  std::uint32_t addr, mask;  // in host order
};
struct v6_mask {
  std::uint8_t addr[16], prefix_length;
};
struct subnet {
  std::uint32_t type;  // FWP_DATA_TYPE: 0 (empty), 0x100 (IPv4), 0x101 (IPv6)
  bool has_mask;       // false: a NULL pointer
  const v4_mask* v4;   // points to v4_value
  v4_mask v4_value;
  v6_mask v6_value;
};
struct qm_failure {
  std::uint32_t error_code, failure_point, keying_module, qm_state, sa_role, traffic_type;
  subnet local, remote;
  std::uint64_t filter_id;
  std::uint64_t mm_sa_luid;  // revision 1
  std::uint8_t provider_context[16];
  unsigned local_network_bits;  // how many bits of the local IPv4 mask are set
};

enum qm_result { QM_OK, QM_MALFORMED, QM_NOT_SUPPORTED };

/// `body_only`: the input is a little-endian body without the serialization header.
qm_result qm_decode(const std::uint8_t* data, std::size_t size, bool body_only, int revision, qm_failure* out);
