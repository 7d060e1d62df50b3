// How to read an input: its format, its revision, the address of a memory image.
#pragma once

#include <cstdint>

#include "qmforge/enums.h"

namespace qmforge {

struct DecodeOptions {
  Format format = Format::ndr20;
  Revision revision = Revision::r0;
  /// native64 and native32: the address of the input's first byte. The image's pointers are absolute addresses.
  std::uint64_t image_base = 0x10000;
};

}  // namespace qmforge
