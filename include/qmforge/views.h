// Views of the variable-length parts of an event: arrays and strings, read where they are.
//
// A view owns no memory. A view that a decoder returned points into the decoder's input and is valid while the input
// exists unchanged; a view of host memory is valid while that memory exists. Copies are cheap.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <optional>
#include <span>
#include <version>

#ifndef __cpp_lib_expected
#error "qmforge needs C++23 for std::expected: compile with -std=c++23, or /std:c++latest"
#endif

#include "qmforge/enums.h"

namespace qmforge {

/// Integers in one byte order, at any alignment: SID sub-authorities, UTF-16 units. Elements are converted when read.
template <class T>
class IntegerView {
 public:
  class Iterator;

  IntegerView() = default;
  /// `size` integers of sizeof(T) bytes each at `data`, in the given byte order.
  IntegerView(const std::byte* data, std::size_t size, std::endian order) noexcept
      : data_(data), size_(size), order_(order) {}
  /// Integers in host order.
  explicit IntegerView(std::span<const T> host) noexcept
      : IntegerView(reinterpret_cast<const std::byte*>(host.data()), host.size(), std::endian::native) {}

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  /// The element at `index`, which must be less than size().
  [[nodiscard]] T operator[](std::size_t index) const noexcept {
    T value;
    std::memcpy(&value, data_ + index * sizeof(T), sizeof(T));
    return order_ == std::endian::native ? value : std::byteswap(value);
  }
  [[nodiscard]] Iterator begin() const noexcept { return Iterator(*this, 0); }
  [[nodiscard]] Iterator end() const noexcept { return Iterator(*this, size_); }

  /// Equal sizes and equal values; the byte orders may differ.
  friend bool operator==(const IntegerView& a, const IntegerView& b) noexcept {
    if (a.size_ != b.size_) return false;
    for (std::size_t i = 0; i < a.size_; ++i)
      if (a[i] != b[i]) return false;
    return true;
  }

 private:
  const std::byte* data_ = nullptr;
  std::size_t size_ = 0;
  std::endian order_ = std::endian::native;
};

template <class T>
class IntegerView<T>::Iterator {
 public:
  using value_type = T;
  using difference_type = std::ptrdiff_t;

  Iterator() = default;
  Iterator(IntegerView view, std::size_t index) noexcept : view_(view), index_(index) {}
  T operator*() const noexcept { return view_[index_]; }
  Iterator& operator++() noexcept {
    ++index_;
    return *this;
  }
  Iterator operator++(int) noexcept {
    Iterator before = *this;
    ++index_;
    return before;
  }
  /// Only iterators of one view may be compared.
  friend bool operator==(const Iterator& a, const Iterator& b) noexcept { return a.index_ == b.index_; }

 private:
  IntegerView view_;
  std::size_t index_ = 0;
};

/// UTF-16 code units without the final NUL. Not checked: unpaired surrogates and inner NULs are unchanged.
using Utf16View = IntegerView<char16_t>;

/// FWP_BYTE_BLOB. For a NULL pointer `data` is null, and `size` may be any number.
struct ByteBlob {
  std::uint32_t size;
  const std::byte* data;  // `size` bytes

  /// The bytes; empty when `data` is null.
  [[nodiscard]] std::span<const std::byte> bytes() const noexcept {
    return data == nullptr ? std::span<const std::byte>() : std::span(data, size);
  }
  /// Equal sizes, both null or both not, equal bytes.
  friend bool operator==(const ByteBlob& a, const ByteBlob& b) noexcept {
    if (a.size != b.size || (a.data == nullptr) != (b.data == nullptr)) return false;
    return a.data == nullptr || a.size == 0 || std::memcmp(a.data, b.data, a.size) == 0;
  }
};

/// SID. SubAuthorityCount is subAuthority.size(), at most 255; Windows' limit of 15 is not checked.
struct Sid {
  std::uint8_t revision;
  std::uint8_t identifierAuthority[6];  // big-endian in every encoding
  IntegerView<std::uint32_t> subAuthority;

  friend bool operator==(const Sid&, const Sid&) = default;
};

/// SID_AND_ATTRIBUTES. `sid` is nullopt for a NULL pointer.
struct SidAndAttributes {
  std::optional<Sid> sid;
  std::uint32_t attributes = 0;

  friend bool operator==(const SidAndAttributes&, const SidAndAttributes&) = default;
};

namespace detail {
struct EncodedSids;
}

/// A `[size_is]` array of SID_AND_ATTRIBUTES, whose elements are decoded during iteration. A decoder checks every
/// element before it returns a view, so iteration cannot fail. It takes time linear in the array's bytes.
class SidAndAttributesView {
 public:
  class Iterator;

  /// A NULL pointer to an array.
  SidAndAttributesView() = default;
  /// An array in host memory. An empty span with a null pointer is a NULL pointer; for an array without elements, use
  /// an empty span whose pointer is not null.
  explicit SidAndAttributesView(std::span<const SidAndAttributes> host) noexcept
      : elements_(reinterpret_cast<const std::byte*>(host.data())), size_(static_cast<std::uint32_t>(host.size())) {}

  [[nodiscard]] bool is_null() const noexcept { return elements_ == nullptr; }
  /// The number of elements; 0 for a NULL pointer.
  [[nodiscard]] std::uint32_t size() const noexcept { return size_; }
  [[nodiscard]] Iterator begin() const noexcept;
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return std::default_sentinel; }

  /// Both NULL, or both not NULL with equal elements, whatever their encodings.
  friend bool operator==(const SidAndAttributesView& a, const SidAndAttributesView& b) noexcept;

 private:
  friend struct detail::EncodedSids;
  /// Reads the first of the elements that `rest` still has, and moves `rest` past it.
  using Read = SidAndAttributes (*)(SidAndAttributesView& rest) noexcept;

  const std::byte* elements_ = nullptr;
  std::uint64_t pointees_ = 0;  // where the elements' SIDs lie, in the terms of read_
  Read read_ = nullptr;         // null: elements in host memory
  std::uint32_t size_ = 0;
  std::uint8_t phase_ = 0;  // how far elements_ is from a multiple of 8 in its message, in the terms of read_
};

/// An input iterator: decodes each element once.
class SidAndAttributesView::Iterator {
 public:
  using value_type = SidAndAttributes;
  using difference_type = std::ptrdiff_t;

  explicit Iterator(const SidAndAttributesView& view) noexcept : rest_(view) { read(); }
  const SidAndAttributes& operator*() const noexcept { return current_; }
  const SidAndAttributes* operator->() const noexcept { return &current_; }
  Iterator& operator++() noexcept {
    --rest_.size_;
    read();
    return *this;
  }
  void operator++(int) noexcept { ++*this; }
  friend bool operator==(const Iterator& i, std::default_sentinel_t) noexcept { return i.rest_.size() == 0; }

 private:
  void read() noexcept;  // the first element of rest_ into current_, if there is one, and rest_ past it

  SidAndAttributesView rest_;
  SidAndAttributes current_;
};

inline SidAndAttributesView::Iterator SidAndAttributesView::begin() const noexcept { return Iterator(*this); }

}  // namespace qmforge
