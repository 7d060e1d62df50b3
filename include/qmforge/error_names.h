// The names of failureErrorCode's values, and what they mean.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace qmforge {

/// A Windows error code.
struct ErrorName {
  std::uint32_t code;
  std::string_view name;     // in winerror.h; empty for 13999, which only has a meaning
  std::string_view meaning;  // one sentence of our own; empty where we have none
};

/// Every ERROR_IPSEC_* of winerror.h (13000 … 13023 and 13800 … 13999) and the common others that a Quick Mode failure
/// carries, by ascending code. Range markers (ERROR_IPSEC_IKE_NEG_STATUS_BEGIN and the like) are among them: they are
/// names too.
[[nodiscard]] std::span<const ErrorName> error_names() noexcept;

/// The name of a code: `ERROR_IPSEC_IKE_POLICY_MATCH`. An HRESULT that carries a Win32 error is
/// `HRESULT_FROM_WIN32(ERROR_…)`, unless winerror.h has a name for it (0x80070005 is `E_ACCESSDENIED`). Empty for a
/// code without a name.
[[nodiscard]] std::string_view error_name(std::uint32_t code) noexcept;

/// What a code means, as a sentence: "The Diffie-Hellman computation failed." An HRESULT that carries a Win32 error
/// means what that error means. Empty where we have no sentence; all of IPsec's codes have one.
[[nodiscard]] std::string_view error_meaning(std::uint32_t code) noexcept;

/// The inverse of error_name; nullopt for a text that is not the name of a code.
[[nodiscard]] std::optional<std::uint32_t> error_code(std::string_view name) noexcept;

}  // namespace qmforge
