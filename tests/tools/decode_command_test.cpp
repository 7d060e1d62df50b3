// qmforge decode: what it prints as JSON, in which order, and with which exit status.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "process.h"
#include "qmforge/names.h"
#include "support/hex.h"
#include "support/labelled_bytes.h"

namespace qmforge {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using testing::KnownVector;
using testing::lines_of;
using testing::ProcessResult;
using testing::run;
using ::testing::StartsWith;
using testing::TemporaryFolder;

std::string hex_lines(Format format) {
  std::string text;
  for (const KnownVector& vector : testing::known_vectors())
    if (vector.format == format) text += vector.label + ' ' + testing::to_hex(vector.bytes) + '\n';
  return text;
}

std::string bytes_of(std::string_view label) {
  for (const KnownVector& vector : testing::known_vectors())
    if (vector.label == label) return {reinterpret_cast<const char*>(vector.bytes.data()), vector.bytes.size()};
  throw std::invalid_argument(std::string(label));
}

bool has_valid_subnets(const std::string& shape) {
  return shape == "transport" || shape == "tunnel_v4" || shape == "tunnel_v6" || shape == "tunnel_v6_v4";
}

class DecodeKnownVectors : public ::testing::TestWithParam<Format> {};

// The whole JSON form of the vectors of other engines. One vector has Samba's numbering of referent ids, which is not
// canonical.
TEST_P(DecodeKnownVectors, AsJsonInTheirOrder) {
  const ProcessResult result =
      run({"decode", "--json", "--hex", "--format", std::string(to_string(GetParam())), "-"}, hex_lines(GetParam()));
  EXPECT_EQ(result.status, 1);  // most have subnets that are not address masks
  EXPECT_EQ(result.err, "");
  const std::vector<std::string> lines = lines_of(result.out);
  std::size_t next = 0;
  for (const KnownVector& vector : testing::known_vectors()) {
    if (vector.format != GetParam()) continue;
    ASSERT_LT(next, lines.size());
    const json object = json::parse(lines[next++]);
    EXPECT_EQ(object["label"], vector.label);
    EXPECT_EQ(object["format"], to_string(GetParam()));
    EXPECT_EQ(object["revision"], 0);
    EXPECT_EQ(object["verdict"], has_valid_subnets(vector.shape) ? "valid" : "invalid") << vector.label;
    EXPECT_EQ(object["canonical"], vector.label != "ndr64-tunnel_token") << vector.label;
    EXPECT_EQ(object["error"], nullptr);
    const json& event = object["event"];
    EXPECT_EQ(event["failureErrorCode"], 13806);
    EXPECT_EQ(event["failureErrorName"], "ERROR_IPSEC_IKE_NO_CERT");
    EXPECT_EQ(event["failurePoint"], "IPSEC_FAILURE_PEER");
    EXPECT_EQ(event["keyingModuleType"], "IKEEXT_KEY_MODULE_IKEV2");
    EXPECT_EQ(event["qmState"], "IKEEXT_QM_SA_STATE_FINAL");
    EXPECT_EQ(event["saRole"], "IKEEXT_SA_ROLE_RESPONDER");
    EXPECT_EQ(event["qmFilterId"], "72623859790382856");
    EXPECT_EQ(event["localSubNet"].is_null(), vector.shape == "transport");
  }
  EXPECT_EQ(next, 13U);
  EXPECT_EQ(lines.size(), 13U);
}

INSTANTIATE_TEST_SUITE_P(Formats, DecodeKnownVectors, ::testing::Values(Format::ndr20, Format::ndr64),
                         [](const auto& param) { return std::string(to_string(param.param)); });

// The subnets of each shape, as the JSON form writes them.
TEST(Decode, WritesTheSubnetsOfEveryShape) {
  const std::vector<std::string> lines =
      lines_of(run({"decode", "--json", "--hex", "-"}, hex_lines(Format::ndr20)).out);
  const auto subnets = [&lines](std::string_view shape) {
    for (const std::string& line : lines) {
      const json object = json::parse(line);
      if (object["label"] == "ndr20-" + std::string(shape))
        return json::array({object["event"]["localSubNet"], object["event"]["remoteSubNet"]});
    }
    return json();
  };
  const json v4 = {{"type", "FWP_V4_ADDR_MASK"}, {"v4AddrMask", {{"addr", "10.0.0.0"}, {"mask", "255.0.0.0"}}}};
  const json empty = {{"type", "FWP_EMPTY"}};
  const auto v6 = [](const char* addr, int length) {
    return json{{"type", "FWP_V6_ADDR_MASK"}, {"v6AddrMask", {{"addr", addr}, {"prefixLength", length}}}};
  };
  EXPECT_EQ(subnets("transport"), json::array({nullptr, nullptr}));
  EXPECT_EQ(subnets("tunnel_v4")[0], json::parse(R"({"type": "FWP_V4_ADDR_MASK",
                                         "v4AddrMask": {"addr": "192.168.1.0", "mask": "255.255.255.0"}})"));
  EXPECT_EQ(subnets("tunnel_v4")[1], v4);
  EXPECT_EQ(subnets("tunnel_v6"), json::array({v6("2001:db8:1::", 48), v6("2001:db8:2::", 64)}));
  EXPECT_EQ(subnets("tunnel_v6_v4"), json::array({v6("2001:db8:1::", 48), v4}));
  EXPECT_EQ(subnets("tunnel_empty_empty"), json::array({empty, empty}));
  EXPECT_EQ(subnets("tunnel_v4null_v4"), json::array({{{"type", "FWP_V4_ADDR_MASK"}, {"v4AddrMask", nullptr}}, v4}));
  EXPECT_EQ(subnets("tunnel_u8"), json::array({{{"type", "FWP_UINT8"}, {"uint8", 127}}, empty}));
  EXPECT_EQ(subnets("tunnel_u64"), json::array({{{"type", "FWP_UINT64"}, {"uint64", "1234605616436508552"}}, empty}));
  EXPECT_EQ(subnets("tunnel_blob5")[0],
            json::parse(R"({"type": "FWP_BYTE_BLOB_TYPE", "byteBlob": {"size": 5, "data": "0102030405"}})"));
  EXPECT_EQ(subnets("tunnel_sid")[0], json::parse(R"({"type": "FWP_SID", "sid": "S-1-5-32-544"})"));
  EXPECT_EQ(subnets("tunnel_token")[0], json::parse(R"({"type": "FWP_TOKEN_INFORMATION_TYPE", "tokenInformation": {
      "sidCount": 2, "sids": [{"sid": "S-1-5-32-544", "attributes": 7}, {"sid": null, "attributes": 16}],
      "restrictedSidCount": 1, "restrictedSids": [{"sid": "S-1-5-32-544", "attributes": 7}]}})"));
  EXPECT_EQ(subnets("tunnel_str")[0],
            json::parse(R"({"type": "FWP_UNICODE_STRING_TYPE", "unicodeString": "10.0.0.0/8"})"));
  EXPECT_EQ(subnets("tunnel_range_u32")[0], json::parse(R"({"type": "FWP_RANGE_TYPE", "rangeValue": {
      "valueLow": {"type": "FWP_UINT32", "uint32": 1}, "valueHigh": {"type": "FWP_UINT32", "uint32": 99}}})"));
}

TEST(Decode, FilesAreLabelledByTheirNames) {
  const TemporaryFolder folder;
  const std::string one = folder.write("one event.bin", bytes_of("ndr20-transport"));
  const std::string two = folder.write("two.bin", bytes_of("ndr20-tunnel_v4"));
  const ProcessResult result = run({"decode", "--json", two, "-", one}, bytes_of("ndr20-tunnel_v6"));
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.err, "");
  const std::vector<std::string> lines = lines_of(result.out);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(json::parse(lines[0])["label"], two);
  EXPECT_EQ(json::parse(lines[1])["label"], "-");
  EXPECT_EQ(json::parse(lines[2])["label"], one);
}

TEST(Decode, ExitStatusIsTheHighestOfAllInputs) {
  const TemporaryFolder folder;
  const std::string valid = folder.write("valid", bytes_of("ndr20-transport"));
  const std::string warning = folder.write("warning", bytes_of("ndr20-tunnel_v6_v4"));
  const std::string invalid = folder.write("invalid", bytes_of("ndr20-tunnel_u8"));
  const std::string malformed = folder.write("malformed", bytes_of("ndr20-transport").substr(1));
  for (const std::string mode : {"--json", "--format=ndr20"}) {
    EXPECT_EQ(run({"decode", mode, valid}).status, 0);
    EXPECT_EQ(run({"decode", mode, valid, warning}).status, 0);
    EXPECT_EQ(run({"decode", mode, invalid, valid}).status, 1);
    EXPECT_EQ(run({"decode", mode, malformed, valid}).status, 1);
    EXPECT_EQ(run({"decode", mode, malformed, folder.path("missing"), valid}).status, 2);
  }
}

TEST(Decode, StrictlyWarningsCount) {
  const TemporaryFolder folder;
  const std::string clean = folder.write("clean", bytes_of("ndr20-tunnel_v4"));
  const std::string warning = folder.write("warning", bytes_of("ndr20-tunnel_v6_v4"));
  EXPECT_EQ(run({"decode", "--strict", clean}).status, 0);
  EXPECT_EQ(run({"decode", "--strict", warning, clean}).status, 1);
  EXPECT_EQ(run({"decode", "--strict", "--json", warning}).status, 1);
  EXPECT_EQ(run({"decode", "--strict", warning}).out, run({"decode", warning}).out) << "it prints the same";
}

TEST(Decode, ExplainsAMalformedInput) {
  std::string bytes = bytes_of("ndr20-tunnel_v4");
  bytes[48] = 7;  // the local subnet's inner discriminant
  const ProcessResult result = run({"decode", "--json", "-"}, bytes);
  EXPECT_EQ(result.status, 1);
  const json object = json::parse(result.out);
  EXPECT_EQ(object["verdict"], "malformed");
  EXPECT_EQ(object["canonical"], nullptr);
  EXPECT_EQ(object["event"], nullptr);
  EXPECT_EQ(object["findings"], json::array());
  EXPECT_EQ(object["error"]["code"], "union-tag-mismatch");
  EXPECT_EQ(object["error"]["offset"], 48);
  EXPECT_EQ(object["error"]["field"], "localSubNet.type");
}

TEST(Decode, ReadsRevision1) {
  const std::string luid_and_key = "08000000000000007856341 2bc9af0de0102030405060708";
  std::string hex = testing::to_hex(testing::known_vectors()[13].bytes);  // ndr64-transport: a bare body
  ASSERT_EQ(testing::known_vectors()[13].label, "ndr64-transport");
  std::string more = luid_and_key;
  std::erase(more, ' ');
  const ProcessResult result =
      run({"decode", "--json", "--hex", "--format", "ndr64", "--revision", "1", "-"}, "a " + hex + more + '\n');
  EXPECT_EQ(result.status, 0) << result.out;
  const json object = json::parse(result.out);
  EXPECT_EQ(object["revision"], 1);
  EXPECT_EQ(object["event"]["mmSaLuid"], "8");
  EXPECT_EQ(object["event"]["mmProviderContextKey"], "{12345678-9abc-def0-0102-030405060708}");
  // As revision 0, the input has trailing bytes.
  const json old =
      json::parse(run({"decode", "--json", "--hex", "--format", "ndr64", "-"}, "a " + hex + more + '\n').out);
  EXPECT_EQ(old["error"]["code"], "trailing-bytes");
}

constexpr std::string_view transport_json_text = R"({"event": {}})";

// An image whose pointers are relative to 0x7ff600001000.
constexpr std::string_view image =
    "a ee3500000200000002000000020000000100000001000000"
    "00010000cccccccc40100000f67f0000"
    "00010000cccccccc48100000f67f0000"
    "0807060504030201"
    "0000000a000000ff"
    "00a8c0c000ffffff\n";

TEST(Decode, ReadsMemoryImagesAtTheirBase) {
  const std::vector<std::string> common = {"decode", "--json", "--hex", "--format", "native64"};
  const auto decode_at = [&common](const std::string& base) {
    std::vector<std::string> arguments = common;
    arguments.insert(arguments.end(), {"--base", base, "-"});
    return json::parse(run(arguments, image).out);
  };
  for (const std::string base : {"0x7ff600001000", "0X7FF600001000", "140694538686464"}) {
    const json object = decode_at(base);
    EXPECT_NE(object["verdict"], "malformed") << base << object.dump();
    EXPECT_EQ(object["canonical"], nullptr);
  }
  EXPECT_EQ(decode_at("0x7ff600001041")["error"]["code"], "bad-address");
  EXPECT_EQ(decode_at("65536")["error"]["code"], "bad-address");
}

TEST(Decode, TakesABaseThatThePointersCanHold) {
  EXPECT_EQ(run({"decode", "--format", "native32", "--base", "0xffffffff", "-"}, "x").status, 1);
  const ProcessResult wide = run({"decode", "--format", "native32", "--base", "0x100000000", "-"}, "x");
  EXPECT_EQ(wide.status, 2);
  EXPECT_THAT(wide.err, HasSubstr("--base: the address is above 0xffffffff, the last one of native32"));
  EXPECT_EQ(run({"decode", "--format", "native64", "--base", "0x100000000", "-"}, "x").status, 1);
  EXPECT_EQ(run({"decode", "--format", "ndr64", "--base", "0x10000", "-"}, "x").status, 2);
}

TEST(Decode, SkipsCommentsAndBlankLines) {
  const std::string lines = hex_lines(Format::ndr20);
  const std::string first = lines.substr(0, lines.find('\n'));
  const ProcessResult result = run({"decode", "--json", "--hex", "-"}, "# one\n\n   \n" + first + "\r\n#two\n" + first);
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(lines_of(result.out).size(), 2U);
}

TEST(Decode, ReportsInvalidLinesAndContinues) {
  const TemporaryFolder folder;
  const std::string lines = hex_lines(Format::ndr20);
  const std::string good = lines.substr(0, lines.find('\n') + 1);
  const std::string file = folder.write("v.txt", good + "odd 012\n" + "not-hex 0z\n\nalone\n" + good);
  for (const bool as_json : {true, false}) {
    std::vector<std::string> arguments = {"decode", "--hex", file};
    if (as_json) arguments.emplace_back("--json");
    const ProcessResult result = run(arguments);
    EXPECT_EQ(result.status, 2);
    EXPECT_EQ(result.err, "qmforge: " + file + ":2: 3 hex digits: half a byte is left over\n" +  //
                              "qmforge: " + file + ":3: column 10: 'z' is not a hex digit\n" + "qmforge: " + file +
                              ":5: one word that is not hex: a line is `label hexbytes`, and `label ` with a blank is "
                              "an empty input\n");
    if (as_json) {
      EXPECT_EQ(lines_of(result.out).size(), 2U);
    }
  }
}

// Rows of one dump are one input, which ends at any other line.
TEST(Decode, ReadsHexDumps) {
  const std::string bytes = bytes_of("ndr20-transport");
  const std::string hex = testing::to_hex(std::as_bytes(std::span(bytes)));
  std::string dump;
  for (std::size_t at = 0; at < bytes.size(); at += 16) {
    char offset[24];
    std::snprintf(offset, sizeof offset, "%08zx:", at);
    dump += std::string(offset) + ' ' + hex.substr(2 * at, 32) + "  abcdef\n";
  }
  const ProcessResult result = run({"decode", "--hex", "--json", "-"}, dump + "a " + hex + "\n\n" + dump + dump);
  EXPECT_EQ(result.status, 0) << result.err << result.out;
  const std::vector<std::string> lines = lines_of(result.out);
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(json::parse(lines[0])["label"], "-:1");
  EXPECT_EQ(json::parse(lines[1])["label"], "a");
  EXPECT_EQ(json::parse(lines[2])["label"], "-:7");
  EXPECT_EQ(json::parse(lines[3])["label"], "-:11");
}

TEST(Decode, ReadsAManifestAndTheLinesOfConform) {
  const TemporaryFolder folder;
  for (const std::string bytes : {"--files", "--hex"}) {
    const std::string set = folder.path("set" + bytes);
    ASSERT_EQ(run({"simulate", "--count", "60", "--out", set, bytes}).status, 0);
    const std::vector<std::string> manifest = lines_of(testing::read_file(set + "/manifest.jsonl"));
    const ProcessResult result = run({"decode", "--json", set + "/manifest.jsonl"});
    EXPECT_EQ(result.err, "");
    std::string conform;
    std::size_t i = 0;
    const std::vector<std::string> lines = lines_of(result.out);
    for (const std::string& text : manifest) {
      const json expected = json::parse(text);
      if (!expected.contains("verdict")) continue;  // the set's own line
      ASSERT_LT(i, lines.size());
      const json answer = json::parse(lines[i++]);
      for (const char* key : {"label", "format", "revision", "verdict", "canonical", "event"})
        EXPECT_EQ(answer[key], expected[key]) << text;
      if (expected.contains("hex"))
        conform += expected["label"].get<std::string>() + ' ' + expected["format"].get<std::string>() + ' ' +
                   std::to_string(expected["revision"].get<int>()) + ' ' + expected["hex"].get<std::string>() + '\n';
    }
    EXPECT_EQ(i, 60U);
    if (bytes == "--hex") {
      EXPECT_EQ(run({"decode", "--json", "--hex", "-"}, conform).out, result.out);
    }
  }
  const ProcessResult outside = run({"decode", "--hex", "-"}, R"({"label": "a", "file": "../secret"})"
                                                              "\n"
                                                              R"({"label": "a", "file": "/etc/passwd"})"
                                                              "\n");
  EXPECT_EQ(outside.status, 2);
  EXPECT_EQ(outside.out, "");
  EXPECT_THAT(outside.err, HasSubstr("-:1: \"file\": ../secret is not a path inside the set's folder"));
  EXPECT_THAT(outside.err, HasSubstr("-:2: \"file\": /etc/passwd is not a path inside the set's folder"));
}

TEST(Decode, ReadsOnlyRegularFilesOfAManifest) {
  const TemporaryFolder folder;
  folder.write("bytes", "x");
  std::filesystem::create_symlink(folder.path("bytes"), folder.path("link"));
  ASSERT_EQ(::mkfifo(folder.path("fifo").c_str(), 0600), 0);
  for (const auto& [file, error] : std::map<std::string, std::string>{
           {"link", "leads through a symbolic link"}, {"fifo", "is not a regular file"}, {"none", "does not exist"}}) {
    const std::string manifest =
        folder.write("manifest.jsonl", R"({"label": "a", "format": "ndr20", "file": ")" + file + "\"}\n");
    const ProcessResult result = run({"decode", manifest});
    EXPECT_EQ(result.status, 2) << file;
    EXPECT_EQ(result.out, "") << file;
    EXPECT_THAT(result.err, HasSubstr(":1: \"file\": " + file + ' ' + error));
  }
}

TEST(Decode, RejectsMembersOfOtherTypesInAManifest) {
  const std::map<std::string, std::string> lines = {
      {R"({"label": 7, "hex": "00"})", "\"label\" is not a string"},
      {R"({"label": "a", "format": 7, "hex": "00"})", "\"format\" is not a string"},
      {R"({"label": "a", "format": "ndr", "hex": "00"})", "\"format\" is not a format"},
      {R"({"label": "a", "revision": "0", "hex": "00"})", "\"revision\" is not 0 or 1"},
      {R"({"label": "a", "hex": 5})", "\"hex\" is not a string"},
      {R"({"label": "a", "hex": "0"})", "\"hex\": "},
      {R"({"label": "a", "file": null})", "\"file\" is not a string"},
      {R"({"label": "a", "hex": "00", "file": "a"})", R"(expected either "hex" or "file", a string)"},
      {R"({"label": "a"})", R"(expected either "hex" or "file", a string)"},
      {R"({"label": "a", "hex": "00", "hex": "01"})", "duplicate key \"hex\""},
      {R"({"label": "a")", "not JSON; the line may be truncated"}};
  for (const auto& [line, error] : lines) {
    const ProcessResult result = run({"decode", "--hex", "-"}, line + '\n');
    EXPECT_EQ(result.status, 2) << line;
    EXPECT_EQ(result.out, "") << line;
    EXPECT_THAT(result.err, StartsWith("qmforge: -:1: " + error)) << line;
  }
}

// As programs on Windows write text.
TEST(Decode, ReadsTextWithAByteOrderMark) {
  const std::string mark = "\xef\xbb\xbf";
  const std::string line = "a " + testing::to_hex(testing::known_vectors().front().bytes) + "\n";
  EXPECT_EQ(run({"decode", "--json", "--hex", "-"}, mark + line).out,
            run({"decode", "--json", "--hex", "-"}, line).out);
  const std::string manifest = R"({"label": "a", "format": "ndr20", "hex": "00"})";
  EXPECT_EQ(run({"decode", "--json", "-"}, mark + manifest).out, run({"decode", "--json", "-"}, manifest).out);
  EXPECT_THAT(run({"decode", "--json", "-"}, mark + "bytes").out, HasSubstr(R"("label": "-")")) << "these are bytes";
  for (const std::string utf16 : {"\xff\xfe"
                                  "a",
                                  "\xfe\xff"
                                  "a"}) {
    const ProcessResult result = run({"decode", "--hex", "-"}, utf16);
    EXPECT_EQ(result.status, 2);
    EXPECT_EQ(result.err, "qmforge: standard input: the text is UTF-16; expected UTF-8\n");
  }
}

TEST(Decode, TriesEveryFormat) {
  std::string lines;
  for (const KnownVector& vector : testing::known_vectors())
    lines += vector.label + ' ' + testing::to_hex(vector.bytes) + '\n';
  const std::vector<std::string> results =
      lines_of(run({"decode", "--json", "--hex", "--format", "auto", "-"}, lines).out);
  std::size_t i = 0;
  for (const KnownVector& vector : testing::known_vectors())
    EXPECT_EQ(json::parse(results.at(i++))["format"], to_string(vector.format)) << vector.label;
  const json memory = json::parse(run({"decode", "--json", "--hex", "--format", "auto", "-"}, image).out);
  EXPECT_EQ(memory["format"], "native64");
  EXPECT_EQ(memory["verdict"], "valid");
}

TEST(Decode, SuggestsOptionsThatDecodeTheInput) {
  const std::string ndr20 = bytes_of("ndr20-tunnel_v4");
  const auto output = [](std::vector<std::string> arguments, std::string_view input) {
    arguments.insert(arguments.begin(), "decode");
    arguments.emplace_back("-");
    return run(arguments, input).out;
  };
  EXPECT_THAT(output({"--format", "ndr64"}, ndr20), HasSubstr("hint: it decodes with --format ndr20\n"));
  EXPECT_THAT(output({"--revision", "1"}, ndr20), HasSubstr("hint: it decodes with --revision 0\n"));
  EXPECT_THAT(output({}, testing::to_hex(std::as_bytes(std::span(ndr20)))),
              HasSubstr("hint: the input is text: --hex"));
  EXPECT_THAT(output({}, transport_json_text), HasSubstr("hint: the input is JSON"));
  EXPECT_THAT(output({"--format", "native64", "--hex"}, image),
              HasSubstr("hint: it decodes with --base 0x7ff600001000\n"));
  std::string swapped = ndr20;
  swapped[1] = 0;
  EXPECT_THAT(output({}, swapped), HasSubstr("hint: it decodes with the other byte order: Endianness 0x10\n"));
  EXPECT_THAT(output({}, ndr20), ::testing::Not(HasSubstr("hint")));
}

TEST(Decode, ShowsTheFieldsBeforeAnError) {
  std::string bytes = bytes_of("ndr20-tunnel_v4");
  bytes[60] = 7;  // remoteSubNet's repeated discriminant
  const std::string out = run({"decode", "-"}, bytes).out;
  EXPECT_THAT(out, HasSubstr("failureErrorCode      ERROR_IPSEC_IKE_NO_CERT  (13806)\n"));
  EXPECT_THAT(out, HasSubstr("saTrafficType         IPSEC_TRAFFIC_TYPE_TUNNEL  (1)\n"));
  EXPECT_THAT(out, HasSubstr("localSubNet           FWP_V4_ADDR_MASK  (value not read)\n"));
  EXPECT_THAT(out, ::testing::Not(HasSubstr("qmFilterId")));
  // An error behind the first mask leaves that mask.
  const std::string cut = bytes_of("ndr20-tunnel_v4").substr(16, 76);
  const std::string later = run({"decode", "--format", "ndr20-body", "-"}, cut).out;
  EXPECT_THAT(later, HasSubstr("localSubNet           192.168.1.0/24  (FWP_V4_ADDR_MASK)\n"));
  EXPECT_THAT(later, HasSubstr("remoteSubNet          FWP_V4_ADDR_MASK  (value not read)\n"));
  EXPECT_THAT(later, HasSubstr("qmFilterId            72623859790382856"));
  EXPECT_THAT(later, HasSubstr("remoteSubNet.v4AddrMask.mask needs 4 bytes at byte 76, but none is there: the input "
                               "ends at byte 76"));
}

// The pointers of 500 SIDs may all have the same target.
TEST(Decode, LimitsItsOutput) {
  const auto number = [](std::uint64_t value, int size) {
    std::string bytes;
    for (int i = 0; i < size; ++i) bytes += i < 8 ? static_cast<char>(value >> (8 * i)) : '\0';
    return bytes;
  };
  constexpr std::uint64_t base = 0x10000;
  constexpr std::uint64_t sids = 500;
  const std::string empty = number(0, 4) + number(0, 4) + number(0, 8);
  std::string memory = number(13801, 4) + number(0, 16) + number(1, 4) + number(15, 8) + number(base + 64, 8) + empty +
                       number(7, 8) + number(sids, 8) + number(base + 96, 8) + number(0, 16);
  const std::uint64_t sid_at = base + 96 + 16 * sids;
  for (std::uint64_t i = 0; i < sids; ++i) memory += number(sid_at, 8) + number(0, 8);
  memory += "\x01\xff" + std::string("\0\0\0\0\0\x05", 6);
  for (int i = 0; i < 255; ++i) memory += number(4294967295, 4);
  const std::vector<std::string> arguments = {"decode", "--json", "--format", "native64", "--max-size"};
  const auto with = [&](const std::string& size) {
    std::vector<std::string> all = arguments;
    all.insert(all.end(), {size, "-"});
    return run(all, memory);
  };
  const ProcessResult rejected = with("1");
  EXPECT_EQ(rejected.status, 2);
  EXPECT_EQ(rejected.out, "");
  EXPECT_EQ(rejected.err, "qmforge: -: not printed: the event's JSON is larger than 1 MiB (--max-size)\n");
  EXPECT_GT(with("64").out.size(), std::size_t{1} << 20);
}

TEST(Decode, EscapesLabelsForTheTerminal) {
  const std::string transport = bytes_of("ndr20-transport");
  const std::string bytes = testing::to_hex(std::as_bytes(std::span(transport)));
  const ProcessResult result = run({"decode", "--hex", "-"}, "a\x1b[2J\xe2\x80\xae " + bytes + "\nb\x9b \xff\n");
  EXPECT_THAT(result.out, HasSubstr("a\\u001b[2J\\u202e: valid"));
  EXPECT_THAT(run({"decode", "missing\x1b[2J"}).err, HasSubstr("missing\\u001b[2J: "));
}

TEST(Decode, ReadsLinesOfAnyLength) {
  std::string text;
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{100}, std::size_t{65535}, std::size_t{65536}, std::size_t{200000}, std::size_t{1}})
    text += "l" + std::to_string(size) + ' ' + std::string(2 * size, '0') + '\n';
  text.pop_back();  // the last line without its end
  const std::vector<std::string> lines = lines_of(run({"decode", "--json", "--hex", "-"}, text).out);
  ASSERT_EQ(lines.size(), 6U);
  EXPECT_EQ(json::parse(lines[4])["label"], "l200000");
  EXPECT_EQ(json::parse(lines[5])["label"], "l1");
}

// A program that writes a line and waits receives the answer before it writes the next.
TEST(Decode, AnswersLineByLine) {
  const std::vector<std::string> answers =
      testing::converse({"decode", "--json", "--hex", "-"}, {"first 00", "second 01", "third "});
  ASSERT_EQ(answers.size(), 3U);
  EXPECT_EQ(json::parse(answers[0])["label"], "first");
  EXPECT_EQ(json::parse(answers[1])["label"], "second");
  EXPECT_EQ(json::parse(answers[2])["label"], "third");
}

}  // namespace
}  // namespace qmforge
