#include "junit.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "printable.h"

namespace qmforge::tools {
namespace {

struct Suite {
  std::uint64_t cases = 0;
  std::uint64_t failures = 0;
  std::uint64_t skipped = 0;
  std::string text;  // of the cases
};

class SuiteWriter {
 public:
  explicit SuiteWriter(std::string_view class_name) : class_name_(xml_text(class_name)) {}

  void add_disagreement(const Disagreement& disagreement) {
    begin_case(xml_text(disagreement.label));
    if (disagreement.is_expected) {
      ++suite_.skipped;
      add("><skipped message=\"expected failure: {}\"/></testcase>\n", xml_text(disagreement.difference.to_string()));
    } else {
      add_failure(disagreement.difference.to_string(), disagreement.bytes);
    }
  }
  void add_agreeing(std::string_view format, std::uint64_t count) {
    begin_case(fmt::format("{}: {} input{} agree{}", format, count, count == 1 ? "" : "s", count == 1 ? "s" : ""));
    suite_.text += "/>\n";
  }
  void add_remaining(std::uint64_t count) {
    begin_case("further disagreements");
    add_failure(fmt::format("{} more inputs differ", count), "");
  }
  [[nodiscard]] const Suite& suite() const { return suite_; }

 private:
  void begin_case(const std::string& name) {
    ++suite_.cases;
    add("    <testcase classname=\"{}\" name=\"{}\"", class_name_, name);
  }
  void add_failure(const std::string& message, const std::string& details) {
    ++suite_.failures;
    add("><failure type=\"disagreement\" message=\"{}\">{}</failure></testcase>\n", xml_text(message),
        xml_text(details));
  }
  template <class... Arguments>
  void add(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(suite_.text), format, std::forward<Arguments>(arguments)...);
  }

  std::string class_name_;
  Suite suite_;
};

Suite write_suite(const std::string& name, const Tally::Row& row, std::span<const Disagreement> disagreements) {
  SuiteWriter writer(name);
  std::uint64_t listed = 0;
  for (const Disagreement& disagreement : disagreements) {
    if (disagreement.input_class != name) continue;
    writer.add_disagreement(disagreement);
    ++listed;
  }
  Count sum;
  for (std::size_t i = 0; i < row.size(); ++i) {
    sum += row[i];
    const std::uint64_t agreeing = row[i].inputs - row[i].disagreements;
    if (agreeing != 0) writer.add_agreeing(to_string(all_formats[i]), agreeing);
  }
  if (sum.disagreements > listed) writer.add_remaining(sum.disagreements - listed);
  return writer.suite();
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string escaped;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    for (const char c : printable(text.substr(0, end))) {
      switch (c) {
        case '&': escaped += "&amp;"; break;
        case '<': escaped += "&lt;"; break;
        case '>': escaped += "&gt;"; break;
        case '"': escaped += "&quot;"; break;
        default: escaped += c;
      }
    }
    if (end != text.size()) escaped += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return escaped;
}

std::string junit_xml(const std::string& command, const Tally& tally, std::span<const Disagreement> disagreements) {
  Suite all;
  for (const std::string& name : tally.classes()) {
    const Suite suite = write_suite(name, tally.row(name), disagreements);
    fmt::format_to(std::back_inserter(all.text),
                   "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">\n{}"
                   "  </testsuite>\n",
                   xml_text(name), suite.cases, suite.failures, suite.skipped, suite.text);
    all.cases += suite.cases;
    all.failures += suite.failures;
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\">\n{}</testsuites>\n",
      xml_text(command), all.cases, all.failures, all.text);
}

}  // namespace qmforge::tools
