// A decoding error as a sentence, with the values at the error's offset.
#include <algorithm>
#include <cstdint>
#include <optional>

#include "qmforge/explain.h"
#include "qmforge/names.h"
#include "text/digits.h"

namespace qmforge {
namespace {

using std::to_string;

std::string hex(std::uint64_t number) {
  std::string text = "0x";
  char digits[16];
  text.append(digits, std::to_chars(digits, digits + sizeof digits, number, 16).ptr);
  return text;
}

std::string count(std::uint64_t number, std::string_view noun) {
  return to_string(number).append(" ").append(noun).append(number == 1 ? "" : "s");
}

// `1 byte follows`, `2 bytes follow`
std::string bytes_follow(std::uint64_t number) {
  return count(number, "byte") + (number == 1 ? " follows" : " follow");
}

class Explanation {
 public:
  Explanation(const DecodeError& error, std::span<const std::byte> input, const DecodeOptions& options)
      : error_(error),
        input_(input),
        options_(options),
        big_(options.format == Format::ndr20 && input.size() > 1 && input[1] == std::byte{0}),
        // Pointers, max_count, offset and actual_count.
        word_(options.format == Format::ndr64 || options.format == Format::native64 ? 8 : 4) {}

  /// nullopt if the bytes add nothing to message(code).
  [[nodiscard]] std::optional<std::string> text() const {
    switch (error_.code) {
      case ErrorCode::truncated: return truncated();
      case ErrorCode::trailingBytes: return trailing_bytes();
      case ErrorCode::headerVersion: return found("Version is ", 1, ", expected 1");
      case ErrorCode::headerEndianness: return endianness();
      case ErrorCode::headerLength: return header_length();
      case ErrorCode::objectLength: return object_length();
      case ErrorCode::unionTagMismatch: return union_tag_mismatch();
      case ErrorCode::unionTagUnknown: return union_tag_unknown();
      case ErrorCode::arrayCountMismatch: return array_count_mismatch();
      case ErrorCode::stringOffset: return found("the string's offset is ", word_, ", expected 0");
      case ErrorCode::stringLength: return string_length();
      case ErrorCode::stringUnterminated: return string_unterminated();
      case ErrorCode::badAddress: return bad_address();
    }
    return std::nullopt;
  }

 private:
  using Text = std::optional<std::string>;

  [[nodiscard]] std::optional<std::uint64_t> read(std::uint64_t offset, std::size_t size, bool big) const {
    if (offset > input_.size() || input_.size() - offset < size) return std::nullopt;
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t at = static_cast<std::size_t>(offset) + (big ? i : size - 1 - i);
      number = number << 8 | std::to_integer<std::uint64_t>(input_[at]);
    }
    return number;
  }
  [[nodiscard]] std::optional<std::uint64_t> read(std::uint64_t offset, std::size_t size) const {
    return read(offset, size, big_);
  }
  // The integer `distance` bytes before the error; nullopt if that is before the input.
  [[nodiscard]] std::optional<std::uint64_t> before(std::uint64_t distance, std::size_t size) const {
    return distance <= error_.offset ? read(error_.offset - distance, size) : std::nullopt;
  }

  [[nodiscard]] Text found(std::string_view before, std::size_t size, std::string_view after) const {
    const auto value = read(error_.offset, size);
    if (!value) return std::nullopt;
    return std::string(before).append(to_string(*value)).append(after);
  }

  [[nodiscard]] Step last_step() const { return error_.field.step(error_.field.depth() - 1); }

  // Where the object ends: with the input, or where ObjectBufferLength says.
  [[nodiscard]] std::uint64_t end() const {
    const auto length = options_.format == Format::ndr20 && error_.offset >= 16 ? read(8, 4) : std::nullopt;
    return length ? std::min<std::uint64_t>(input_.size(), 16 + *length) : input_.size();
  }

  [[nodiscard]] Text truncated() const {
    const std::string field = error_.field.to_string();
    const std::uint64_t end_at = end();
    const std::uint64_t available = error_.offset < end_at ? end_at - error_.offset : 0;
    std::string text = field.empty() ? "the structure" : field;
    if (const auto needed = needed_bytes(available); needed && *needed > available) {
      text += " needs " + count(*needed, "byte") + " at byte " + to_string(error_.offset) + ", but ";
      text += available == 0 ? "none is there" : available == 1 ? "1 is there" : to_string(available) + " are there";
    } else {
      text += " begins at byte " + to_string(error_.offset) + " and is truncated after " + count(available, "byte");
    }
    text += end_at < input_.size() ? ": ObjectBufferLength ends the object at byte " : ": the input ends at byte ";
    return text + to_string(end_at);
  }

  // The size of the error's field, in bytes. nullopt if the field path does not tell whether the pointer, the count or
  // the contents are truncated.
  [[nodiscard]] std::optional<std::uint64_t> needed_bytes(std::uint64_t available) const {
    if (error_.field.depth() == 0) return std::nullopt;
    const bool is_image = is_memory_image(options_.format);
    switch (last_step()) {
      case Step::version:
      case Step::endianness:
      case Step::uint8:
      case Step::int8:
      case Step::prefixLength:
      case Step::revision:
      case Step::subAuthorityCount: return 1;
      case Step::commonHeaderLength:
      case Step::uint16:
      case Step::int16: return 2;
      case Step::filler:
      case Step::objectBufferLength:
      case Step::failureErrorCode:
      case Step::failurePoint:
      case Step::keyingModuleType:
      case Step::qmState:
      case Step::saRole:
      case Step::saTrafficType:
      case Step::type:
      case Step::uint32:
      case Step::int32:
      case Step::float32:
      case Step::mask:
      case Step::size:
      case Step::sidCount:
      case Step::restrictedSidCount: return 4;
      case Step::localSubNet:
      case Step::remoteSubNet:
        // A repeated discriminant. In NDR64 it is aligned to 8: elsewhere, padding up to there is missing.
        if (options_.format == Format::ndr64 && error_.offset % 8 != 0) return 8 - error_.offset % 8;
        return is_image ? word_ : 4;
      case Step::identifierAuthority: return 6;
      case Step::qmFilterId:
      case Step::mmSaLuid: return 8;
      case Step::mmProviderContextKey: return 16;
      case Step::addr: return error_.field.step(error_.field.depth() - 2) == Step::v6AddrMask ? 16 : 4;
      // Behind a pointer, which is all there if `word_` bytes are.
      case Step::uint64:
      case Step::int64:
      case Step::double64:
      case Step::bitmapArray64: return pointee(available, 8);
      case Step::byteArray6: return pointee(available, 6);
      case Step::byteArray16: return pointee(available, 16);
      // Elements, behind their count.
      case Step::data: return pointee(available, before(word_, word_));
      case Step::unicodeString: return elements(available, before(word_, word_), 2);
      case Step::subAuthority: return elements(available, before(8 + word_, word_), 4);
      case Step::sids:
      case Step::restrictedSids: return elements(available, before(word_, word_), 2 * word_);
      default: return std::nullopt;
    }
  }
  [[nodiscard]] std::optional<std::uint64_t> pointee(std::uint64_t available, std::optional<std::uint64_t> size) const {
    return available < word_ ? std::nullopt : size;
  }
  [[nodiscard]] std::optional<std::uint64_t> elements(std::uint64_t available, std::optional<std::uint64_t> count,
                                                      std::uint64_t size) const {
    if (available < word_ || !count || *count > ~std::uint64_t{0} / size) return std::nullopt;
    return *count * size;
  }

  [[nodiscard]] Text trailing_bytes() const {
    const std::uint64_t end_at = end();
    if (error_.offset > end_at) return std::nullopt;
    if (error_.offset == end_at)
      return "ObjectBufferLength ends the object at byte " + to_string(end_at) + ", but " +
             bytes_follow(input_.size() - end_at);
    return "the event ends at byte " + to_string(error_.offset) + ", but " + bytes_follow(end_at - error_.offset) +
           ", expected at most 7 of padding";
  }

  [[nodiscard]] Text endianness() const {
    const auto value = read(error_.offset, 1);
    return value ? Text("Endianness is " + hex(*value) + ", expected 0x10 (little) or 0x0 (big)") : std::nullopt;
  }

  [[nodiscard]] Text header_length() const {
    const auto value = read(error_.offset, 2, false);
    return value ? Text("CommonHeaderLength is " + to_string(*value) + ", expected 8") : std::nullopt;
  }

  [[nodiscard]] Text object_length() const {
    const auto length = read(error_.offset, 4);
    if (!length || input_.size() < 16) return std::nullopt;
    const std::string text = "ObjectBufferLength is " + to_string(*length);
    if (*length % 8 != 0) return text + ", not a multiple of 8";
    return text + ", but " + bytes_follow(input_.size() - 16) + " the header";
  }

  [[nodiscard]] Text union_tag_mismatch() const {
    if (error_.field.depth() == 0) return std::nullopt;
    const bool is_inner = last_step() == Step::type;
    const std::uint64_t body = options_.format == Format::ndr20 ? 16 : 0;
    const auto tag = read(error_.offset, 4);
    // A value's type precedes its union, which NDR64 aligns to 8; saTrafficType is the body's sixth number.
    const auto expected = is_inner ? before(options_.format == Format::ndr64 ? 8 : 4, 4) : read(body + 20, 4);
    if (!tag || !expected) return std::nullopt;
    return "the union's repeated discriminant is " + to_string(*tag) + ", expected " + to_string(*expected) +
           ", the value of " + (is_inner ? error_.field.to_string() : "saTrafficType");
  }

  [[nodiscard]] Text union_tag_unknown() const {
    const auto tag = read(error_.offset, 4);
    if (!tag || error_.field.depth() == 0) return std::nullopt;
    const bool is_value = last_step() == Step::type;
    const bool is_in_range = error_.field.depth() > 2;
    return "the union has no arm for the discriminant " + to_string(*tag) + ", expected " +
           (!is_value     ? "0 (transport) or 1 (tunnel)"
            : is_in_range ? "0 to 20 (FWP_VALUE0)"
                          : "0 to 20 or 256 to 258 (FWP_CONDITION_VALUE0)");
  }

  [[nodiscard]] Text array_count_mismatch() const {
    const auto max_count = read(error_.offset, word_);
    if (!max_count || error_.field.depth() == 0) return std::nullopt;
    std::optional<std::uint64_t> size_is;
    std::string_view name;
    switch (last_step()) {
      case Step::data:  // {size, pointer}, then the array
        size_is = before(2 * word_, 4);
        name = "size";
        break;
      case Step::sids:  // two of {count, pointer}, then the array
        size_is = before(4 * word_, 4);
        name = "sidCount";
        break;
      case Step::subAuthority:  // max_count, Revision, SubAuthorityCount
        size_is = read(error_.offset + word_ + 1, 1);
        name = "SubAuthorityCount";
        break;
      case Step::restrictedSids: return "max_count is " + to_string(*max_count) + ", which is not restrictedSidCount";
      default: break;
    }
    if (!size_is) return std::nullopt;
    return "max_count is " + to_string(*max_count) + ", expected " + to_string(*size_is) + ", the value of " +
           std::string(name);
  }

  [[nodiscard]] Text string_length() const {
    const auto max_count = before(2 * word_, word_);
    const auto actual_count = read(error_.offset, word_);
    if (!max_count || !actual_count) return std::nullopt;
    return "actual_count is " + to_string(*actual_count) + ", above max_count, which is " + to_string(*max_count);
  }

  [[nodiscard]] Text string_unterminated() const {
    const auto value = read(error_.offset, word_);
    if (!value) return std::nullopt;
    if (is_memory_image(options_.format))
      return "the string at address " + hex(*value) + " has no NUL before the image ends at " + hex(image_end());
    if (*value == 0) return "actual_count is 0, expected at least 1, for the NUL";
    if (*value > input_.size()) return std::nullopt;
    const auto last = read(error_.offset + word_ + 2 * (*value - 1), 2);
    return last ? Text("the last of the string's " + count(*value, "unit") + " is " + hex(*last) + ", expected a NUL")
                : std::nullopt;
  }

  [[nodiscard]] Text bad_address() const {
    const auto pointer = read(error_.offset, word_);
    if (!pointer) return std::nullopt;
    const std::string image = "the image, " + hex(options_.image_base) + " up to " + hex(image_end());
    if (*pointer < options_.image_base || *pointer >= image_end())
      return "the pointer is " + hex(*pointer) + ", outside " + image;
    return "the pointer is " + hex(*pointer) + ", but its target ends outside " + image;
  }
  [[nodiscard]] std::uint64_t image_end() const { return options_.image_base + input_.size(); }

  const DecodeError& error_;
  std::span<const std::byte> input_;
  const DecodeOptions& options_;
  bool big_;
  std::size_t word_;
};

}  // namespace

std::string explain(const DecodeError& error, std::span<const std::byte> input, const DecodeOptions& options) {
  return Explanation(error, input, options).text().value_or(std::string(message(error.code)));
}

}  // namespace qmforge
