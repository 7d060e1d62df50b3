// Cap'n Proto: every field through its accessors, which check as they go.
#include <capnp/message.h>
#include <capnp/serialize.h>

#include <cstring>

#include "peer.h"
#include "peers.h"
#include "qm_failure.capnp.h"
#include "sum.h"

namespace qmforge::bench {

namespace {

class CapnProto final : public Peer {
 public:
  std::vector<std::byte> encode(const Event& event) override {
    capnp::MallocMessageBuilder message;
    auto root = message.initRoot<cp::Event>();
    root.setFailureErrorCode(event.failureErrorCode);
    root.setFailurePoint(static_cast<std::uint32_t>(event.failurePoint));
    root.setKeyingModuleType(static_cast<std::uint32_t>(event.keyingModuleType));
    root.setQmState(static_cast<std::uint32_t>(event.qmState));
    root.setSaRole(static_cast<std::uint32_t>(event.saRole));
    root.setSaTrafficType(static_cast<std::uint32_t>(event.saTrafficType));
    root.setQmFilterId(event.qmFilterId);
    if (event.has_subnets()) {
      set(root.initLocal(), event.localSubNet);
      set(root.initRemote(), event.remoteSubNet);
    }
    const auto words = capnp::messageToFlatArray(message);
    const auto* bytes = reinterpret_cast<const std::byte*>(words.begin());
    return {bytes, bytes + words.size() * sizeof(capnp::word)};
  }

  std::uint64_t read(std::span<const std::byte> bytes) override {
    // A vector's storage is aligned for words.
    const auto* words = reinterpret_cast<const capnp::word*>(bytes.data());
    capnp::FlatArrayMessageReader message(kj::arrayPtr(words, bytes.size() / sizeof(capnp::word)));
    const auto event = message.getRoot<cp::Event>();
    const std::uint64_t sum = event.getQmFilterId() + event.getFailureErrorCode() + event.getFailurePoint() +
                              event.getKeyingModuleType() + event.getQmState() + event.getSaRole() +
                              event.getSaTrafficType();
    return event.getSaTrafficType() == 1 ? sum + subnet(event.getLocal()) + subnet(event.getRemote()) : sum;
  }

 private:
  static void set(cp::Subnet::Builder out, const ConditionValue& subnet) {
    if (subnet.type == DataType::v4AddrMask) {
      auto value = out.initV4();
      value.setAddr(subnet.v4AddrMask.addr);
      value.setMask(subnet.v4AddrMask.mask);
    } else {
      auto value = out.initV6();
      value.setAddr(kj::arrayPtr(subnet.v6AddrMask.addr.data(), subnet.v6AddrMask.addr.size()));
      value.setPrefixLength(subnet.v6AddrMask.prefixLength);
    }
  }

  static std::uint64_t subnet(cp::Subnet::Reader subnet) {
    if (subnet.isV4()) return std::uint64_t{subnet.getV4().getAddr()} + subnet.getV4().getMask();
    if (!subnet.isV6()) return 0;
    const auto addr = subnet.getV6().getAddr();
    return addr.size() == 16 ? sum_v6(addr.begin(), subnet.getV6().getPrefixLength()) : 0;
  }
};

}  // namespace

void capnproto(Workload& workload) { register_peer<CapnProto>(workload, "capnproto"); }

}  // namespace qmforge::bench
