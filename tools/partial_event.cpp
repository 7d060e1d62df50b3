#include "partial_event.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "qmforge/names.h"

namespace qmforge::tools {
namespace {

// A subnet's value behind a pointer: read after the structure.
struct Pointee {
  ConditionValue* value;
  bool* is_read;
  std::uint64_t at;  // native: its offset
};

class Reading {
 public:
  Reading(const DecodeError& error, std::span<const std::byte> input, const DecodeOptions& options)
      : input_(input), options_(options), is_image_(is_memory_image(options.format)) {
    const bool has_header = options.format == Format::ndr20;
    at_ = begin_ = has_header ? 16 : 0;
    big_ = has_header && input.size() > 1 && input[1] == std::byte{0};
    wide_ = options.format == Format::ndr64 || options.format == Format::native64;
    // A bad address does not affect the members of the structure that holds the pointer.
    const bool all = is_image_ && error.code != ErrorCode::truncated;
    end_ = std::min<std::uint64_t>(input.size(), all ? input.size() : error.offset);
    failed_ = error.field.depth() == 0 ? Step::none : error.field.step(0);
  }

  PartialEvent read() && {
    Event& event = out_.event;
    event.revision = options_.revision;
    event.saTrafficType = TrafficType{~0U};
    const bool numbers =
        number(Step::failureErrorCode, event.failureErrorCode) && enumeration(Step::failurePoint, event.failurePoint) &&
        enumeration(Step::keyingModuleType, event.keyingModuleType) && enumeration(Step::qmState, event.qmState) &&
        enumeration(Step::saRole, event.saRole) && enumeration(Step::saTrafficType, event.saTrafficType);
    if (!numbers || !is_valid(event.saTrafficType)) return std::move(out_);
    if (!subnet(Step::localSubNet, event.localSubNet, out_.has_local_value) ||
        !subnet(Step::remoteSubNet, event.remoteSubNet, out_.has_remote_value) ||
        !number(Step::qmFilterId, event.qmFilterId))
      return std::move(out_);
    if (options_.revision == Revision::r1 &&
        !(number(Step::mmSaLuid, event.mmSaLuid) && guid(event.mmProviderContextKey)))
      return std::move(out_);
    for (std::size_t i = 0; i < pointee_count_ && pointee(pointees_[i]); ++i) *pointees_[i].is_read = true;
    return std::move(out_);
  }

 private:
  void align(std::size_t alignment) { at_ = begin_ + (at_ - begin_ + alignment - 1) / alignment * alignment; }

  // Reads an integer, aligned to its size or more; false if it does not end before the error.
  template <class Number>
  bool take(Number& number, std::size_t alignment = sizeof(Number)) {
    align(alignment);
    if (at_ > end_ || end_ - at_ < sizeof(Number)) return false;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(Number); ++i)
      value = value << 8 | std::to_integer<std::uint64_t>(
                               input_[static_cast<std::size_t>(at_) + (big_ ? i : sizeof(Number) - 1 - i)]);
    number = static_cast<Number>(value);
    at_ += sizeof(Number);
    return true;
  }
  bool take_word(std::uint64_t& number) {
    std::uint32_t narrow = 0;
    if (wide_) return take(number);
    if (!take(narrow)) return false;
    number = narrow;
    return true;
  }

  template <class Number>
  bool number(Step step, Number& value) {
    if (!take(value)) return false;
    out_.members.push_back(step);
    return true;
  }
  template <class Enum>
  bool enumeration(Step step, Enum& value) {
    std::uint32_t number = 0;
    if (!this->number(step, number)) return false;
    value = static_cast<Enum>(number);
    return true;
  }
  bool guid(Guid& value) {
    if (!take(value.data1) || !take(value.data2) || !take(value.data3)) return false;
    for (std::uint8_t& byte : value.data4)
      if (!take(byte)) return false;
    out_.members.push_back(Step::mmProviderContextKey);
    return true;
  }

  bool subnet(Step step, ConditionValue& value, bool& is_read) {
    const std::uint64_t slot = at_;
    std::uint32_t tag = 0;
    std::uint32_t type = 0;
    const std::size_t alignment = wide_ ? 8 : 4;
    if (!is_image_ && !take(tag, alignment)) return false;
    if (!out_.event.has_subnets()) {
      at_ = is_image_ ? slot + 2 * alignment : at_;
      return true;
    }
    if (!take(type, alignment)) return false;
    value = ConditionValue(static_cast<DataType>(type));
    out_.members.push_back(step);
    if (!is_image_ && !take(tag, alignment)) return false;
    const bool has_arm = is_condition_value_type(value.type) && arm(step, value, is_read);
    if (!is_image_) return has_arm;
    at_ = slot + 2 * alignment;
    return true;
  }

  bool arm(Step step, ConditionValue& value, bool& is_read) {
    if (wide_) align(8);
    is_read = true;
    switch (value.type) {
      case DataType::empty: return true;
      case DataType::uint8:
      case DataType::int8:
      case DataType::bitmapIndex: return is_read = take(value.arm.uint8);
      case DataType::uint16:
      case DataType::int16: return is_read = take(value.arm.uint16);
      case DataType::uint32:
      case DataType::int32:
      case DataType::float32: return is_read = take(value.arm.uint32);
      default: break;
    }
    is_read = false;
    std::uint64_t pointer = 0;
    if (!take_word(pointer)) return false;
    value.is_null = is_read = pointer == 0;
    if (pointer != 0 && !(is_image_ && step == failed_))
      pointees_[pointee_count_++] = {&value, &is_read, pointer - options_.image_base};
    return true;
  }

  bool pointee(const Pointee& pointee) {
    if (is_image_) {
      if (pointee.at > input_.size()) return false;
      at_ = pointee.at;
    }
    ConditionValue& value = *pointee.value;
    if (value.type == DataType::v4AddrMask) {
      const std::size_t alignment = is_image_ ? 1 : 4;
      return take(value.v4AddrMask.addr, alignment) && take(value.v4AddrMask.mask, alignment);
    }
    if (value.type != DataType::v6AddrMask) return false;
    for (std::uint8_t& byte : value.v6AddrMask.addr)
      if (!take(byte)) return false;
    return take(value.v6AddrMask.prefixLength);
  }

  std::span<const std::byte> input_;
  const DecodeOptions& options_;
  bool is_image_;
  bool big_ = false;
  bool wide_ = false;
  Step failed_ = Step::none;  // the member with the error
  std::uint64_t begin_ = 0;   // the offset that alignment is relative to
  std::uint64_t at_ = 0;
  std::uint64_t end_ = 0;
  std::array<Pointee, 2> pointees_{};
  std::size_t pointee_count_ = 0;
  PartialEvent out_;
};

}  // namespace

PartialEvent read_before(const DecodeError& error, std::span<const std::byte> input, const DecodeOptions& options) {
  return Reading(error, input, options).read();
}

}  // namespace qmforge::tools
