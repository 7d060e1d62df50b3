// The files that check and conform write for other programs: JUnit XML and JSON.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "junit.h"
#include "process.h"

namespace qmforge {
namespace {

using ::testing::HasSubstr;
using testing::read_file;
using testing::run;
using testing::TemporaryFolder;

bool matches_schema(const std::string& file) {
  return std::system(("python3 " QMFORGE_TOOLS_TESTS "/junit_schema.py '" + file + "'").c_str()) == 0;
}

class Reports : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(run({"simulate", "--out", folder_.path("set"), "--count", "200", "--hex"}).status, 0);
  }
  [[nodiscard]] std::vector<std::string> conform(const std::string& manner, std::vector<std::string> options) const {
    options.insert(options.begin(), {"conform", folder_.path("set")});
    options.insert(options.end(), {"--", QMFORGE_ANSWERING, manner});
    return options;
  }

  TemporaryFolder folder_;
  std::string junit_ = folder_.path("junit.xml");
};

TEST_F(Reports, AreJUnitXml) {
  EXPECT_EQ(run({"check", folder_.path("set"), "--junit", junit_}).status, 0);
  EXPECT_TRUE(matches_schema(junit_));
  EXPECT_THAT(read_file(junit_), HasSubstr("<testsuites name=\"qmforge check\""));

  const std::string failures = folder_.path("failures.txt");
  EXPECT_EQ(run(conform("no-offset", {"--junit", junit_, "--failures", failures})).status, 1);
  EXPECT_TRUE(matches_schema(junit_));
  EXPECT_THAT(read_file(junit_), HasSubstr("<failure type=\"disagreement\" message=\"error.offset: expected "));

  EXPECT_EQ(run(conform("no-offset", {"--junit", junit_, "--expected-failures", failures})).status, 0);
  EXPECT_TRUE(matches_schema(junit_));
  EXPECT_THAT(read_file(junit_), HasSubstr("<skipped message=\"expected failure: error.offset: expected "));
  EXPECT_THAT(read_file(junit_), ::testing::Not(HasSubstr("<failure")));
}

TEST_F(Reports, EscapeCharactersThatXmlCannotHold) {
  EXPECT_EQ(tools::xml_text("a<b>&\"c\"\n\x1b"), "a&lt;b&gt;&amp;&quot;c&quot;\n\\u001b");
  tools::Tally tally;
  tally.add("valid", Format::ndr20, false);
  tally.add("valid", Format::ndr64, false);
  const tools::Disagreement one{"a\"<\x01", "valid", {"event", "<&>", "\xff"}, "  0000  00  |<>|\n", false};
  folder_.write("junit.xml", tools::junit_xml("a & b", tally, std::vector{one}));
  EXPECT_TRUE(matches_schema(junit_));
  EXPECT_THAT(read_file(junit_), HasSubstr("1 more inputs differ"));
  EXPECT_THAT(read_file(junit_), HasSubstr("<testsuites name=\"a &amp; b\" tests=\"2\" failures=\"2\" errors=\"0\">"));
}

TEST(JUnitXml, CountsTheCasesOfEachClassAndOfAll) {
  tools::Tally tally;
  for (int i = 0; i < 3; ++i) tally.add("valid", Format::ndr20, true);
  tally.add("valid", Format::ndr64, true);
  tally.add("valid", Format::ndr64, false);
  tally.add("count", Format::native32, false);
  for (int i = 0; i < 2; ++i) tally.add("count", Format::native32, false);
  const std::vector<tools::Disagreement> disagreements = {{"one", "valid", {"event", "1", "2"}, "00", true},
                                                          {"two", "count", {"event", "3", "4"}, "01", false}};
  EXPECT_EQ(
      tools::junit_xml("a command", tally, disagreements),
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"a command\" tests=\"5\" failures=\"2\" errors=\"0\">\n"
      "  <testsuite name=\"valid\" tests=\"3\" failures=\"0\" errors=\"0\" skipped=\"1\">\n"
      "    <testcase classname=\"valid\" name=\"one\"><skipped message=\"expected failure: event: expected 1, got 2\"/>"
      "</testcase>\n"
      "    <testcase classname=\"valid\" name=\"ndr20: 3 inputs agree\"/>\n"
      "    <testcase classname=\"valid\" name=\"ndr64: 1 input agrees\"/>\n"
      "  </testsuite>\n"
      "  <testsuite name=\"count\" tests=\"2\" failures=\"2\" errors=\"0\" skipped=\"0\">\n"
      "    <testcase classname=\"count\" name=\"two\"><failure type=\"disagreement\" "
      "message=\"event: expected 3, got 4\">01</failure></testcase>\n"
      "    <testcase classname=\"count\" name=\"further disagreements\"><failure type=\"disagreement\" "
      "message=\"2 more inputs differ\"></failure></testcase>\n"
      "  </testsuite>\n"
      "</testsuites>\n");
}

TEST_F(Reports, AreJson) {
  const std::string file = folder_.path("summary.json");
  EXPECT_EQ(run(conform("skip-ndr64", {"--summary", file})).status, 0);
  const auto skipping = nlohmann::json::parse(read_file(file));
  EXPECT_GT(skipping["skipped"], 0);
  EXPECT_EQ(skipping["inputs"].get<int>() + skipping["skipped"].get<int>(), 200);

  const auto outcome = run(conform("no-offset", {"--json", "--summary", file}));
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.out, read_file(file));
  const auto summary = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(summary["command"], "qmforge conform");
  EXPECT_EQ(summary["inputs"], 200);
  EXPECT_EQ(summary["disagreements"], summary["differences"].size());
  EXPECT_EQ(summary["differences"][0]["field"], "error.offset");
  EXPECT_EQ(summary["differences"][0]["got"], "0");
  int inputs = 0;
  for (const auto& formats : summary["classes"])
    for (const auto& counts : formats) inputs += counts["inputs"].get<int>();
  EXPECT_EQ(inputs, 200);
}

// An expected failure is a disagreement that does not count against the program.
TEST_F(Reports, CountExpectedFailures) {
  const std::string all = folder_.path("failures.txt");
  ASSERT_EQ(run(conform("no-offset", {"--failures", all})).status, 1);
  const std::vector<std::string> failures = testing::lines_of(read_file(all));
  ASSERT_GT(failures.size(), 20U);
  const std::string some = folder_.write("some.txt", failures[0] + '\n' + failures[1] + '\n' + failures[2] + '\n');
  const auto outcome = run(conform("no-offset", {"--expected-failures", some, "--json", "--junit", junit_}));
  EXPECT_EQ(outcome.status, 1);
  const auto summary = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(summary["disagreements"], failures.size());
  EXPECT_EQ(summary["expectedFailures"], 3);
  EXPECT_EQ(summary["skipped"], 0);
  std::size_t expected = 0;
  for (const auto& difference : summary["differences"]) expected += difference["expectedFailure"].get<bool>();
  EXPECT_EQ(expected, 3U);
  EXPECT_TRUE(matches_schema(junit_));
  EXPECT_THAT(read_file(junit_), HasSubstr(" failures=\"" + std::to_string(failures.size() - 3) + "\" errors"));
  EXPECT_THAT(run(conform("no-offset", {"--expected-failures", some})).out, HasSubstr("\n3 failures were expected\n"));
}

TEST_F(Reports, ListEveryDisagreementOfAThousandInputs) {
  const std::string set = folder_.path("large");
  ASSERT_EQ(run({"simulate", "--out", set, "--count", "1000", "--hex", "--malformed"}).status, 0);
  const auto outcome = run({"conform", set, "--json", "--", QMFORGE_ANSWERING, "accept-all"});
  const auto summary = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(summary["disagreements"], 1000);
  EXPECT_EQ(summary["differences"].size(), 1000U);
}

TEST_F(Reports, AFileThatCannotBeWrittenIsNoticedAtOnce) {
  const auto outcome = run(conform("json", {"--junit", folder_.path("none/junit.xml")}));
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, HasSubstr("cannot write " + folder_.path("none/junit.xml")));
}

TEST_F(Reports, GoToPipesToo) {
  EXPECT_THAT(run({"check", "--count", "5", "--quiet", "--junit", "/dev/stdout"}).out, HasSubstr("<testsuites"));
}

}  // namespace
}  // namespace qmforge
