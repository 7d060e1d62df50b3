#include "print_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "dump.h"
#include "locate.h"
#include "partial_event.h"
#include "print_event.h"
#include "printable.h"
#include "qmforge/explain.h"
#include "qmforge/names.h"
#include "readings.h"

namespace qmforge::tools {
namespace {

std::string verdict_text(const Result& result, const Style& style) {
  const std::string_view verdict = to_string(result.report.verdict());
  switch (result.report.verdict()) {
    case Verdict::valid: {
      const std::size_t warnings = result.report.findings.size();
      if (warnings == 0) return style.green(verdict);
      return style.yellow(fmt::format("{}, {} warning{}", verdict, warnings, warnings == 1 ? "" : "s"));
    }
    case Verdict::invalid:
    case Verdict::malformed: break;
  }
  return style.red(verdict);
}

void print_head(std::string& out, const Result& result, std::size_t size, const Style& style) {
  std::string details = fmt::format("{}, revision {}, {} byte{}", to_string(result.format),
                                    static_cast<std::uint32_t>(result.revision), size, size == 1 ? "" : "s");
  if (result.canonical) details += *result.canonical ? ", canonical" : ", not canonical";
  fmt::format_to(std::back_inserter(out), "{}: {}  {}\n", style.strong(printable(result.label)),
                 verdict_text(result, style), style.faint('(' + details + ')'));
}

// `name` and the field in brackets behind a sentence.
std::string reference(std::string_view name, const FieldPath& field) {
  const std::string path = field.to_string();
  return path.empty() ? fmt::format("[{}]", name) : fmt::format("[{}: {}]", name, path);
}

void print_error(std::string& out, const DecodeError& error, std::span<const std::byte> input,
                 const DecodeOptions& options, const Style& style) {
  print_event(out, read_before(error, input, options), style);
  fmt::format_to(std::back_inserter(out), "\n  {} at byte {} ({:#x}): {}  {}\n", style.red("error"), error.offset,
                 error.offset, explain(error, input, options),
                 style.faint(reference(to_string(error.code), error.field)));
  out += dump(input, locate(error, input, options), style);
  for (const std::string& hint : hints(input, options))
    fmt::format_to(std::back_inserter(out), "\n  {}: {}\n", style.strong("hint"), hint);
}

}  // namespace

void print_result(std::string& out, const Result& result, std::span<const std::byte> input,
                  const DecodeOptions& options, const Style& style) {
  print_head(out, result, input.size(), style);
  if (!result.report.event) {
    print_error(out, result.report.event.error(), input, options, style);
    return;
  }
  print_event(out, *result.report.event, style);
  for (const Finding& finding : result.report.findings) {
    const bool is_error = severity(finding.rule) == Severity::error;
    const std::string_view severity_name = to_string(severity(finding.rule));
    fmt::format_to(
        std::back_inserter(out), "\n  {}: {}  {}\n", is_error ? style.red(severity_name) : style.yellow(severity_name),
        explain(finding, *result.report.event), style.faint(reference(to_string(finding.rule), finding.field)));
    if (const auto bytes = locate(finding.field, *result.report.event, input, options))
      out += dump(input, *bytes, style);
  }
}

}  // namespace qmforge::tools
