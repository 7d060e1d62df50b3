// Samba's libndr: pull, and every field.
#include "libndr_pull.h"
#include "peer.h"
#include "peers.h"
#include "qmforge/sim/encode.h"
#include "sum.h"

namespace qmforge::bench {

namespace {

class Libndr final : public Peer {
 public:
  std::vector<std::byte> encode(const Event& event) override {
    std::vector<std::byte> bytes;
    static_cast<void>(sim::encode(event, {.format = Format::ndr20Body}, bytes));
    return bytes;
  }

  std::uint64_t read(std::span<const std::byte> bytes) override {
    return libndr_pull(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), sum_v6);
  }
};

}  // namespace

void libndr(Workload& workload) { register_peer<Libndr>(workload, "libndr"); }

}  // namespace qmforge::bench
