#include "set_options.h"

#include <bit>
#include <optional>
#include <string>
#include <string_view>

#include "qmforge/names.h"

namespace qmforge::tools {
namespace {

// Swarm numbers have 32 bits (sim/sets.h): beyond this an input would repeat an earlier one.
constexpr std::uint64_t max_count = sim::swarm_size << 32;
constexpr std::uint64_t max_shards = 1'000'000;

constexpr const char* format_names = "ndr20|ndr20-body|ndr64|native64|native32|all";

void read_format(const std::string& text, std::optional<Format>& format) {
  format = format_from_name(text);
  if (!format && text != "all")
    throw_usage_error("--format", "invalid value '" + text + "'; expected one of " + std::string(format_names));
}

void read_revision(const std::string& text, std::optional<Revision>& revision) {
  if (text != "0" && text != "1" && text != "all")
    throw_usage_error("--revision", "invalid value '" + text + "'; expected 0, 1 or all");
  revision = std::nullopt;
  if (text != "all") revision = text == "0" ? Revision::r0 : Revision::r1;
}

void read_byte_order(const std::string& text, std::optional<std::endian>& order) {
  if (text != "little" && text != "big" && text != "all")
    throw_usage_error("--byte-order", "invalid value '" + text + "'; expected little, big or all");
  order = std::nullopt;
  if (text != "all") order = text == "little" ? std::endian::little : std::endian::big;
}

void read_shard(const std::string& text, sim::SetOptions& options) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos)
    throw_usage_error("--shard", "invalid value '" + text + "'; expected I/N, such as 1/4");
  options.shards = decimal("--shard", std::string_view(text).substr(slash + 1), {1, max_shards});
  options.shard = decimal("--shard", std::string_view(text).substr(0, slash), {1, options.shards});
}

}  // namespace

Option add_set_options(Command command, sim::SetOptions& options) {
  const Option seed =
      command.add_number("--seed", options.seed, {}, "Seed of the random numbers (default: 1)").value_name("N");
  const Option count =
      command.add_number("--count", options.count, {1, max_count}, "Number of inputs (default: 1000)").value_name("N");
  Option exhaustive = command
                          .add_flag("--exhaustive", options.exhaustive,
                                    "Every combination, shape, edge case and fault, instead of a random set")
                          .excludes(seed)
                          .excludes(count);
  Option valid = command.add_flag("--valid", options.valid_only, "Valid inputs only");
  Option malformed = command.add_flag("--malformed", options.malformed_only, "Malformed inputs only");
  const Option mix = command
                         .add_number("--mix", options.profile.malformed_percent, {0, 100},
                                     "Percentage of malformed inputs (default: 50)")
                         .value_name("PERCENT");
  valid.excludes(malformed).excludes(mix);
  malformed.excludes(mix);
  exhaustive.excludes(mix);
  command
      .add_option(
          "--format", [&options](const std::string& text) { read_format(text, options.profile.format); },
          "Use this encoding only (default: all)")
      .value_name(format_names);
  command
      .add_option(
          "--revision", [&options](const std::string& text) { read_revision(text, options.profile.revision); },
          "Use this revision only (default: all)")
      .value_name("0|1|all");
  command
      .add_option(
          "--byte-order", [&options](const std::string& text) { read_byte_order(text, options.profile.order); },
          "Use this byte order only; big is ndr20 (default: all)")
      .value_name("little|big|all");
  command
      .add_option(
          "--shard", [&options](const std::string& text) { read_shard(text, options); },
          "Part I of N: disjoint parts, which together are the whole set")
      .value_name("I/N");
  return exhaustive;
}

void check_set_options(const sim::SetOptions& options) {
  const sim::ForgeProfile& profile = options.profile;
  if (profile.order == std::endian::big && profile.format && *profile.format != Format::ndr20)
    throw_usage_error("--byte-order",
                      "only ndr20 has a big-endian form, not " + std::string(to_string(*profile.format)));
}

}  // namespace qmforge::tools
