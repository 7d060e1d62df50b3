// The memory that consumers hold: batches until FwpmFreeMemory0, and events while a callback runs.
//
// Freed memory is overwritten. Under AddressSanitizer it then returns to the heap, and every read of it is reported;
// otherwise it is not reused for a while, so that a late read finds `freed` bytes and not other data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "origin.h"
#include "threads.h"

namespace qmforge::wfp {

class Memory {
 public:
  enum class Use : std::uint8_t { batch, callbackEvent };
  struct Block {
    std::size_t size;
    Use use;
    Origin made_by;
  };

  /// Fresh memory, aligned for any structure. Throws std::bad_alloc.
  [[nodiscard]] std::byte* allocate(std::size_t size, Use use, Origin origin);
  /// Frees the live block that begins at `address`.
  void release(void* address, Origin by);
  /// Frees everything.
  void clear();

  /// What an address is, for FwpmFreeMemory0.
  struct Found {
    enum class As : std::uint8_t { live, inside, freedBefore, unknown } as = As::unknown;
    Block block{};    // live, inside
    Origin made_by;   // live, inside, freedBefore
    Origin freed_by;  // freedBefore
  };
  /// Frees a live batch; otherwise returns what the address is.
  [[nodiscard]] Found free_batch(void* address, Origin by);

  [[nodiscard]] std::vector<Block> batches() const;  // live ones, by address
  [[nodiscard]] std::span<const std::byte> from(const void* address) const;

 private:
  struct Past {
    Origin made_by;
    Origin freed_by;
  };
  struct Kept {
    std::unique_ptr<std::byte[]> memory;
    std::size_t size;
  };
  static constexpr std::size_t most_kept_blocks = 64;
  static constexpr std::size_t most_kept_bytes = std::size_t{4} << 20;

  void release_locked(std::map<std::uintptr_t, Block>::iterator block, Origin by) noexcept;

  mutable Mutex mutex_;
  std::map<std::uintptr_t, Block> live_;
  std::map<std::uintptr_t, Past> past_;  // batches that were freed and whose address has not been used again
  std::deque<Kept> kept_;
  std::size_t kept_bytes_ = 0;
};

}  // namespace qmforge::wfp
