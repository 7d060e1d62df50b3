// The names and meanings of the values of failureErrorCode.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace qmforge {

/// A Windows error code.
struct ErrorName {
  std::uint32_t code;
  std::string_view name;     // the name in winerror.h; empty for 13999, which winerror.h does not name
  std::string_view meaning;  // one sentence, written for qmforge; empty if there is none
};

/// Every ERROR_IPSEC_* of winerror.h (13000 … 13023 and 13800 … 13999), and other codes that are common in Quick Mode
/// failures, by ascending code. Includes range markers such as ERROR_IPSEC_IKE_NEG_STATUS_BEGIN.
[[nodiscard]] std::span<const ErrorName> error_names() noexcept;

/// The name of a code: `ERROR_IPSEC_IKE_POLICY_MATCH`. An HRESULT that carries a Win32 error is
/// `HRESULT_FROM_WIN32(ERROR_…)`, unless winerror.h has a name for it (0x80070005 is `E_ACCESSDENIED`). Empty for a
/// code without a name.
[[nodiscard]] std::string_view error_name(std::uint32_t code) noexcept;

/// The meaning of a code as a sentence: "The Diffie-Hellman computation failed." An HRESULT that carries a Win32 error
/// has the meaning of that error. Empty for other codes without a sentence; all ERROR_IPSEC_* codes have one.
[[nodiscard]] std::string_view error_meaning(std::uint32_t code) noexcept;

/// The inverse of error_name; nullopt for any other text.
[[nodiscard]] std::optional<std::uint32_t> error_code(std::string_view name) noexcept;

}  // namespace qmforge
