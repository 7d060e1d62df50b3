// The event: FWPM_NET_EVENT_IKEEXT_QM_FAILURE0 and 1, with the members that fwpmtypes.idl names.
//
// An Event is a small value and owns no memory: its subnets may have views into the bytes that it was decoded from,
// which must outlive it.
#pragma once

#include <array>
#include <cstdint>

#include "qmforge/enums.h"
#include "qmforge/value.h"

namespace qmforge {

/// GUID, as four parts in host order, independent of the encoding's byte order.
struct Guid {
  std::uint32_t data1;
  std::uint16_t data2;
  std::uint16_t data3;
  std::array<std::uint8_t, 8> data4;

  friend bool operator==(const Guid&, const Guid&) = default;
};

/// The members as Windows lays them out in memory, with their offsets (docs/format.md 2.5 has the pointees):
///
///     x64  x86
///       0    0  failureErrorCode
///       4    4  failurePoint
///       8    8  keyingModuleType
///      12   12  qmState
///      16   16  saRole
///      20   20  saTrafficType
///      24   24  localSubNet: type, then the arm or a pointer to it at 32 / 28
///      40   32  remoteSubNet: likewise, at 48 / 36
///      56   40  qmFilterId
///      64   48  the end of revision 0; revision 1: mmSaLuid
///      72   56  mmProviderContextKey
///      88   72  the end of revision 1
///
/// This struct has another layout: it holds the values, in host order, whatever the encoding. A default-constructed
/// event is a transport event of revision 0 in which every member is 0.
struct Event {
  std::uint32_t failureErrorCode;  // Win32, HRESULT or ERROR_IPSEC_IKE_*: see error_names.h
  FailurePoint failurePoint;
  KeyModuleType keyingModuleType;
  QmSaState qmState;
  SaRole saRole;
  TrafficType saTrafficType;
  Revision revision;
  std::uint64_t qmFilterId;
  ConditionValue localSubNet;  // TUNNEL only; otherwise a decoder sets FWP_EMPTY
  ConditionValue remoteSubNet;
  std::uint64_t mmSaLuid;     // revision 1 only
  Guid mmProviderContextKey;  // revision 1 only

  Event() noexcept
      : failureErrorCode(0),
        failurePoint(FailurePoint::none),
        keyingModuleType(KeyModuleType::ike),
        qmState(QmSaState::none),
        saRole(SaRole::initiator),
        saTrafficType(TrafficType::transport),
        revision(Revision::r0),
        qmFilterId(0),
        mmSaLuid(0),
        mmProviderContextKey() {}
  explicit Event(detail::Uninitialized u) noexcept : localSubNet(u), remoteSubNet(u) {}

  /// Whether the event has subnets: only a tunnel event has.
  [[nodiscard]] bool has_subnets() const noexcept { return saTrafficType == TrafficType::tunnel; }
};

/// Equal revisions and equal members. Members that the event lacks (subnets of a transport event, members of revision 1
/// in revision 0) are not compared. Arrays and strings are compared by contents, not by address.
[[nodiscard]] bool operator==(const Event& a, const Event& b) noexcept;

}  // namespace qmforge
