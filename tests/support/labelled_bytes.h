// Files of labelled bytes: one `label hex` a line; lines that begin with '#' are comments.
#pragma once

#include <cstddef>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "qmforge/enums.h"
#include "support/hex.h"

namespace qmforge::testing {

struct LabelledBytes {
  std::string label;
  std::vector<std::byte> bytes;
};

inline std::vector<LabelledBytes> read_labelled_bytes(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot open " + path);
  std::vector<LabelledBytes> all;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::size_t space = line.find(' ');
    if (space == std::string::npos) throw std::runtime_error("no space in a line of " + path);
    all.push_back({line.substr(0, space), from_hex(line.substr(space + 1))});
  }
  return all;
}

/// One of the events that other engines wrote (Wine's rpcrt4, Samba's libndr, impacket).
struct KnownVector {
  std::string label;  // `ndr20-tunnel_v4`
  std::string shape;  // `tunnel_v4`
  Format format;      // ndr20 or ndr64
  std::vector<std::byte> bytes;
};

/// tests/data/known-bytes.txt: thirteen shapes in two formats.
inline std::vector<KnownVector> known_vectors() {
  std::vector<KnownVector> vectors;
  for (LabelledBytes& line : read_labelled_bytes(QMFORGE_TEST_DATA "/known-bytes.txt")) {
    const std::size_t dash = line.label.find('-');
    const Format format = line.label.substr(0, dash) == "ndr64" ? Format::ndr64 : Format::ndr20;
    vectors.push_back({line.label, line.label.substr(dash + 1), format, std::move(line.bytes)});
  }
  if (vectors.size() != 26) throw std::runtime_error("known-bytes.txt does not hold 26 vectors");
  return vectors;
}

}  // namespace qmforge::testing
