#include "options.h"

#include <charconv>
#include <string>
#include <string_view>

#include "ordered_work.h"
#include "qmforge/names.h"

namespace qmforge::tools {

void add_format(Command command, Format& format, bool* is_auto) {
  std::string names = is_auto != nullptr ? "auto" : "";
  for (const Format each : all_formats) names += (names.empty() ? "" : "|") + std::string(to_string(each));
  command
      .add_option(
          "--format",
          [&format, is_auto, names](const std::string& text) {
            if (is_auto != nullptr) *is_auto = text == "auto";
            if (is_auto != nullptr && *is_auto) return;
            const auto named = format_from_name(text);
            if (!named) throw_usage_error("--format", "invalid value '" + text + "'; expected one of " + names);
            format = *named;
          },
          "How the event is encoded (default: ndr20)")
      .value_name(names);
}

void add_revision(Command command, Revision& revision) {
  command
      .add_option(
          "--revision",
          [&revision](const std::string& text) {
            if (text != "0" && text != "1")
              throw_usage_error("--revision", "invalid value '" + text + "'; expected 0 or 1");
            revision = text == "0" ? Revision::r0 : Revision::r1;
          },
          "FWPM_NET_EVENT_IKEEXT_QM_FAILURE0 or 1 (default: 0)")
      .value_name("0|1");
}

Option add_base(Command command, std::uint64_t& base) {
  return command
      .add_option(
          "--base",
          [&base](const std::string& text) {
            const bool is_hex = text.starts_with("0x") || text.starts_with("0X");
            const std::string_view digits = std::string_view(text).substr(is_hex ? 2 : 0);
            const auto [end, error] =
                std::from_chars(digits.data(), digits.data() + digits.size(), base, is_hex ? 16 : 10);
            if (error != std::errc() || end != digits.data() + digits.size())
              throw_usage_error("--base",
                                "invalid address '" + text + "'; expected a decimal number or 0x and hex digits");
          },
          "native64, native32: the address of the input's first byte (default: 0x10000)")
      .value_name("ADDRESS");
}

void check_base(Option base_option, Format format, std::uint64_t base) {
  if (base_option.was_given() && !is_memory_image(format))
    throw_usage_error("--base",
                      "has no effect on " + std::string(to_string(format)) + "; expected native64 or native32");
  if (format == Format::native32 && base > 0xffffffff)
    throw_usage_error("--base", "the address is above 0xffffffff, the last one of native32");
}

Option add_jobs(Command command, unsigned& jobs) {
  const char* const description =
      max_jobs == 1 ? "Number of threads: 1, because the standard library that this program was compiled with has none"
                    : "Number of threads (default: 1)";
  return command.add_number("--jobs", jobs, {1, max_jobs}, description).value_name("N");
}

Option add_unsealed(Command command, bool& unsealed) {
  return command.add_flag("--unsealed", unsealed,
                          "Accept a set without a closing line, which may be incomplete or altered");
}

}  // namespace qmforge::tools
