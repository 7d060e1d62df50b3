// The names of failureErrorCode's values.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace qmforge {

/// A Windows error code and its name in winerror.h.
struct ErrorName {
  std::uint32_t code;
  std::string_view name;
};

/// Every ERROR_IPSEC_* of winerror.h (13800 … 13999) and the common others that a Quick Mode failure carries, by
/// ascending code. Range markers (ERROR_IPSEC_IKE_NEG_STATUS_BEGIN and the like) are among them: they are names too.
[[nodiscard]] std::span<const ErrorName> error_names() noexcept;

/// The name of a code (`ERROR_IPSEC_IKE_POLICY_MATCH`); empty where there is none.
[[nodiscard]] std::string_view error_name(std::uint32_t code) noexcept;

}  // namespace qmforge
