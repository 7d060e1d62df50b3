#include "qm_decoder.h"

#include <cstring>

// The bug that is compiled in; 0: none. The kits find each of them.
#ifndef QM_BUG
#define QM_BUG 0
#endif
#define BUG(name) (QM_BUG == (name))
enum bugs {
  over_read_by_one = 1,
  subnets_swapped,
  v4_byte_order,
  discriminant_not_checked,
  trailing_bytes_accepted,
  null_mask_dereferenced,
  filter_id_cut,
  length_byte_order
};

namespace {

struct reader {
  const std::uint8_t* data;
  std::size_t size, at;
  bool big, failed;

  const std::uint8_t* take(std::size_t n, std::size_t alignment) {
    at = (at + alignment - 1) / alignment * alignment;
    const std::size_t end = size + (BUG(over_read_by_one) ? 1 : 0);
    if (failed || at > end || n > end - at) {
      failed = true;
      return nullptr;
    }
    at += n;
    return data + at - n;
  }
  std::uint64_t number(std::size_t n) {
    const std::uint8_t* p = take(n, n);
    std::uint64_t value = 0;
    for (std::size_t i = 0; p != nullptr && i < n; ++i) value = value << 8 | p[big ? i : n - 1 - i];
    return value;
  }
  std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
};

qm_result read_subnet(reader& in, std::uint32_t traffic_type, subnet& out) {
  const std::uint32_t repeated = in.u32();
  if (!BUG(discriminant_not_checked) && repeated != traffic_type) return QM_MALFORMED;
  if (traffic_type != 1) return QM_OK;
  out.type = in.u32();
  if (in.u32() != out.type && !BUG(discriminant_not_checked)) return QM_MALFORMED;
  if (in.failed) return QM_MALFORMED;
  if (out.type == 0) return QM_OK;
  if (out.type != 0x100 && out.type != 0x101) return QM_NOT_SUPPORTED;
  out.has_mask = in.u32() != 0;
  return QM_OK;
}

void read_mask(reader& in, subnet& out) {
  if (!out.has_mask) return;
  if (out.type == 0x100) {
    out.v4_value.addr = in.u32();
    out.v4_value.mask = in.u32();
    if (BUG(v4_byte_order)) out.v4_value.addr = __builtin_bswap32(out.v4_value.addr);
    out.v4 = &out.v4_value;
  } else if (const std::uint8_t* p = in.take(17, 1)) {
    std::memcpy(out.v6_value.addr, p, 16);
    out.v6_value.prefix_length = p[16];
  }
}

qm_result read_body(reader& in, int revision, qm_failure* out) {
  out->error_code = in.u32();
  out->failure_point = in.u32();
  out->keying_module = in.u32();
  out->qm_state = in.u32();
  out->sa_role = in.u32();
  out->traffic_type = in.u32();
  if (in.failed) return QM_MALFORMED;
  if (const qm_result result = read_subnet(in, out->traffic_type, out->local); result != QM_OK) return result;
  if (out->traffic_type > 1) return QM_MALFORMED;
  if (const qm_result result = read_subnet(in, out->traffic_type, out->remote); result != QM_OK) return result;
  out->filter_id = in.number(8);
  if (BUG(filter_id_cut)) out->filter_id = static_cast<std::uint32_t>(out->filter_id);
  if (revision == 1) {
    out->mm_sa_luid = in.number(8);
    if (const std::uint8_t* p = in.take(16, 4)) {
      std::memcpy(out->provider_context, p, 16);
      if (in.big) {
        static const int order[8] = {3, 2, 1, 0, 5, 4, 7, 6};
        for (int i = 0; i < 8; ++i) out->provider_context[i] = p[order[i]];
      }
    }
  }
  read_mask(in, BUG(subnets_swapped) ? out->remote : out->local);
  read_mask(in, BUG(subnets_swapped) ? out->local : out->remote);
  if (in.failed || (in.size - in.at >= 8 && !BUG(trailing_bytes_accepted))) return QM_MALFORMED;
  if (out->local.type == 0x100 && (BUG(null_mask_dereferenced) || out->local.v4 != nullptr))
    out->local_network_bits = static_cast<unsigned>(__builtin_popcount(out->local.v4->mask));
#ifdef QM_SLOW
  for (int i = 0; i < 100; ++i) __asm__ volatile("nop");
#endif
  return QM_OK;
}

}  // namespace

qm_result qm_decode(const std::uint8_t* data, std::size_t size, bool body_only, int revision, qm_failure* out) {
  std::memset(out, 0, sizeof(*out));
  reader in{data, size, 0, false, false};
  if (body_only) return read_body(in, revision, out);
  const std::uint8_t* header = in.take(16, 1);
  if (header == nullptr || header[0] != 1 || (header[1] != 0x10 && header[1] != 0) || header[2] != 8 || header[3] != 0)
    return QM_MALFORMED;
  in.at = 8;
  in.big = header[1] == 0;
  reader length = in;
  if (BUG(length_byte_order)) length.big = false;
  const std::size_t object = length.u32();
  if (object % 8 != 0 || object > size - 16 || (object < size - 16 && !BUG(trailing_bytes_accepted)))
    return QM_MALFORMED;
  reader body{data + 16, object, 0, in.big, false};
  return read_body(body, revision, out);
}
