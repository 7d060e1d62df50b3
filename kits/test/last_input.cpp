#include <cstdlib>
#include <fstream>

#include "qmforge/testing/decoder.h"

namespace qmforge::test {

void keep_last_input(std::span<const std::byte> input) {
  const char* const path = std::getenv("QMFORGE_LAST_INPUT");  // NOLINT(concurrency-mt-unsafe): it is only read
  if (path == nullptr) return;
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(reinterpret_cast<const char*>(input.data()), static_cast<std::streamsize>(input.size()));
}

}  // namespace qmforge::test
