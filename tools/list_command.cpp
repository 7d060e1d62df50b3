// qmforge list: the names that results, labelled sets and options use.
#include <fmt/format.h>

#include <memory>
#include <string>

#include "command_line.h"
#include "commands.h"
#include "json.h"
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

Json errors() {
  Json list = Json::array();
  for_each_member<ErrorCode>(
      [&](ErrorCode code) { list.push_back({{"name", to_string(code)}, {"message", message(code)}}); });
  return list;
}

Json rules() {
  Json list = Json::array();
  for_each_member<Rule>([&](Rule rule) {
    list.push_back({{"name", to_string(rule)}, {"severity", to_string(severity(rule))}, {"message", message(rule)}});
  });
  return list;
}

Json types() {
  Json list = Json::array();
  for (const DataType type : all_data_types)
    list.push_back({{"value", static_cast<std::uint32_t>(type)},
                    {"name", c_name(type)},
                    {"arm", arm_name(type)},
                    {"held", type == DataType::empty ? "-"
                             : is_pointer_type(type) ? "pointer"
                                                     : "inline"}});
  return list;
}

Json faults() {
  Json list = Json::array();
  for (const sim::FaultInfo& fault : sim::fault_catalogue()) {
    Json formats = Json::array();
    for (const Format format : fault.formats) formats.push_back(to_string(format));
    Json codes = Json::array();
    for (const ErrorCode code : fault.codes) codes.push_back(to_string(code));
    list.push_back({{"name", fault.name},
                    {"class", sim::to_string(fault.fault_class)},
                    {"formats", formats},
                    {"description", fault.description},
                    {"codes", codes},
                    {"rule", fault.rule ? Json(to_string(*fault.rule)) : Json()}});
  }
  return list;
}

std::string text(const Json& entry, const char* member) { return entry[member].get<std::string>(); }

std::string error_line(const Json& error) {
  return fmt::format("{:<21} {}\n", text(error, "name"), text(error, "message"));
}

std::string rule_line(const Json& rule) {
  return fmt::format("{:<23} {:<8} {}\n", text(rule, "name"), text(rule, "severity"), text(rule, "message"));
}

std::string type_line(const Json& type) {
  return fmt::format("{:#05x}  {:<34} {:<23} {}\n", type["value"].get<std::uint32_t>(), text(type, "name"),
                     text(type, "arm"), text(type, "held"));
}

std::string joined(const Json& strings) {
  std::string joined;
  for (const Json& string : strings) joined += (joined.empty() ? "" : " ") + string.get<std::string>();
  return joined;
}

std::string fault_lines(const Json& fault) {
  const std::string formats = fault["formats"].size() == all_formats.size() ? "all formats" : joined(fault["formats"]);
  const std::string codes = fault["codes"].empty() ? "accepted" : joined(fault["codes"]);
  return fmt::format("{} ({}; {})\n  {}\n  expected: {}\n", text(fault, "name"), text(fault, "class"), formats,
                     text(fault, "description"), fault["rule"].is_null() ? codes : text(fault, "rule"));
}

}  // namespace

void add_list(Command program, Console& console) {
  Command command = program.add_command("list", "Print the faults, rules, errors or data types");
  command.require_command();
  const auto json = std::make_shared<bool>(false);
  const auto add = [&](const char* what, const char* description, Json (*entries)(), std::string (*line)(const Json&)) {
    Command list = command.add_command(what, description);
    list.add_flag("--json", *json, "Print a JSON array of objects");
    list.set_action([entries, line, json, &console] {
      if (*json) return console.print(entries().dump(2) + '\n');
      for (const Json& entry : entries()) console.print(line(entry));
    });
  };
  add("faults", "The faults that the simulator makes, and the expected result of each", faults, fault_lines);
  add("rules", "The rules of the validator", rules, rule_line);
  add("errors", "The error codes of malformed inputs", errors, error_line);
  add("types", "The data types of FWP_CONDITION_VALUE0", types, type_line);
}

}  // namespace qmforge::tools
