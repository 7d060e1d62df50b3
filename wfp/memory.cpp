#include "memory.h"

#include <cstring>
#include <new>

#include "garbage.h"

namespace qmforge::wfp {
namespace {

std::uintptr_t number(const void* address) { return reinterpret_cast<std::uintptr_t>(address); }

}  // namespace

std::byte* Memory::allocate(std::size_t size, Use use, Origin origin) {
  auto memory = std::make_unique_for_overwrite<std::byte[]>(size);
  const Lock lock(mutex_);
  past_.erase(number(memory.get()));
  live_.emplace(number(memory.get()), Block{size, use, origin});
  return memory.release();
}

void Memory::release_locked(std::map<std::uintptr_t, Block>::iterator block, Origin by) noexcept {
  std::unique_ptr<std::byte[]> memory(reinterpret_cast<std::byte*>(block->first));
  const std::size_t size = block->second.size;
  allow(memory.get(), size);
  std::memset(memory.get(), static_cast<int>(freed), size);
  try {
    if (block->second.use == Use::batch) past_[block->first] = {block->second.made_by, by};
    if (!reads_are_checked) {
      kept_.push_back({std::move(memory), size});
      kept_bytes_ += size;
    }
  } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): freed, but not recorded
  }
  live_.erase(block);
  while (kept_.size() > most_kept_blocks || kept_bytes_ > most_kept_bytes) {
    kept_bytes_ -= kept_.front().size;
    kept_.pop_front();
  }
}

void Memory::release(void* address, Origin by) {
  const Lock lock(mutex_);
  release_locked(live_.find(number(address)), by);
}

void Memory::clear() {
  const Lock lock(mutex_);
  while (!live_.empty()) release_locked(live_.begin(), {});
  past_.clear();
  kept_.clear();
  kept_bytes_ = 0;
}

Memory::Found Memory::free_batch(void* address, Origin by) {
  const Lock lock(mutex_);
  auto after = live_.upper_bound(number(address));
  if (after != live_.begin()) {
    const auto block = std::prev(after);
    const std::size_t into = number(address) - block->first;
    if (into < block->second.size) {
      const Found found{into == 0 ? Found::As::live : Found::As::inside, block->second, block->second.made_by, {}};
      if (into == 0 && block->second.use == Use::batch) release_locked(block, by);
      return found;
    }
  }
  if (const auto past = past_.find(number(address)); past != past_.end())
    return {Found::As::freedBefore, {}, past->second.made_by, past->second.freed_by};
  return {};
}

std::vector<Memory::Block> Memory::batches() const {
  const Lock lock(mutex_);
  std::vector<Block> result;
  for (const auto& [address, block] : live_)
    if (block.use == Use::batch) result.push_back(block);
  return result;
}

std::span<const std::byte> Memory::from(const void* address) const {
  const Lock lock(mutex_);
  const auto after = live_.upper_bound(number(address));
  if (after == live_.begin()) return {};
  const auto block = std::prev(after);
  const std::size_t into = number(address) - block->first;
  if (into >= block->second.size) return {};
  return {static_cast<const std::byte*>(address), block->second.size - into};
}

}  // namespace qmforge::wfp
