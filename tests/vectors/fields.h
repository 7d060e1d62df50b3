// Where each wire field of the known vectors stands, written down from C706 and [MS-RPCE] by hand: what the decoders
// are asked about truncation and byte order is answered by this, not by another program.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "qmforge/enums.h"

namespace qmforge::testing {

/// One wire field of a body. The padding that ends a structure of NDR64 counts as one.
struct WireField {
  std::size_t offset;  // from the start of the body
  std::size_t size;
  std::size_t unit;  // the size of the integers that it is made of; 1 for bytes
  std::string path;
};

/// The wire fields of a known vector of revision 0 in the order of reading; `format` is ndr20Body or ndr64.
[[nodiscard]] std::vector<WireField> fields_of(std::string_view shape, Format format);

}  // namespace qmforge::testing
