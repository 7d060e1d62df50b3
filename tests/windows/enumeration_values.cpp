// The enumerations of include/qmforge/enums.h, value for value against Windows' own headers as mingw-w64 has them.
// Those have no FWP_BITMAP_INDEX_TYPE and no FWP_BITMAP_ARRAY64_TYPE, which came with later SDKs.
//
// There is nothing to run: it compiles or it does not.
#include <winsock2.h>
// after winsock2.h
#include <fwpmtypes.h>
#include <windows.h>

#include <utility>

#include "qmforge/enums.h"

namespace {

template <class Ours, class Theirs>
constexpr bool same(Ours ours, Theirs theirs) {
  return std::to_underlying(ours) == static_cast<std::underlying_type_t<Ours>>(theirs);
}

using qmforge::DataType;
using qmforge::FailurePoint;
using qmforge::KeyModuleType;
using qmforge::QmSaState;
using qmforge::SaRole;
using qmforge::TrafficType;

static_assert(same(FailurePoint::none, IPSEC_FAILURE_NONE));
static_assert(same(FailurePoint::me, IPSEC_FAILURE_ME));
static_assert(same(FailurePoint::peer, IPSEC_FAILURE_PEER));
static_assert(IPSEC_FAILURE_POINT_MAX == 3);

static_assert(same(KeyModuleType::ike, IKEEXT_KEY_MODULE_IKE));
static_assert(same(KeyModuleType::authip, IKEEXT_KEY_MODULE_AUTHIP));
static_assert(same(KeyModuleType::ikev2, IKEEXT_KEY_MODULE_IKEV2));
static_assert(IKEEXT_KEY_MODULE_MAX == 3);

static_assert(same(QmSaState::none, IKEEXT_QM_SA_STATE_NONE));
static_assert(same(QmSaState::initial, IKEEXT_QM_SA_STATE_INITIAL));
static_assert(same(QmSaState::final, IKEEXT_QM_SA_STATE_FINAL));
static_assert(same(QmSaState::complete, IKEEXT_QM_SA_STATE_COMPLETE));
static_assert(IKEEXT_QM_SA_STATE_MAX == 4);

static_assert(same(SaRole::initiator, IKEEXT_SA_ROLE_INITIATOR));
static_assert(same(SaRole::responder, IKEEXT_SA_ROLE_RESPONDER));
static_assert(IKEEXT_SA_ROLE_MAX == 2);

static_assert(same(TrafficType::transport, IPSEC_TRAFFIC_TYPE_TRANSPORT));
static_assert(same(TrafficType::tunnel, IPSEC_TRAFFIC_TYPE_TUNNEL));
static_assert(IPSEC_TRAFFIC_TYPE_MAX == 2);

static_assert(same(DataType::empty, FWP_EMPTY));
static_assert(same(DataType::uint8, FWP_UINT8));
static_assert(same(DataType::uint16, FWP_UINT16));
static_assert(same(DataType::uint32, FWP_UINT32));
static_assert(same(DataType::uint64, FWP_UINT64));
static_assert(same(DataType::int8, FWP_INT8));
static_assert(same(DataType::int16, FWP_INT16));
static_assert(same(DataType::int32, FWP_INT32));
static_assert(same(DataType::int64, FWP_INT64));
static_assert(same(DataType::float32, FWP_FLOAT));
static_assert(same(DataType::double64, FWP_DOUBLE));
static_assert(same(DataType::byteArray16, FWP_BYTE_ARRAY16_TYPE));
static_assert(same(DataType::byteBlob, FWP_BYTE_BLOB_TYPE));
static_assert(same(DataType::sid, FWP_SID));
static_assert(same(DataType::securityDescriptor, FWP_SECURITY_DESCRIPTOR_TYPE));
static_assert(same(DataType::tokenInformation, FWP_TOKEN_INFORMATION_TYPE));
static_assert(same(DataType::tokenAccessInformation, FWP_TOKEN_ACCESS_INFORMATION_TYPE));
static_assert(same(DataType::unicodeString, FWP_UNICODE_STRING_TYPE));
static_assert(same(DataType::byteArray6, FWP_BYTE_ARRAY6_TYPE));
static_assert(same(DataType::v4AddrMask, FWP_V4_ADDR_MASK));
static_assert(same(DataType::v6AddrMask, FWP_V6_ADDR_MASK));
static_assert(same(DataType::range, FWP_RANGE_TYPE));
static_assert(FWP_SINGLE_DATA_TYPE_MAX == 0xff);
static_assert(FWP_DATA_TYPE_MAX == 0x103);

}  // namespace
