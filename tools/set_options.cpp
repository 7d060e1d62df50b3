#include "set_options.h"

#include <charconv>
#include <string_view>

#include "qmforge/names.h"

namespace qmforge::tools {
namespace {

bool read_number(std::string_view text, std::uint64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

void read_format(const std::string& text, std::optional<Format>& format) {
  format = format_from_name(text);
  if (!format && text != "all") refuse("--format", text + " is no format");
}

void read_revision(const std::string& text, std::optional<Revision>& revision) {
  if (text != "0" && text != "1" && text != "all") refuse("--revision", text + " is none of 0, 1, all");
  revision = std::nullopt;
  if (text != "all") revision = text == "0" ? Revision::r0 : Revision::r1;
}

void read_shard(const std::string& text, sim::SetOptions& options) {
  const std::size_t slash = text.find('/');
  const bool read = slash != std::string::npos && read_number(std::string_view(text).substr(0, slash), options.shard) &&
                    read_number(std::string_view(text).substr(slash + 1), options.shards);
  if (!read || options.shard == 0 || options.shard > options.shards)
    refuse("--shard", text + " is no I/N with I from 1 to N");
}

}  // namespace

void add_set_options(Command command, sim::SetOptions& options) {
  const Option seed = command.add_option("--seed", options.seed, "What the inputs are drawn from (1 unless said)");
  const Option count = command.add_option("--count", options.count, "How many inputs (1000 unless said)");
  command
      .add_flag("--exhaustive", options.exhaustive, "Every combination, shape, edge and fault instead of a random set")
      .excludes(seed)
      .excludes(count);
  Option valid = command.add_flag("--valid", options.valid_only, "Valid inputs only");
  Option malformed = command.add_flag("--malformed", options.malformed_only, "Malformed inputs only");
  const Option mix = command
                         .add_option("--mix", options.profile.malformed_percent,
                                     "How many inputs of a hundred are malformed (50 unless said)")
                         .at_most(100)
                         .value_name("PERCENT");
  valid.excludes(malformed).excludes(mix);
  malformed.excludes(mix);
  command
      .add_option(
          "--format", [&options](const std::string& text) { read_format(text, options.profile.format); },
          "The one encoding to use (all unless said)")
      .value_name("ndr20|ndr20-body|ndr64|native64|native32|all");
  command
      .add_option(
          "--revision", [&options](const std::string& text) { read_revision(text, options.profile.revision); },
          "The one revision to use (all unless said)")
      .value_name("0|1|all");
  command
      .add_option(
          "--shard", [&options](const std::string& text) { read_shard(text, options); },
          "The I-th of N disjoint parts that make up the whole")
      .value_name("I/N");
}

}  // namespace qmforge::tools
