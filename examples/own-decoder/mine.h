// The decoder, as qmforge's kits take it.
#pragma once

#include <qmforge/testing/decoder.h>

#include <algorithm>
#include <cstring>

#include "decoder/qm_decoder.h"

struct Mine {
  static qmforge::ConditionValue to_value(const subnet& mine) {
    const auto type = static_cast<qmforge::DataType>(mine.type);
    qmforge::ConditionValue value(type, type != qmforge::DataType::empty && !mine.has_mask);
    if (type == qmforge::DataType::v4AddrMask) value.v4AddrMask = {mine.v4_value.addr, mine.v4_value.mask};
    if (type != qmforge::DataType::v6AddrMask) return value;
    value.v6AddrMask.prefixLength = mine.v6_value.prefix_length;
    std::ranges::copy(mine.v6_value.addr, value.v6AddrMask.addr.begin());
    return value;
  }

  static qmforge::test::Answer decode(std::span<const std::byte> input, const qmforge::DecodeOptions& options) {
    const bool body_only = options.format == qmforge::Format::ndr20Body;
    if (!body_only && options.format != qmforge::Format::ndr20) return qmforge::test::NotSupported();
    qm_failure mine;
    const auto result = qm_decode(reinterpret_cast<const std::uint8_t*>(input.data()), input.size(), body_only,
                                  static_cast<int>(options.revision), &mine);
    if (result == QM_NOT_SUPPORTED) return qmforge::test::NotSupported();
    if (result == QM_MALFORMED) return qmforge::test::Rejection();
    qmforge::Event event;
    event.revision = options.revision;
    event.failureErrorCode = mine.error_code;
    event.failurePoint = static_cast<qmforge::FailurePoint>(mine.failure_point);
    event.keyingModuleType = static_cast<qmforge::KeyModuleType>(mine.keying_module);
    event.qmState = static_cast<qmforge::QmSaState>(mine.qm_state);
    event.saRole = static_cast<qmforge::SaRole>(mine.sa_role);
    event.saTrafficType = static_cast<qmforge::TrafficType>(mine.traffic_type);
    event.localSubNet = to_value(mine.local);
    event.remoteSubNet = to_value(mine.remote);
    event.qmFilterId = mine.filter_id;
    event.mmSaLuid = mine.mm_sa_luid;
    std::memcpy(&event.mmProviderContextKey, mine.provider_context, 16);
    return event;
  }
};
