// Templates: which events an enumeration or a subscription returns.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "image.h"
#include "qmforge/wfp/fwpmu.h"
#include "record.h"

namespace qmforge::wfp {

/// The fields that a condition may name.
enum class Field : std::uint8_t {
  ipProtocol,
  localAddress,
  remoteAddress,
  localPort,
  remotePort,
  appId,
  userId,
  eventType,
};

/// One condition, checked and copied.
struct FieldCondition {
  enum class Operand : std::uint8_t { number, v4, v6, bytes };

  Field field{};
  FWP_MATCH_TYPE match{};
  Operand operand{};
  /// The least and the greatest value that match; equal for a single value. Addresses of both families and numbers are
  /// 16 bytes in network order, so that all are compared as bytes. A mask is the range of its addresses.
  std::array<std::uint8_t, 16> low{};
  std::array<std::uint8_t, 16> high{};
  std::vector<std::byte> blob;  // Operand::bytes: an application's path, or a SID
};

class Filter {
 public:
  /// A template, checked. NULL selects every event. The error is the code that the call returns.
  [[nodiscard]] static std::expected<Filter, DWORD> from(const FWPM_NET_EVENT_ENUM_TEMPLATE0* enum_template);

  [[nodiscard]] bool matches(const Record& record) const;

  /// The template again, for FwpmNetEventSubscriptionsGet0; empty for NULL.
  [[nodiscard]] const Image& image() const { return image_; }

 private:
  std::uint64_t start_ = 0;
  std::uint64_t end_ = UINT64_MAX;
  std::vector<FieldCondition> conditions_;
  Image image_;
};

}  // namespace qmforge::wfp
