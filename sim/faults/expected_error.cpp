// The expected error for a message that was shortened, or whose parts moved: derived from the field map by the rules of
// docs/format.md 3, without a decoder.
#include <algorithm>

#include "message.h"

namespace qmforge::sim {
namespace {

ExpectedError cut_off(const EncodedMessage& message, std::uint32_t index) {
  ExpectedError expected = wrong(ErrorCode::truncated, message, index);
  expected.position = before_reading(index);
  return expected;
}

std::optional<ExpectedError> stream_truncation(const EncodedMessage& message, std::uint64_t limit) {
  const std::vector<WireField>& fields = message.map.fields;
  for (std::uint32_t i = 0; i < fields.size(); ++i)
    if (is_required(fields[i].kind) && fields[i].end() > limit) return cut_off(message, i);
  return std::nullopt;
}

/// The first member in layout order, which is the map's order, that does not fit. A union's slot precedes its arm in
/// the map, so the slot is reported, whichever arm it holds.
ExpectedError structure_truncation(const EncodedMessage& message, std::uint64_t limit) {
  const std::vector<WireField>& fields = message.map.fields;
  std::uint32_t first = 0;
  while (fields[first].offset >= message.map.object_end || fields[first].end() <= limit) ++first;
  ExpectedError expected = cut_off(message, first);
  expected.position = 0;  // before anything is checked
  return expected;
}

/// `limit` is less than the image's size, and its last byte belongs to the structure or to a pointee.
ExpectedError image_truncation(const EncodedMessage& message, std::uint64_t limit) {
  if (limit < message.map.object_end) return structure_truncation(message, limit);
  const std::vector<WireField>& fields = message.map.fields;
  for (std::uint32_t i = 0;; ++i) {
    if (fields[i].kind != FieldKind::pointer || fields[i].partner == WireField::none) continue;
    const WireField& pointee = fields[fields[i].partner];
    if (pointee.kind == FieldKind::units && pointee.offset < limit && pointee.end() > limit)
      return wrong(ErrorCode::stringUnterminated, message, i);
    if (pointee.offset >= limit || pointee.offset + reach(message, fields[i]) > limit)
      return wrong(ErrorCode::badAddress, message, i);
  }
}

/// Reads wire fields at their old offsets, until one is wrong or the shape differs from the map's.
class ShiftedReader {
 public:
  ShiftedReader(const EncodedMessage& message, std::span<const std::byte> bytes) noexcept
      : message_(message), fields_(message.map.fields), bytes_(bytes) {}

  /// Nothing is wrong with fields before `moved`: what they are compared with precedes them.
  std::optional<ExpectedError> first_error(std::uint64_t moved) {
    std::uint32_t i = 0;
    while (i < fields_.size() && fields_[i].end() <= moved) ++i;
    for (; i < fields_.size(); ++i) {
      if (!is_required(fields_[i].kind) || fields_[i].offset < message_.map.body_begin) continue;
      if (fields_[i].end() > bytes_.size()) return cut_off(message_, i);
      check(i);
      if (expected_ || another_shape_) return expected_;
    }
    if (bytes_.size() - message_.map.object_end < 8) return std::nullopt;
    return ExpectedError{{ErrorCode::trailingBytes, {}, message_.map.object_end}, at_end(message_)};
  }

 private:
  [[nodiscard]] std::uint64_t now(std::uint32_t i) const noexcept { return read(message_, fields_[i], bytes_); }
  [[nodiscard]] bool changed(std::uint32_t i) const noexcept { return now(i) != read(message_, fields_[i]); }

  /// `i` must equal `other`. If both changed to the same value, the shape differs.
  void compare(std::uint32_t i, std::uint32_t other, ErrorCode code) {
    if (now(i) != now(other)) {
      expected_ = wrong(code, message_, i);
    } else {
      another_shape_ = changed(i);
    }
  }

  void check(std::uint32_t i) {
    const WireField& field = fields_[i];
    switch (field.kind) {
      case FieldKind::outerTag:
      case FieldKind::innerTag: compare(i, field.partner, ErrorCode::unionTagMismatch); break;
      case FieldKind::pointer: another_shape_ = (now(i) == 0) != (field.partner == WireField::none); break;
      case FieldKind::maxCount:
        if (field.partner < i) compare(i, field.partner, ErrorCode::arrayCountMismatch);
        break;
      case FieldKind::sizeIs: check_max_count_before(i); break;
      case FieldKind::stringOffset:
        if (now(i) != 0) expected_ = wrong(ErrorCode::stringOffset, message_, i);
        break;
      case FieldKind::actualCount: check_actual_count(i); break;
      case FieldKind::units: check_units(i); break;
      default: break;
    }
  }

  /// A SID's max_count precedes the field that it must equal, with Revision between them.
  void check_max_count_before(std::uint32_t size_is) {
    const std::uint32_t i = size_is - 2;
    if (fields_[i].kind != FieldKind::maxCount || fields_[i].partner != size_is) return;
    compare(i, size_is, ErrorCode::arrayCountMismatch);
  }

  void check_actual_count(std::uint32_t i) {
    if (now(i) > now(fields_[i].partner)) {
      expected_ = wrong(ErrorCode::stringLength, message_, i);
    } else if (now(i) == 0) {
      expected_ = wrong(ErrorCode::stringUnterminated, message_, i);
    } else {
      another_shape_ = changed(i);
    }
  }

  void check_units(std::uint32_t i) {
    const WireField last{.kind = FieldKind::integer, .path = {}, .offset = fields_[i].end() - 2, .size = 2};
    if (read(message_, last, bytes_) == 0) return;
    expected_ = wrong(ErrorCode::stringUnterminated, message_, fields_[i].partner);
  }

  const EncodedMessage& message_;
  const std::vector<WireField>& fields_;
  std::span<const std::byte> bytes_;
  std::optional<ExpectedError> expected_;
  bool another_shape_ = false;
};

}  // namespace

std::optional<ExpectedError> truncation(const EncodedMessage& message, std::uint64_t limit) {
  return is_memory_image(message.options.format) ? image_truncation(message, limit) : stream_truncation(message, limit);
}

std::optional<ExpectedError> read_shifted(const EncodedMessage& message, std::span<const std::byte> bytes,
                                          std::uint64_t moved) {
  return ShiftedReader(message, bytes).first_error(moved);
}

std::uint64_t reach(const EncodedMessage& message, const WireField& pointer) noexcept {
  const std::vector<WireField>& fields = message.map.fields;
  const std::uint64_t begin = fields[pointer.partner].offset;
  std::uint64_t end = begin;
  for (std::uint32_t i = pointer.partner; i < pointer.partner_end; ++i) {
    end = std::max(end, fields[i].end());
    // The pointees of inner pointers do not count.
    if (fields[i].kind == FieldKind::pointer && fields[i].partner != WireField::none) i = fields[i].partner_end - 1;
  }
  return end - begin;
}

}  // namespace qmforge::sim
