// Memory for what one input needs, kept from input to input.
#pragma once

#include <cstddef>
#include <memory_resource>
#include <vector>

namespace qmforge::fuzz {

class Storage {
 public:
  /// Releases what was allocated for the input before.
  [[nodiscard]] std::pmr::memory_resource& fresh() {
    resource_.release();
    return resource_;
  }

 private:
  std::vector<std::byte> first_block_ = std::vector<std::byte>(1 << 14);
  std::pmr::monotonic_buffer_resource resource_{first_block_.data(), first_block_.size()};
};

}  // namespace qmforge::fuzz
