// The names and the sentences of the decoder's errors.
#include "qmforge/decode_error.h"

namespace qmforge {

std::string_view to_string(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::truncated: return "truncated";
    case ErrorCode::trailingBytes: return "trailing-bytes";
    case ErrorCode::headerVersion: return "header-version";
    case ErrorCode::headerEndianness: return "header-endianness";
    case ErrorCode::headerLength: return "header-length";
    case ErrorCode::objectLength: return "object-length";
    case ErrorCode::unionTagMismatch: return "union-tag-mismatch";
    case ErrorCode::unionTagUnknown: return "union-tag-unknown";
    case ErrorCode::arrayCountMismatch: return "array-count-mismatch";
    case ErrorCode::stringOffset: return "string-offset";
    case ErrorCode::stringLength: return "string-length";
    case ErrorCode::stringUnterminated: return "string-unterminated";
    case ErrorCode::badAddress: return "bad-address";
  }
  return {};
}

std::string_view message(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::truncated: return "the input ends inside this field";
    case ErrorCode::trailingBytes: return "more bytes follow the object than its padding";
    case ErrorCode::headerVersion: return "Version is not 1";
    case ErrorCode::headerEndianness: return "Endianness is neither 0x10 (little) nor 0x00 (big)";
    case ErrorCode::headerLength: return "CommonHeaderLength is not 8";
    case ErrorCode::objectLength: return "ObjectBufferLength is not a multiple of 8, or exceeds the remaining input";
    case ErrorCode::unionTagMismatch: return "the union's repeated discriminant differs from its switch field";
    case ErrorCode::unionTagUnknown: return "the union has no arm for its discriminant";
    case ErrorCode::arrayCountMismatch: return "the array's max_count differs from the field that gives its size";
    case ErrorCode::stringOffset: return "the string's offset is not 0";
    case ErrorCode::stringLength: return "the string's actual_count is above its max_count";
    case ErrorCode::stringUnterminated: return "the string does not end in a NUL";
    case ErrorCode::badAddress: return "the pointer points outside the memory image";
  }
  return {};
}

}  // namespace qmforge
