// Names and sentences of the encoder's errors, and the names of data.
#include "qmforge/sim/datum.h"
#include "qmforge/sim/encode.h"

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
    case EncodeErrorCode::unknownRevision: return "there are revisions 0 and 1 only";
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

std::string_view to_string(DatumKind kind) noexcept {
  switch (kind) {
    case DatumKind::headerField: return "header-field";
    case DatumKind::filler: return "filler";
    case DatumKind::integer: return "integer";
    case DatumKind::enumeration: return "enumeration";
    case DatumKind::trafficType: return "traffic-type";
    case DatumKind::outerTag: return "outer-tag";
    case DatumKind::type: return "type";
    case DatumKind::innerTag: return "inner-tag";
    case DatumKind::pointer: return "pointer";
    case DatumKind::sizeIs: return "size-is";
    case DatumKind::maxCount: return "max-count";
    case DatumKind::stringOffset: return "string-offset";
    case DatumKind::actualCount: return "actual-count";
    case DatumKind::elements: return "elements";
    case DatumKind::units: return "units";
    case DatumKind::bytes: return "bytes";
    case DatumKind::guid: return "guid";
    case DatumKind::alignment: return "alignment";
    case DatumKind::structPadding: return "struct-padding";
    case DatumKind::slot: return "slot";
    case DatumKind::bodyPadding: return "body-padding";
  }
  return {};
}

}  // namespace qmforge::sim
