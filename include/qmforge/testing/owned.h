// A generated value together with the memory that its views point to.
#pragma once

#include <memory>
#include <memory_resource>
#include <utility>

namespace qmforge::test {

/// An immutable T (Event, ConditionValue, Value) with the memory that its views point to. Copies share both. An lvalue
/// converts to `const T&`; a temporary does not, because a T copied from it would have dangling views. So
/// `const Event event = *any_event();` does not compile; write `const auto event = …`.
template <class T>
class Owned {
 public:
  /// The value that `make(storage)` returns; its views may point into `storage`.
  template <class Make>
  static Owned from(Make&& make) {
    auto holder = std::make_shared<Holder>();
    holder->value = std::forward<Make>(make)(holder->storage);
    return Owned(std::move(holder));
  }

  [[nodiscard]] const T& operator*() const& noexcept { return holder_->value; }
  [[nodiscard]] const T* operator->() const& noexcept { return &holder_->value; }
  operator const T&() const& noexcept { return holder_->value; }  // NOLINT(google-explicit-constructor)
  const T& operator*() const&& = delete;
  const T* operator->() const&& = delete;
  operator const T&() const&& = delete;

  friend bool operator==(const Owned& a, const Owned& b) noexcept { return *a == *b; }

 private:
  struct Holder {
    std::pmr::monotonic_buffer_resource storage;
    T value;
  };

  explicit Owned(std::shared_ptr<const Holder> holder) noexcept : holder_(std::move(holder)) {}

  std::shared_ptr<const Holder> holder_;
};

}  // namespace qmforge::test
