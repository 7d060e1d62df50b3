#include "trace.h"

#include <atomic>
#include <cstdio>

namespace qmforge::wfp {
namespace {

std::atomic<std::FILE*> trace = nullptr;  // never closed: another thread may be writing

}  // namespace

bool start_trace(const std::string& file) {
  std::FILE* const opened = std::fopen(file.c_str(), "wb");
  if (opened == nullptr) return false;
  trace = opened;
  return true;
}

void trace_call(std::string_view function, std::uint32_t result) noexcept {
  std::FILE* const file = trace;
  if (file == nullptr) return;
  std::fprintf(file, "%.*s 0x%08x\n", static_cast<int>(function.size()), function.data(),
               static_cast<unsigned>(result));
  std::fflush(file);
}

}  // namespace qmforge::wfp
