// qmforge encode: JSON to bytes, and the errors for JSON that is not an event.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "json/examples.h"
#include "process.h"
#include "qmforge/names.h"
#include "support/hex.h"
#include "support/labelled_bytes.h"

namespace qmforge {
namespace {

using ::testing::HasSubstr;
using testing::lines_of;
using testing::ProcessResult;
using testing::replaced;
using testing::run;
using ::testing::StartsWith;
using testing::transport_json;
using testing::tunnel_json;

std::string line(std::string_view label, std::string_view event) {
  return R"({"label": ")" + std::string(label) + R"(", "event": )" + std::string(event) + "}\n";
}

// For canonical input, encode reproduces the bytes from the output of decode.
TEST(Encode, WritesTheKnownVectorsAgain) {
  for (const Format format : {Format::ndr20, Format::ndr64}) {
    const std::string format_name(to_string(format));
    std::string lines;
    for (const testing::KnownVector& vector : testing::known_vectors())
      if (vector.format == format && vector.label != "ndr64-tunnel_token")
        lines += vector.label + ' ' + testing::to_hex(vector.bytes) + '\n';
    const ProcessResult decoded = run({"decode", "--json", "--hex", "--format", format_name, "-"}, lines);
    const ProcessResult encoded = run({"encode", "--hex", "--format", format_name, "-"}, decoded.out);
    EXPECT_EQ(encoded.status, 0);
    EXPECT_EQ(encoded.err, "");
    EXPECT_EQ(encoded.out, lines);
  }
}

TEST(Encode, WritesEveryFormat) {
  for (const Format format : all_formats) {
    const std::string format_name(to_string(format));
    const ProcessResult encoded = run({"encode", "--hex", "--format", format_name, "-"}, line("a", transport_json()));
    EXPECT_EQ(encoded.status, 0);
    const ProcessResult decoded = run({"decode", "--hex", "--json", "--format", format_name, "-"}, encoded.out);
    EXPECT_EQ(decoded.status, 0);
    EXPECT_THAT(decoded.out, HasSubstr("\"event\": " + transport_json()));
  }
}

TEST(Encode, PrefersTheRevisionOfTheLine) {
  const std::string r1 =
      replaced(transport_json(), R"("qmFilterId")",
               R"("mmSaLuid": "2", "mmProviderContextKey": "{12345678-9abc-def0-0102-030405060708}", "qmFilterId")");
  const ProcessResult by_option = run({"encode", "--hex", "--revision", "1", "-"}, line("a", r1));
  EXPECT_EQ(by_option.status, 0) << by_option.err;
  const ProcessResult by_line = run({"encode", "--hex", "-"}, R"({"revision": 1, )" + line("a", r1).substr(1));
  EXPECT_EQ(by_line.out, by_option.out);
  EXPECT_EQ(run({"encode", "--hex", "-"}, line("a", r1)).status, 2);
}

TEST(Encode, WritesImagesAtTheirBase) {
  const std::string v4 = R"({"type": "FWP_V4_ADDR_MASK", "v4AddrMask": {"addr": "10.0.0.0", "mask": "255.0.0.0"}})";
  const ProcessResult encoded =
      run({"encode", "--hex", "--format", "native64", "--base", "0x7ff600001000", "-"}, line("a", tunnel_json(v4)));
  EXPECT_EQ(encoded.status, 0);
  EXPECT_THAT(encoded.out, HasSubstr("40100000f67f0000"));
}

TEST(Encode, SkipsCommentsAndBlankLines) {
  const ProcessResult encoded = run({"encode", "--hex", "-"}, "\n# comment\n" + line("a", transport_json()) + "  \r\n");
  EXPECT_EQ(encoded.status, 0);
  EXPECT_EQ(lines_of(encoded.out).size(), 1U);
}

// Every invalid line is reported with its number and the member; the other lines are still written.
TEST(Encode, ReportsInvalidLinesAndContinues) {
  const std::string good = line("good", transport_json());
  const ProcessResult result =
      run({"encode", "--hex", "-"},
          good + "{\n" + line("a", replaced(transport_json(), "13868", "4294967296")) +
              line("a", replaced(transport_json(), "IPSEC_FAILURE_PEER", "IPSEC_FAILURE_YOU")) +
              line("a", replaced(transport_json(), "saRole", "role")) + "\n" + line("a b", transport_json()) +
              line("#a", transport_json()) + line("a\\tb", transport_json()) + "5\n" + good);
  EXPECT_EQ(result.status, 2);
  const std::vector<std::string> written = lines_of(result.out);
  ASSERT_EQ(written.size(), 2U);
  EXPECT_EQ(written[0], written[1]);
  EXPECT_THAT(written[0], StartsWith("good 0110"));

  const std::vector<std::string> said = lines_of(result.err);
  ASSERT_EQ(said.size(), 8U) << result.err;
  EXPECT_THAT(said[0], StartsWith("qmforge: -:2: the text is not JSON, at byte 2: "));
  EXPECT_EQ(said[1],
            "qmforge: -:3: event.failureErrorCode must be a whole number from 0 to 4294967295, not 4294967296");
  EXPECT_THAT(said[2], StartsWith("qmforge: -:4: event.failurePoint must be a number or one of IPSEC_FAILURE_NONE"));
  EXPECT_EQ(said[3], "qmforge: -:5: event.role is an unknown key");
  for (const std::size_t i : {4U, 5U, 6U})
    EXPECT_EQ(said[i], "qmforge: -:" + std::to_string(i + 3) +
                           ": label must be one word of printable characters that does not begin with #, because it "
                           "begins a line of --hex");
  EXPECT_EQ(said[7], "qmforge: -:10: the text must be an object, not 5");
}

TEST(Encode, RejectsEventsWithoutAnEncoding) {
  const ProcessResult traffic = run({"encode", "--hex", "-"}, line("a", testing::event_json("2", "null", "null")));
  EXPECT_EQ(traffic.status, 2);
  EXPECT_EQ(traffic.out, "");
  EXPECT_THAT(traffic.err, StartsWith("qmforge: -:1: event.saTrafficType cannot be encoded: "));

  const ProcessResult type = run({"encode", "--hex", "-"}, line("a", tunnel_json(R"({"type": 255})")));
  EXPECT_EQ(type.status, 2);
  EXPECT_THAT(type.err, StartsWith("qmforge: -:1: event.localSubNet.type cannot be encoded: "));

  const std::string inner_nul = tunnel_json(R"({"type": "FWP_UNICODE_STRING_TYPE", "unicodeString": "a\u0000b"})");
  EXPECT_EQ(run({"encode", "--hex", "-"}, line("a", inner_nul)).status, 0);
  const ProcessResult image = run({"encode", "--hex", "--format", "native32", "-"}, line("a", inner_nul));
  EXPECT_EQ(image.status, 2);
  EXPECT_THAT(image.err, StartsWith("qmforge: -:1: event.localSubNet.unicodeString cannot be encoded: "));
}

TEST(Encode, WritesTheBytesOfOneEvent) {
  const testing::TemporaryFolder folder;
  const std::string one = folder.write("one.jsonl", "\n" + line("a b", transport_json()));
  const ProcessResult encoded = run({"encode", one});
  EXPECT_EQ(encoded.status, 0);
  const std::string hex_line = run({"encode", "--hex", "-"}, line("a", transport_json())).out;
  const auto bytes = std::as_bytes(std::span(encoded.out));
  EXPECT_EQ("a " + testing::to_hex(bytes) + '\n', hex_line);

  const ProcessResult two = run({"encode", one, one});
  EXPECT_EQ(two.status, 2);
  EXPECT_EQ(two.out, "");
  EXPECT_EQ(two.err, "qmforge: 2 events; expected 1, or --hex, which prints each as a line\n");
  const ProcessResult none = run({"encode", "-"}, "");
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.err, StartsWith("qmforge: 0 events"));
  const ProcessResult bad = run({"encode", "-"}, line("a", transport_json()) + "{}\n");
  EXPECT_EQ(bad.status, 2);
  EXPECT_EQ(bad.out, "");
}

// Pretty-printed, in arrays, alone, with names and numbers in their short forms.
TEST(Encode, ReadsPrettyPrintedJsonAndArrays) {
  const auto pretty = [](std::string json) {
    for (const std::string_view mark : {"{", ", "})
      for (std::size_t at = json.find(mark); at != std::string::npos; at = json.find(mark, at + mark.size() + 3))
        json.insert(at + mark.size(), "\n  ");
    return json;
  };
  const std::string hex = run({"encode", "--hex", "-"}, line("a", transport_json())).out.substr(2);
  ASSERT_GT(hex.size(), 100U);
  const std::string event = line("a", transport_json());
  const std::string two = "a " + hex + "a " + hex;
  EXPECT_EQ(run({"encode", "--hex", "-"}, pretty(event) + pretty(event)).out, two);
  EXPECT_EQ(run({"encode", "--hex", "-"}, "[" + event + ", " + event + "]").out, two);
  EXPECT_EQ(run({"encode", "--hex", "-"}, "[\n" + pretty(event) + ",\n" + pretty(event) + "\n]\n").out, two);
  EXPECT_EQ(run({"encode", "--hex", "-"}, event.substr(0, event.size() - 1) + event).out, two);
  EXPECT_EQ(run({"encode", "--hex", "-"}, "\n\n" + transport_json()).out, "-:3 " + hex);
  EXPECT_EQ(run({"encode", "--hex", "-"}, replaced(event, R"("failureErrorCode": 13868, )", "")).out, "a " + hex);
  const std::string by_number = replaced(event, R"("72623859790382856")", "72");
  EXPECT_EQ(run({"encode", "--hex", "-"}, by_number).out,
            run({"encode", "--hex", "-"}, replaced(event, "72623859790382856", "72")).out);
}

TEST(Encode, RejectsArraysThatAreNotJson) {
  const std::string event = transport_json();
  const std::string comma = event + ", ";
  struct Case {
    std::string text;
    std::size_t events;
    std::string error;
  };
  for (const Case& each :
       std::vector<Case>{{"[" + event, 1, "the array has no end; the file may be truncated"},
                         {"[" + comma, 1, "the array has no end; the file may be truncated"},
                         {"[", 0, "the array has no end; the file may be truncated"},
                         {"[" + event + event + "]", 2, "expected ',' or ']' after an element"},
                         {"[" + comma + "]", 1, "expected an element of the array before ']'"},
                         {"[" + comma + comma + ", " + event + "]", 3, "expected an element of the array before ','"},
                         {"[, " + event + "]", 1, "expected an element of the array before ','"}}) {
    const ProcessResult result = run({"encode", "--hex", "-"}, each.text);
    EXPECT_EQ(result.status, 2) << each.text;
    EXPECT_EQ(lines_of(result.out).size(), each.events) << each.text;
    EXPECT_THAT(result.err, StartsWith("qmforge: -:1: " + each.error)) << each.text;
    EXPECT_EQ(lines_of(result.err).size(), 1U) << result.err;
  }
  EXPECT_EQ(run({"encode", "--hex", "-"}, "[]").status, 0);
}

TEST(Encode, WritesNoControlCharactersIntoLines) {
  for (const char* const label : {"a\\u001b[31m", "a\\u009b", "a\\u202e", "a\\tb", "#a", "a b"}) {
    const ProcessResult result = run({"encode", "--hex", "-"}, line(label, transport_json()));
    EXPECT_EQ(result.status, 2) << label;
    EXPECT_EQ(result.out, "") << label;
    EXPECT_THAT(result.err, HasSubstr("label must be one word of printable characters")) << label;
  }
}

TEST(Encode, ContinuesAfterATruncatedObject) {
  const std::string event = line("a", transport_json());
  const ProcessResult result = run({"encode", "--hex", "-"}, event.substr(0, 100) + "\n" + event);
  EXPECT_EQ(lines_of(result.out).size(), 1U);
  EXPECT_THAT(result.err, StartsWith("qmforge: -:1: the text is not JSON"));
  const ProcessResult comma = run({"encode", "--hex", "-"}, ",\n" + event);
  EXPECT_EQ(lines_of(comma.out).size(), 1U) << "only an array has commas between events";
  EXPECT_EQ(comma.status, 2);
  const ProcessResult trailing = run({"encode", "--hex", "-"}, event.substr(0, event.size() - 1) + " x\n" + event);
  EXPECT_EQ(lines_of(trailing.out).size(), 1U);
  EXPECT_THAT(trailing.err, StartsWith("qmforge: -:1: the text is not JSON"));
}

TEST(Encode, ChecksWithoutWriting) {
  const ProcessResult good = run({"encode", "--check", "-"}, line("a", transport_json()));
  EXPECT_EQ(good.status, 0);
  EXPECT_EQ(good.out + good.err, "");
  const ProcessResult invalid =
      run({"encode", "--check", "-"}, line("a", replaced(transport_json(), R"("IPSEC_FAILURE_PEER")", "3")));
  EXPECT_EQ(invalid.status, 1);
  EXPECT_EQ(invalid.out,
            "-:1: error: event.failurePoint: failurePoint is 3, expected 0 (IPSEC_FAILURE_NONE) to 2 "
            "(IPSEC_FAILURE_PEER) [failure-point-range]\n");
  const ProcessResult warning =
      run({"encode", "--check", "-"},
          line("a", replaced(replaced(transport_json(), "13868", "0"), R"("ERROR_IPSEC_IKE_POLICY_MATCH")", "null")));
  EXPECT_EQ(warning.status, 0) << "a warning is not a broken rule";
  EXPECT_THAT(warning.out, ::testing::AllOf(StartsWith("-:1: warning: event.failureErrorCode: "),
                                            ::testing::EndsWith(" [error-code-success]\n")));
  EXPECT_EQ(run({"encode", "--check", "-"}, line("a", testing::event_json("2", "null", "null"))).status, 2);
  EXPECT_EQ(run({"encode", "--check", "--hex", "-"}, "").status, 2);
}

}  // namespace
}  // namespace qmforge
