// Names and messages of the encoder's errors, and the names of wire fields.
#include "qmforge/sim/encode.h"
#include "qmforge/sim/field_map.h"

namespace qmforge::sim {

std::string_view to_string(EncodeErrorCode code) noexcept {
  switch (code) {
    case EncodeErrorCode::unknownRevision: return "unknown-revision";
    case EncodeErrorCode::noArm: return "no-arm";
    case EncodeErrorCode::nullInline: return "null-inline";
    case EncodeErrorCode::countMismatch: return "count-mismatch";
    case EncodeErrorCode::sidTooLong: return "sid-too-long";
    case EncodeErrorCode::stringTooLong: return "string-too-long";
    case EncodeErrorCode::innerNul: return "inner-nul";
    case EncodeErrorCode::objectTooLarge: return "object-too-large";
    case EncodeErrorCode::addressRange: return "address-range";
  }
  return {};
}

std::string_view message(EncodeErrorCode code) noexcept {
  switch (code) {
    case EncodeErrorCode::unknownRevision: return "the revision must be 0 or 1";
    case EncodeErrorCode::noArm: return "the union has no arm for this value";
    case EncodeErrorCode::nullInline: return "the arm is not a pointer, so it cannot be NULL";
    case EncodeErrorCode::countMismatch: return "the count is not the number of elements";
    case EncodeErrorCode::sidTooLong: return "a SID has at most 255 sub-authorities";
    case EncodeErrorCode::stringTooLong: return "the string's counts do not fit in 32 bits";
    case EncodeErrorCode::innerNul: return "in memory the string would end at its first NUL";
    case EncodeErrorCode::objectTooLarge: return "ObjectBufferLength does not fit in 32 bits";
    case EncodeErrorCode::addressRange: return "the image does not fit in the address space";
  }
  return {};
}

std::string_view to_string(FieldKind kind) noexcept {
  switch (kind) {
    case FieldKind::headerField: return "header-field";
    case FieldKind::filler: return "filler";
    case FieldKind::integer: return "integer";
    case FieldKind::enumeration: return "enumeration";
    case FieldKind::trafficType: return "traffic-type";
    case FieldKind::outerTag: return "outer-tag";
    case FieldKind::type: return "type";
    case FieldKind::innerTag: return "inner-tag";
    case FieldKind::pointer: return "pointer";
    case FieldKind::sizeIs: return "size-is";
    case FieldKind::maxCount: return "max-count";
    case FieldKind::stringOffset: return "string-offset";
    case FieldKind::actualCount: return "actual-count";
    case FieldKind::elements: return "elements";
    case FieldKind::units: return "units";
    case FieldKind::bytes: return "bytes";
    case FieldKind::guid: return "guid";
    case FieldKind::alignment: return "alignment";
    case FieldKind::structPadding: return "struct-padding";
    case FieldKind::slot: return "slot";
    case FieldKind::bodyPadding: return "body-padding";
  }
  return {};
}

}  // namespace qmforge::sim
