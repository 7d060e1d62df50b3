// Where libndr 4.17.12 gives another result than the expected one, and which one is right. Results that differ from
// this list, and entries that do not occur, fail malformed_interop_test. disagreements.md is this list as a page.
#pragma once

#include <string_view>

namespace qmforge::interop {

struct ListedDisagreement {
  std::string_view fault;      // of the catalogue (`qmforge list faults`), or what else is asked
  std::string_view expected;   // the code, or `an event`
  std::string_view encodings;  // with commas between
  /// What libndr does: `accepts`, `rejects`, `reads another event`; or `stops there`, for what follows an object: it
  /// accepts, but has read just up to the offset that is expected.
  std::string_view outcome;
  std::string_view why;
};

inline constexpr ListedDisagreement listed_disagreements[] = {
    {"bytes-after-object", "trailing-bytes", "ndr20", "accepts",
     "qmforge: 8 or more bytes are not padding to a multiple of 8. libndr ignores what is left of a "
     "subcontext unless it is told not to"},
    {"alignment-extra", "trailing-bytes", "ndr20", "accepts",
     "qmforge, as in the first row: the bytes that were put in push others out of the object"},
    {"inner-tag-twice", "trailing-bytes", "ndr20", "accepts", "qmforge, as in the first row"},
    {"outer-tag-twice", "trailing-bytes", "ndr20", "accepts", "qmforge, as in the first row"},
    {"pointee-left-over", "trailing-bytes", "ndr20", "accepts",
     "qmforge, as in the first row: the pointee of a pointer that became NULL is left"},
    {"bytes-after-length", "trailing-bytes", "ndr20", "stops there",
     "both: to libndr, whether anything may follow is a question for its caller"},
    {"bytes-after-object", "trailing-bytes", "ndr20-be, ndr20-body, ndr64", "stops there",
     "both, as in the row before"},
    {"alignment-extra", "trailing-bytes", "ndr20-be, ndr20-body, ndr64", "stops there", "both, likewise"},
    {"inner-tag-twice", "trailing-bytes", "ndr20-be, ndr20-body, ndr64", "stops there", "both, likewise"},
    {"outer-tag-twice", "trailing-bytes", "ndr20-be, ndr64", "stops there", "both, likewise"},
    {"pointee-left-over", "trailing-bytes", "ndr20-be, ndr20-body, ndr64", "stops there", "both, likewise"},
    {"big-endian header", "an event", "ndr20", "rejects",
     "qmforge, by [MS-RPCE] 2.2.6.1: Endianness 0 announces big-endian data. libndr reads ObjectBufferLength "
     "little-endian, and then it sets the byte order of the wrong reader: the body would be read "
     "little-endian as well"},
    {"header-endianness-flipped", "object-length", "ndr20", "accepts",
     "qmforge, for the same reason: libndr checks Endianness and does not follow it"},
    {"referent ids above 32 bits", "an event", "ndr64", "rejects",
     "qmforge: [MS-RPCE] 2.2.5 makes a pointer 8 bytes and says nothing of its upper half, and any number but "
     "0 means \"present\" (C706 14.3.10). libndr keeps referent ids in 32 bits and rejects what does not "
     "fit"},
    {"byte changed", "an event", "ndr64", "rejects",
     "qmforge, as in the row before: the byte is in the upper half of a referent id"},
};

}  // namespace qmforge::interop
