// qmforge list: the names that the contract, the sets and the options know.
#include <fmt/format.h>

#include <memory>
#include <string>

#include "command_line.h"
#include "commands.h"
#include "qmforge/decode.h"
#include "qmforge/names.h"
#include "qmforge/sim/faults.h"
#include "qmforge/validate.h"

namespace qmforge::tools {
namespace {

template <class Enum>
constexpr Enum last;
template <>
constexpr ErrorCode last<ErrorCode> = ErrorCode::badAddress;
template <>
constexpr Rule last<Rule> = Rule::errorCodeMarker;

// Calls `use` with every member, which are 0 up to the last.
template <class Enum, class Use>
void for_each_member(Use use) {
  for (unsigned i = 0; i <= static_cast<unsigned>(last<Enum>); ++i) use(static_cast<Enum>(i));
}

std::string list_errors() {
  std::string text;
  for_each_member<ErrorCode>(
      [&](ErrorCode code) { text += fmt::format("{:<21} {}\n", to_string(code), message(code)); });
  return text;
}

std::string list_rules() {
  std::string text;
  for_each_member<Rule>([&](Rule rule) {
    text += fmt::format("{:<23} {:<8} {}\n", to_string(rule), to_string(severity(rule)), message(rule));
  });
  return text;
}

std::string list_types() {
  std::string text;
  for (const DataType type : all_data_types)
    text += fmt::format("{:#05x}  {:<34} {:<23} {}\n", static_cast<std::uint32_t>(type), c_name(type), arm_name(type),
                        type == DataType::empty ? "-"
                        : is_pointer_type(type) ? "pointer"
                                                : "inline");
  return text;
}

template <class Range, class Name>
std::string joined(const Range& range, Name name_of) {
  std::string text;
  for (const auto& element : range) text.append(text.empty() ? "" : " ").append(name_of(element));
  return text;
}

std::string list_faults() {
  std::string text;
  for (const sim::FaultInfo& fault : sim::fault_catalogue()) {
    std::string due = joined(fault.codes, [](ErrorCode code) { return to_string(code); });
    if (fault.rule) due = std::string(to_string(*fault.rule));
    const std::string formats = fault.formats.size() == all_formats.size()
                                    ? "all formats"
                                    : joined(fault.formats, [](Format format) { return to_string(format); });
    text +=
        fmt::format("{} ({}; {})\n  {}\n", fault.name, sim::to_string(fault.fault_class), formats, fault.description);
    text += fmt::format("  expected: {}\n", due.empty() ? "accepted" : due);
  }
  return text;
}

}  // namespace

void add_list(Command program, Console& console) {
  Command command = program.add_command("list", "Print the faults, rules, errors or types that there are");
  command.require_command();
  const auto add = [&](const char* what, const char* description, std::string (*list)()) {
    command.add_command(what, description).set_action([list, &console] { console.print(list()); });
  };
  add("faults", "What the simulator can break, and what is due then", list_faults);
  add("rules", "What a valid event holds to", list_rules);
  add("errors", "Why an input is malformed", list_errors);
  add("types", "The data types of FWP_CONDITION_VALUE0", list_types);
}

}  // namespace qmforge::tools
