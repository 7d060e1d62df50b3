#include "failure_injection.h"

#include <array>
#include <charconv>
#include <fstream>
#include <span>

#ifdef _WIN32
#include "qmforge/wfp/fwpmu.h"  // windows.h
#else
#include <dlfcn.h>
#include <execinfo.h>
#endif

namespace qmforge::wfp {
namespace {

/// A module's load address and file. Addresses in a module differ from run to run only by the load address.
struct Module {
  std::uintptr_t base = 0;
  std::string name;
};

Module module_of(const void* address) {
#ifdef _WIN32
  HMODULE module = nullptr;
  constexpr DWORD flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
  if (!GetModuleHandleExA(flags, static_cast<const char*>(address), &module)) return {};
  std::array<char, MAX_PATH> path{};
  GetModuleFileNameA(module, path.data(), static_cast<DWORD>(path.size()) - 1);
  return {reinterpret_cast<std::uintptr_t>(module), path.data()};
#else
  Dl_info info{};
  if (dladdr(address, &info) == 0 || info.dli_fname == nullptr) return {};
  return {reinterpret_cast<std::uintptr_t>(info.dli_fbase), info.dli_fname};
#endif
}

/// A hash of a call's stack, equal for calls with the same stack, also in different runs of a program. Code outside any
/// module (from a just-in-time compiler) counts as one place.
std::uint64_t call_site(std::string_view function, const void* caller) {
  std::array<void*, 32> frames{};
#ifdef _WIN32
  const std::size_t count = CaptureStackBackTrace(0, static_cast<DWORD>(frames.size()), frames.data(), nullptr);
#else
  const auto count = static_cast<std::size_t>(backtrace(frames.data(), static_cast<int>(frames.size())));
#endif
  // FNV-1a.
  std::uint64_t hash = 0xcbf29ce484222325;
  const auto add = [&hash](std::uint64_t value) { hash = (hash ^ value) * 0x100000001b3; };
  const auto add_text = [&add](std::string_view text) {
    for (const char c : text) add(static_cast<unsigned char>(c));
  };
  const auto add_address = [&](const void* address) {
    const Module module = module_of(address);
    add_text(std::string_view(module.name).substr(module.name.find_last_of("/\\") + 1));
    add(module.base == 0 ? 0 : reinterpret_cast<std::uintptr_t>(address) - module.base);
  };
  add_text(function);
  add_address(caller);
  for (const void* frame : std::span(frames).first(count)) add_address(frame);
  return hash;
}

}  // namespace

std::expected<void, std::string> FailureInjection::fail_every_call_site_once(std::uint32_t code,
                                                                             const std::filesystem::path& file) {
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    std::uint64_t site = 0;
    const char* const end = line.data() + line.size();
    const auto [parsed, error] = std::from_chars(line.data(), end, site, 16);
    if (error != std::errc() || (parsed != end && *parsed != ' '))
      return std::unexpected(file.string() + ": not a call site: \"" + line + "\"");
    sites_.insert(site);
  }
  if (!std::ofstream(file, std::ios::app)) return std::unexpected("cannot write " + file.string());
  sites_file_ = file;
  site_code_ = code;
  return {};
}

void FailureInjection::add_to_file(std::uint64_t site, std::string_view function) const {
  if (sites_file_.empty()) return;
  std::array<char, 16> digits;
  const auto end = std::to_chars(digits.begin(), digits.end(), site, 16).ptr;
  // Written at once: the program may crash on this failure, and the next run must not fail here again.
  std::ofstream(sites_file_, std::ios::app) << std::string_view(digits.data(), end) << ' ' << function << std::endl;
}

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
  if (!code && site_code_) {
    const std::uint64_t site = call_site(function, caller);
    if (sites_.insert(site).second) {
      code = site_code_;
      ++failed_sites_;
      add_to_file(site, function);
    }
  }
  return code;
}

}  // namespace qmforge::wfp
