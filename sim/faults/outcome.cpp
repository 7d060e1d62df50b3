// What a decoder must say when a message is cut short, or when its parts have moved: read off the datum map, as the
// contract says it, without a decoder.
#include <algorithm>

#include "message.h"

namespace qmforge::sim {
namespace {

Outcome cut_off(const EncodedMessage& message, std::uint32_t datum) {
  Outcome outcome = wrong(ErrorCode::truncated, message, datum);
  outcome.moment = before(datum);
  return outcome;
}

std::optional<Outcome> stream_truncation(const EncodedMessage& message, std::uint64_t limit) {
  const std::vector<Datum>& data = message.map.data;
  for (std::uint32_t i = 0; i < data.size(); ++i)
    if (is_required(data[i].kind) && data[i].end() > limit) return cut_off(message, i);
  return std::nullopt;
}

/// The first member in layout order that does not fit, which is the map's order. A union's slot, which the map has
/// before its arm, stands for whatever arm it holds.
Outcome structure_truncation(const EncodedMessage& message, std::uint64_t limit) {
  const std::vector<Datum>& data = message.map.data;
  std::uint32_t first = 0;
  while (data[first].end() > message.map.object_end || data[first].end() <= limit) ++first;
  Outcome outcome = cut_off(message, first);
  outcome.moment = 0;  // before anything is judged
  return outcome;
}

/// `limit` is less than the image's size, and its last byte belongs to the structure or to what a pointer leads to.
Outcome image_truncation(const EncodedMessage& message, std::uint64_t limit) {
  if (limit < message.map.object_end) return structure_truncation(message, limit);
  const std::vector<Datum>& data = message.map.data;
  for (std::uint32_t i = 0;; ++i) {
    if (data[i].kind != DatumKind::pointer || data[i].partner == Datum::none) continue;
    const Datum& pointee = data[data[i].partner];
    if (pointee.kind == DatumKind::units && pointee.offset < limit && pointee.end() > limit)
      return wrong(ErrorCode::stringUnterminated, message, i);
    if (pointee.offset >= limit || pointee.offset + reach(message, data[i]) > limit)
      return wrong(ErrorCode::badAddress, message, i);
  }
}

/// Reads data where they were, until one is wrong or the shape is no longer the map's.
class Misreading {
 public:
  Misreading(const EncodedMessage& message, std::span<const std::byte> bytes) noexcept
      : message_(message), data_(message.map.data), bytes_(bytes) {}

  std::optional<Outcome> outcome() {
    for (std::uint32_t i = 0; i < data_.size(); ++i) {
      if (!is_required(data_[i].kind) || data_[i].offset < message_.map.body_begin) continue;
      if (data_[i].end() > bytes_.size()) return cut_off(message_, i);
      judge(i);
      if (outcome_ || another_shape_) return outcome_;
    }
    if (bytes_.size() - message_.map.object_end < 8) return std::nullopt;
    return Outcome{{ErrorCode::trailingBytes, {}, message_.map.object_end}, at_end(message_)};
  }

 private:
  [[nodiscard]] std::uint64_t now(std::uint32_t i) const noexcept { return read(message_, data_[i], bytes_); }
  [[nodiscard]] bool changed(std::uint32_t i) const noexcept { return now(i) != read(message_, data_[i]); }

  /// `i` must equal `other`; when both have changed alike, what follows is another shape.
  void compare(std::uint32_t i, std::uint32_t other, ErrorCode code) {
    if (now(i) != now(other)) {
      outcome_ = wrong(code, message_, i);
    } else {
      another_shape_ = changed(i);
    }
  }

  void judge(std::uint32_t i) {
    const Datum& datum = data_[i];
    switch (datum.kind) {
      case DatumKind::outerTag:
      case DatumKind::innerTag: compare(i, datum.partner, ErrorCode::unionTagMismatch); break;
      case DatumKind::pointer: another_shape_ = (now(i) == 0) != (datum.partner == Datum::none); break;
      case DatumKind::maxCount:
        if (datum.partner < i) compare(i, datum.partner, ErrorCode::arrayCountMismatch);
        break;
      case DatumKind::sizeIs: judge_max_count_before(i); break;
      case DatumKind::stringOffset:
        if (now(i) != 0) outcome_ = wrong(ErrorCode::stringOffset, message_, i);
        break;
      case DatumKind::actualCount: judge_actual_count(i); break;
      case DatumKind::units: judge_units(i); break;
      default: break;
    }
  }

  /// A SID's max_count stands before the field that it must equal, with Revision between them.
  void judge_max_count_before(std::uint32_t size_is) {
    const std::uint32_t i = size_is - 2;
    if (data_[i].kind != DatumKind::maxCount || data_[i].partner != size_is) return;
    compare(i, size_is, ErrorCode::arrayCountMismatch);
  }

  void judge_actual_count(std::uint32_t i) {
    if (now(i) > now(data_[i].partner)) {
      outcome_ = wrong(ErrorCode::stringLength, message_, i);
    } else if (now(i) == 0) {
      outcome_ = wrong(ErrorCode::stringUnterminated, message_, i);
    } else {
      another_shape_ = changed(i);
    }
  }

  void judge_units(std::uint32_t i) {
    const Datum last{.kind = DatumKind::integer, .field = {}, .offset = data_[i].end() - 2, .size = 2};
    if (read(message_, last, bytes_) == 0) return;
    outcome_ = wrong(ErrorCode::stringUnterminated, message_, data_[i].partner);
  }

  const EncodedMessage& message_;
  const std::vector<Datum>& data_;
  std::span<const std::byte> bytes_;
  std::optional<Outcome> outcome_;
  bool another_shape_ = false;
};

}  // namespace

std::optional<Outcome> truncation(const EncodedMessage& message, std::uint64_t limit) {
  return is_image(message.options.format) ? image_truncation(message, limit) : stream_truncation(message, limit);
}

std::optional<Outcome> misread(const EncodedMessage& message, std::span<const std::byte> bytes) {
  return Misreading(message, bytes).outcome();
}

std::uint64_t reach(const EncodedMessage& message, const Datum& pointer) noexcept {
  const std::vector<Datum>& data = message.map.data;
  const std::uint64_t begin = data[pointer.partner].offset;
  std::uint64_t end = begin;
  for (std::uint32_t i = pointer.partner; i < pointer.partner_end; ++i) {
    end = std::max(end, data[i].end());
    // What a pointer in there leads to is its own affair.
    if (data[i].kind == DatumKind::pointer && data[i].partner != Datum::none) i = data[i].partner_end - 1;
  }
  return end - begin;
}

}  // namespace qmforge::sim
