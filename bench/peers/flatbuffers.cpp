// FlatBuffers: the verifier, then every field through its accessors.
#include "peer.h"
#include "peers.h"
#include "qm_failure_generated.h"
#include "sum.h"

namespace qmforge::bench {

namespace {

class FlatBuffers final : public Peer {
 public:
  std::vector<std::byte> encode(const Event& event) override {
    flatbuffers::FlatBufferBuilder builder;
    fb::Subnet types[2] = {fb::Subnet_NONE, fb::Subnet_NONE};
    flatbuffers::Offset<void> subnets[2];
    for (int i = 0; i < 2 && event.has_subnets(); ++i) {
      const ConditionValue& subnet = i == 0 ? event.localSubNet : event.remoteSubNet;
      if (subnet.type == DataType::v4AddrMask) {
        const fb::V4 value(subnet.v4AddrMask.addr, subnet.v4AddrMask.mask);
        types[i] = fb::Subnet_V4Subnet;
        subnets[i] = fb::CreateV4Subnet(builder, &value).Union();
      } else {
        const fb::V6 value(flatbuffers::span<const std::uint8_t, 16>(subnet.v6AddrMask.addr.data(), 16),
                           subnet.v6AddrMask.prefixLength);
        types[i] = fb::Subnet_V6Subnet;
        subnets[i] = fb::CreateV6Subnet(builder, &value).Union();
      }
    }
    builder.Finish(fb::CreateEvent(builder, event.failureErrorCode, static_cast<std::uint32_t>(event.failurePoint),
                                   static_cast<std::uint32_t>(event.keyingModuleType),
                                   static_cast<std::uint32_t>(event.qmState), static_cast<std::uint32_t>(event.saRole),
                                   static_cast<std::uint32_t>(event.saTrafficType), types[0], subnets[0], types[1],
                                   subnets[1], event.qmFilterId));
    const auto* bytes = reinterpret_cast<const std::byte*>(builder.GetBufferPointer());
    return {bytes, bytes + builder.GetSize()};
  }

  std::uint64_t read(std::span<const std::byte> bytes) override {
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    flatbuffers::Verifier verifier(data, bytes.size());
    if (!fb::VerifyEventBuffer(verifier)) return 0;
    const fb::Event* event = fb::GetEvent(data);
    std::uint64_t sum = event->qm_filter_id() + event->failure_error_code() + event->failure_point() +
                        event->keying_module_type() + event->qm_state() + event->sa_role() + event->sa_traffic_type();
    sum += subnet(event->local_type(), event->local());
    return sum + subnet(event->remote_type(), event->remote());
  }

 private:
  static std::uint64_t subnet(fb::Subnet type, const void* table) {
    if (type == fb::Subnet_V4Subnet) {
      const fb::V4* value = static_cast<const fb::V4Subnet*>(table)->value();
      return std::uint64_t{value->addr()} + value->mask();
    }
    if (type == fb::Subnet_V6Subnet) {
      const fb::V6* value = static_cast<const fb::V6Subnet*>(table)->value();
      return sum_v6(value->addr()->data(), value->prefix_length());
    }
    return 0;
  }
};

}  // namespace

void flatbuffers(Workload& workload) { register_peer<FlatBuffers>(workload, "flatbuffers"); }

}  // namespace qmforge::bench
