// The offset of each wire field of the known vectors, by hand from C706 and [MS-RPCE]. The tests of truncation and byte
// order take the expected results from here, not from another program.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "qmforge/enums.h"

namespace qmforge::testing {

/// One wire field of a body. The padding at the end of a structure of NDR64 is one, too.
struct WireField {
  std::size_t offset;  // from the start of the body
  std::size_t size;
  std::size_t unit;  // the size of its integers; 1 for bytes
  std::string path;
};

/// The wire fields of a known vector of revision 0 in wire order; `format` is ndr20Body or ndr64.
[[nodiscard]] std::vector<WireField> fields_of(std::string_view shape, Format format);

}  // namespace qmforge::testing
