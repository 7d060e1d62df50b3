#include "disagreements.h"

#include <utility>

#include "field_bytes.h"
#include "pattern.h"
#include "printable.h"
#include "qmforge/sim/labelled.h"

namespace qmforge::tools {
namespace {

std::unique_ptr<OutputFile> open(const std::string& path) {
  return path.empty() ? nullptr : std::make_unique<OutputFile>(path);
}

void write(OutputFile* file, const std::string& text) {
  if (file == nullptr) return;
  file->write(text);
  file->finish();
}

}  // namespace

void add_report_options(Command command, ReportOptions& options) {
  Option all = command.add_flag("--all", options.all, "Show every disagreement (default: the first 10)");
  Option quiet = command.add_flag("--quiet", options.quiet, "Print errors only; the exit status tells the result");
  Option json = command.add_flag("--json", options.json, "Print the summary as JSON instead of text");
  all.excludes(quiet).excludes(json);
  quiet.excludes(json);
  command.add_option("--only", options.only, "Compare only inputs whose label matches; * stands for any characters")
      .value_name("PATTERN");
  command.add_option("--junit", options.junit, "Write the results as JUnit XML").value_name("FILE");
  command.add_option("--summary", options.summary, "Write the summary as JSON").value_name("FILE");
}

Disagreements::Disagreements(std::string command, const ReportOptions& options, std::uint64_t total, Console& console)
    : command_(std::move(command)),
      options_(options),
      console_(console),
      junit_(open(options.junit)),
      summary_(open(options.summary)),
      progress_(options.quiet ? nullptr : std::make_unique<Progress>(total)) {}

bool Disagreements::selects(std::string_view label) {
  const bool selected = options_.only.empty() || matches(options_.only, label);
  if (selected) ++selected_;
  if (progress_) progress_->step();
  return selected;
}

void Disagreements::add(Comparison compared, bool is_expected_failure) {
  tally_.add(compared.input_class, compared.format, !compared.difference);
  if (!compared.difference) return;
  ++(is_expected_failure ? expected_ : unexpected_);
  const bool shown =
      !is_expected_failure && !options_.quiet && !options_.json && (options_.all || unexpected_ <= shown_at_first);
  const bool listed = (junit_ || summary_ || options_.json) && listed_.size() < most_listed;
  if (!shown && !listed) return;
  std::string bytes =
      dump_field(compared.difference->field, compared.bytes, {compared.format, compared.revision, sim::set_image_base});
  if (shown) {
    if (progress_) progress_->wipe();
    console_.print(printable(compared.label + ": " + compared.difference->to_string()) + '\n' + bytes);
  }
  if (listed)
    listed_.push_back({std::move(compared.label), std::move(compared.input_class), *std::move(compared.difference),
                       std::move(bytes), is_expected_failure});
}

void Disagreements::report() {
  progress_.reset();
  if (selected_ == 0) throw Failure("--only: no label matches '" + options_.only + "'");
  if (unexpected_ != 0) console_.raise(ExitCode::mismatch);
  write(junit_.get(), junit_xml(command_, tally_, listed_));
  write(summary_.get(), summary());
  if (!options_.quiet) console_.print(options_.json ? summary() : text());
}

std::string Disagreements::text() const {
  std::string text;
  if (!options_.all && unexpected_ > shown_at_first)
    text += "... and " + std::to_string(unexpected_ - shown_at_first) +
            " more; --all shows every one, --only PATTERN some, qmforge show SET LABEL one input\n";
  text += tally_.table();
  if (skipped_ != 0) text += std::to_string(skipped_) + " skipped\n";
  if (expected_ != 0) text += std::to_string(expected_) + " failures were expected\n";
  return text;
}

std::string Disagreements::summary() const {
  const Count total = tally_.total();
  Json classes = Json::object();
  for (const std::string& name : tally_.classes()) {
    Json& formats = classes[name];
    for (std::size_t i = 0; i < all_formats.size(); ++i) {
      const Count& count = tally_.row(name)[i];
      if (count.inputs != 0)
        formats[std::string(to_string(all_formats[i]))] = {{"inputs", count.inputs},
                                                           {"disagreements", count.disagreements}};
    }
  }
  Json differences = Json::array();
  for (const Disagreement& each : listed_)
    differences.push_back({{"label", each.label},
                           {"class", each.input_class},
                           {"field", each.difference.field},
                           {"expected", each.difference.expected},
                           {"got", each.difference.got},
                           {"expectedFailure", each.is_expected}});
  const Json summary = {
      {"command", command_},           {"inputs", total.inputs}, {"disagreements", total.disagreements},
      {"expectedFailures", expected_}, {"skipped", skipped_},    {"classes", classes},
      {"differences", differences}};
  return summary.dump(2, ' ', true, Json::error_handler_t::replace) + '\n';
}

}  // namespace qmforge::tools
