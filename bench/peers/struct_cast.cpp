// The lower bound for a correct reader: casts a memory image to the structure and checks only its bounds.
#include <cstring>

#include "peer.h"
#include "peers.h"
#include "qmforge/sim/encode.h"
#include "sum.h"

namespace qmforge::bench {

namespace {

constexpr std::uint64_t base = 0x10000;  // sim::EncodeOptions' default

struct Image {
  std::uint32_t enumerations[6];
  struct {
    std::uint64_t type;
    std::uint64_t pointer;
  } subnets[2];
  std::uint64_t qm_filter_id;
};

class StructCast final : public Peer {
 public:
  std::vector<std::byte> encode(const Event& event) override {
    std::vector<std::byte> bytes;
    static_cast<void>(sim::encode(event, {.format = Format::native64}, bytes));
    return bytes;
  }

  std::uint64_t read(std::span<const std::byte> bytes) override {
    Image image;
    if (bytes.size() < sizeof(image)) return 0;
    std::memcpy(&image, bytes.data(), sizeof(image));
    std::uint64_t sum = image.qm_filter_id;
    for (const std::uint32_t number : image.enumerations) sum += number;
    if (image.enumerations[5] != 1) return sum;
    for (const auto& subnet : image.subnets) {
      const std::uint64_t at = subnet.pointer - base;
      if (static_cast<std::uint32_t>(subnet.type) == 0x100) {
        std::uint32_t fields[2];
        if (at > bytes.size() || bytes.size() - at < sizeof(fields)) return 0;
        std::memcpy(fields, bytes.data() + at, sizeof(fields));
        sum += std::uint64_t{fields[0]} + fields[1];
      } else {
        if (at > bytes.size() || bytes.size() - at < 17) return 0;
        sum += sum_v6(bytes.data() + at, std::to_integer<std::uint8_t>(bytes[at + 16]));
      }
    }
    return sum;
  }
};

}  // namespace

void struct_cast(Workload& workload) { register_peer<StructCast>(workload, "struct-cast"); }

std::uint64_t sum_of_fields(const Event& event) {
  std::uint64_t sum = event.qmFilterId + event.failureErrorCode + static_cast<std::uint32_t>(event.failurePoint) +
                      static_cast<std::uint32_t>(event.keyingModuleType) + static_cast<std::uint32_t>(event.qmState) +
                      static_cast<std::uint32_t>(event.saRole) + static_cast<std::uint32_t>(event.saTrafficType);
  if (!event.has_subnets()) return sum;
  for (const ConditionValue* subnet : {&event.localSubNet, &event.remoteSubNet})
    sum += subnet->type == DataType::v4AddrMask
               ? std::uint64_t{subnet->v4AddrMask.addr} + subnet->v4AddrMask.mask
               : sum_v6(subnet->v6AddrMask.addr.data(), subnet->v6AddrMask.prefixLength);
  return sum;
}

}  // namespace qmforge::bench
