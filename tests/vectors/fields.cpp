#include "vectors/fields.h"

#include <sstream>
#include <stdexcept>

namespace qmforge::testing {
namespace {

// One line: offset, size, then `xN` for integers of N bytes or `raw` for bytes (default: one integer), then the path. L
// and R are localSubNet and remoteSubNet.
struct Table {
  std::string_view shape;
  Format format;
  std::string_view lines;
};

constexpr std::string_view head = R"(
0 4 failureErrorCode
4 4 failurePoint
8 4 keyingModuleType
12 4 qmState
16 4 saRole
20 4 saTrafficType
)";

constexpr Table tables[] = {
    {"transport", Format::ndr20Body, R"(
24 4 L
28 4 R
32 8 qmFilterId)"},
    {"transport", Format::ndr64, R"(
24 4 L
32 4 R
40 8 qmFilterId)"},

    {"tunnel_v4", Format::ndr20Body, R"(
24 4 L
28 4 L.type
32 4 L.type
36 4 L.v4AddrMask
40 4 R
44 4 R.type
48 4 R.type
52 4 R.v4AddrMask
56 8 qmFilterId
64 4 L.v4AddrMask.addr
68 4 L.v4AddrMask.mask
72 4 R.v4AddrMask.addr
76 4 R.v4AddrMask.mask)"},
    {"tunnel_v4", Format::ndr64, R"(
24 4 L
32 4 L.type
40 4 L.type
48 8 L.v4AddrMask
56 4 R
64 4 R.type
72 4 R.type
80 8 R.v4AddrMask
88 8 qmFilterId
96 4 L.v4AddrMask.addr
100 4 L.v4AddrMask.mask
104 4 R.v4AddrMask.addr
108 4 R.v4AddrMask.mask)"},

    {"tunnel_v6", Format::ndr20Body, R"(
24 4 L
28 4 L.type
32 4 L.type
36 4 L.v6AddrMask
40 4 R
44 4 R.type
48 4 R.type
52 4 R.v6AddrMask
56 8 qmFilterId
64 16 raw L.v6AddrMask.addr
80 1 L.v6AddrMask.prefixLength
81 16 raw R.v6AddrMask.addr
97 1 R.v6AddrMask.prefixLength)"},
    {"tunnel_v6", Format::ndr64, R"(
24 4 L
32 4 L.type
40 4 L.type
48 8 L.v6AddrMask
56 4 R
64 4 R.type
72 4 R.type
80 8 R.v6AddrMask
88 8 qmFilterId
96 16 raw L.v6AddrMask.addr
112 1 L.v6AddrMask.prefixLength
113 16 raw R.v6AddrMask.addr
129 1 R.v6AddrMask.prefixLength)"},

    {"tunnel_v6_v4", Format::ndr20Body, R"(
24 4 L
28 4 L.type
32 4 L.type
36 4 L.v6AddrMask
40 4 R
44 4 R.type
48 4 R.type
52 4 R.v4AddrMask
56 8 qmFilterId
64 16 raw L.v6AddrMask.addr
80 1 L.v6AddrMask.prefixLength
84 4 R.v4AddrMask.addr
88 4 R.v4AddrMask.mask)"},
    {"tunnel_v6_v4", Format::ndr64, R"(
24 4 L
32 4 L.type
40 4 L.type
48 8 L.v6AddrMask
56 4 R
64 4 R.type
72 4 R.type
80 8 R.v4AddrMask
88 8 qmFilterId
96 16 raw L.v6AddrMask.addr
112 1 L.v6AddrMask.prefixLength
116 4 R.v4AddrMask.addr
120 4 R.v4AddrMask.mask)"},

    {"tunnel_empty_empty", Format::ndr20Body, R"(
24 4 L
28 4 L.type
32 4 L.type
36 4 R
40 4 R.type
44 4 R.type
48 8 qmFilterId)"},
    {"tunnel_empty_empty", Format::ndr64, R"(
24 4 L
32 4 L.type
40 4 L.type
44 4 raw L
48 4 R
56 4 R.type
64 4 R.type
68 4 raw R
72 8 qmFilterId)"},

    {"tunnel_v4null_v4", Format::ndr20Body, R"(
24 4 L
28 4 L.type
32 4 L.type
36 4 L.v4AddrMask
40 4 R
44 4 R.type
48 4 R.type
52 4 R.v4AddrMask
56 8 qmFilterId
64 4 R.v4AddrMask.addr
68 4 R.v4AddrMask.mask)"},
    {"tunnel_v4null_v4", Format::ndr64, R"(
24 4 L
32 4 L.type
40 4 L.type
48 8 L.v4AddrMask
56 4 R
64 4 R.type
72 4 R.type
80 8 R.v4AddrMask
88 8 qmFilterId
96 4 R.v4AddrMask.addr
100 4 R.v4AddrMask.mask)"},

    {"tunnel_u8", Format::ndr20Body, R"(
24 4 L
28 4 L.type
32 4 L.type
36 1 L.uint8
40 4 R
44 4 R.type
48 4 R.type
56 8 qmFilterId)"},
    {"tunnel_u8", Format::ndr64, R"(
24 4 L
32 4 L.type
40 4 L.type
48 1 L.uint8
49 7 raw L
56 4 R
64 4 R.type
72 4 R.type
76 4 raw R
80 8 qmFilterId)"},

    {"tunnel_u64", Format::ndr20Body, R"(
24 4 L
28 4 L.type
32 4 L.type
36 4 L.uint64
40 4 R
44 4 R.type
48 4 R.type
56 8 qmFilterId
64 8 L.uint64)"},
    {"tunnel_u64", Format::ndr64, R"(
24 4 L
32 4 L.type
40 4 L.type
48 8 L.uint64
56 4 R
64 4 R.type
72 4 R.type
76 4 raw R
80 8 qmFilterId
88 8 L.uint64)"},

    {"tunnel_blob5", Format::ndr20Body, R"(
24 4 L
28 4 L.type
32 4 L.type
36 4 L.byteBlob
40 4 R
44 4 R.type
48 4 R.type
56 8 qmFilterId
64 4 L.byteBlob.size
68 4 L.byteBlob.data
72 4 L.byteBlob.data
76 5 raw L.byteBlob.data)"},
    {"tunnel_blob5", Format::ndr64, R"(
24 4 L
32 4 L.type
40 4 L.type
48 8 L.byteBlob
56 4 R
64 4 R.type
72 4 R.type
76 4 raw R
80 8 qmFilterId
88 4 L.byteBlob.size
96 8 L.byteBlob.data
104 8 L.byteBlob.data
112 5 raw L.byteBlob.data)"},

    {"tunnel_sid", Format::ndr20Body, R"(
24 4 L
28 4 L.type
32 4 L.type
36 4 L.sid
40 4 R
44 4 R.type
48 4 R.type
56 8 qmFilterId
64 4 L.sid.SubAuthority
68 1 L.sid.Revision
69 1 L.sid.SubAuthorityCount
70 6 raw L.sid.IdentifierAuthority
76 8 x4 L.sid.SubAuthority)"},
    {"tunnel_sid", Format::ndr64, R"(
24 4 L
32 4 L.type
40 4 L.type
48 8 L.sid
56 4 R
64 4 R.type
72 4 R.type
76 4 raw R
80 8 qmFilterId
88 8 L.sid.SubAuthority
96 1 L.sid.Revision
97 1 L.sid.SubAuthorityCount
98 6 raw L.sid.IdentifierAuthority
104 8 x4 L.sid.SubAuthority)"},

    {"tunnel_token", Format::ndr20Body, R"(
24 4 L
28 4 L.type
32 4 L.type
36 4 L.tokenInformation
40 4 R
44 4 R.type
48 4 R.type
56 8 qmFilterId
64 4 L.tokenInformation.sidCount
68 4 L.tokenInformation.sids
72 4 L.tokenInformation.restrictedSidCount
76 4 L.tokenInformation.restrictedSids
80 4 L.tokenInformation.sids
84 16 x4 L.tokenInformation.sids
100 4 L.tokenInformation.sids[0].sid.SubAuthority
104 1 L.tokenInformation.sids[0].sid.Revision
105 1 L.tokenInformation.sids[0].sid.SubAuthorityCount
106 6 raw L.tokenInformation.sids[0].sid.IdentifierAuthority
112 8 x4 L.tokenInformation.sids[0].sid.SubAuthority
120 4 L.tokenInformation.restrictedSids
124 8 x4 L.tokenInformation.restrictedSids
132 4 L.tokenInformation.restrictedSids[0].sid.SubAuthority
136 1 L.tokenInformation.restrictedSids[0].sid.Revision
137 1 L.tokenInformation.restrictedSids[0].sid.SubAuthorityCount
138 6 raw L.tokenInformation.restrictedSids[0].sid.IdentifierAuthority
144 8 x4 L.tokenInformation.restrictedSids[0].sid.SubAuthority)"},
    {"tunnel_token", Format::ndr64, R"(
24 4 L
32 4 L.type
40 4 L.type
48 8 L.tokenInformation
56 4 R
64 4 R.type
72 4 R.type
76 4 raw R
80 8 qmFilterId
88 4 L.tokenInformation.sidCount
96 8 L.tokenInformation.sids
104 4 L.tokenInformation.restrictedSidCount
112 8 L.tokenInformation.restrictedSids
120 8 L.tokenInformation.sids
128 32 x4 L.tokenInformation.sids
160 8 L.tokenInformation.sids[0].sid.SubAuthority
168 1 L.tokenInformation.sids[0].sid.Revision
169 1 L.tokenInformation.sids[0].sid.SubAuthorityCount
170 6 raw L.tokenInformation.sids[0].sid.IdentifierAuthority
176 8 x4 L.tokenInformation.sids[0].sid.SubAuthority
184 8 L.tokenInformation.restrictedSids
192 16 x4 L.tokenInformation.restrictedSids
208 8 L.tokenInformation.restrictedSids[0].sid.SubAuthority
216 1 L.tokenInformation.restrictedSids[0].sid.Revision
217 1 L.tokenInformation.restrictedSids[0].sid.SubAuthorityCount
218 6 raw L.tokenInformation.restrictedSids[0].sid.IdentifierAuthority
224 8 x4 L.tokenInformation.restrictedSids[0].sid.SubAuthority)"},

    {"tunnel_str", Format::ndr20Body, R"(
24 4 L
28 4 L.type
32 4 L.type
36 4 L.unicodeString
40 4 R
44 4 R.type
48 4 R.type
56 8 qmFilterId
64 4 L.unicodeString
68 4 L.unicodeString
72 4 L.unicodeString
76 22 x2 L.unicodeString)"},
    {"tunnel_str", Format::ndr64, R"(
24 4 L
32 4 L.type
40 4 L.type
48 8 L.unicodeString
56 4 R
64 4 R.type
72 4 R.type
76 4 raw R
80 8 qmFilterId
88 8 L.unicodeString
96 8 L.unicodeString
104 8 L.unicodeString
112 22 x2 L.unicodeString)"},

    {"tunnel_range_u32", Format::ndr20Body, R"(
24 4 L
28 4 L.type
32 4 L.type
36 4 L.rangeValue
40 4 R
44 4 R.type
48 4 R.type
56 8 qmFilterId
64 4 L.rangeValue.valueLow.type
68 4 L.rangeValue.valueLow.type
72 4 L.rangeValue.valueLow.uint32
76 4 L.rangeValue.valueHigh.type
80 4 L.rangeValue.valueHigh.type
84 4 L.rangeValue.valueHigh.uint32)"},
    {"tunnel_range_u32", Format::ndr64, R"(
24 4 L
32 4 L.type
40 4 L.type
48 8 L.rangeValue
56 4 R
64 4 R.type
72 4 R.type
76 4 raw R
80 8 qmFilterId
88 4 L.rangeValue.valueLow.type
96 4 L.rangeValue.valueLow.type
104 4 L.rangeValue.valueLow.uint32
108 4 raw L.rangeValue.valueLow
112 4 L.rangeValue.valueHigh.type
120 4 L.rangeValue.valueHigh.type
128 4 L.rangeValue.valueHigh.uint32
132 4 raw L.rangeValue.valueHigh)"},
};

std::string spelled_out(std::string path) {
  if (path.starts_with("L")) return path.replace(0, 1, "localSubNet");
  if (path.starts_with("R")) return path.replace(0, 1, "remoteSubNet");
  return path;
}

void append(std::vector<WireField>& fields, std::string_view lines) {
  std::istringstream text{std::string(lines)};
  for (std::string line; std::getline(text, line);) {
    if (line.empty()) continue;
    std::istringstream words(line);
    WireField field{};
    words >> field.offset >> field.size >> field.path;
    field.unit = field.size;
    if (field.path == "raw" || field.path[0] == 'x') {
      field.unit = field.path == "raw" ? 1 : static_cast<std::size_t>(field.path[1] - '0');
      words >> field.path;
    }
    field.path = spelled_out(field.path);
    fields.push_back(field);
  }
}

}  // namespace

std::vector<WireField> fields_of(std::string_view shape, Format format) {
  for (const Table& table : tables) {
    if (table.shape != shape || table.format != format) continue;
    std::vector<WireField> all;
    append(all, head);
    append(all, table.lines);
    return all;
  }
  throw std::invalid_argument("no such shape: " + std::string(shape));
}

}  // namespace qmforge::testing
