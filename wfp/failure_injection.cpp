#include "failure_injection.h"

#include <array>
#include <span>

#ifdef _WIN32
#include "qmforge/wfp/fwpmu.h"  // windows.h
#else
#include <execinfo.h>
#endif

namespace qmforge::wfp {
namespace {

/// A number for the stack that a call comes from: two calls have the same exactly where they come the same way.
std::uint64_t call_site(std::string_view function, const void* caller) {
  std::array<void*, 32> frames{};
#ifdef _WIN32
  const std::size_t count = CaptureStackBackTrace(0, static_cast<DWORD>(frames.size()), frames.data(), nullptr);
#else
  const auto count = static_cast<std::size_t>(backtrace(frames.data(), static_cast<int>(frames.size())));
#endif
  // FNV-1a over addresses.
  std::uint64_t hash = 0xcbf29ce484222325;
  const auto add = [&hash](std::uint64_t value) { hash = (hash ^ value) * 0x100000001b3; };
  for (const char c : function) add(static_cast<unsigned char>(c));
  add(reinterpret_cast<std::uintptr_t>(caller));
  for (const void* frame : std::span(frames).first(count)) add(reinterpret_cast<std::uintptr_t>(frame));
  return hash;
}

}  // namespace

std::optional<std::uint32_t> FailureInjection::next(std::string_view function, const void* caller) {
  if (function == to_string(Function::freeMemory0)) return std::nullopt;
  std::optional<std::uint32_t> code;
  for (auto planned = planned_.begin(); planned != planned_.end();) {
    if (planned->function == function && --planned->calls_until == 0) {
      code = planned->code;
      planned = planned_.erase(planned);
    } else {
      ++planned;
    }
  }
  if (!code && site_code_ && sites_.insert(call_site(function, caller)).second) code = site_code_;
  return code;
}

}  // namespace qmforge::wfp
