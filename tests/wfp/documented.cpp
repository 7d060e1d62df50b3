#include "documented.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace qmforge::wfp {
namespace {

#define CODE(name) {#name, static_cast<DWORD>(name)}
const std::map<std::string, DWORD> codes = {
    CODE(ERROR_BAD_CONFIGURATION),   CODE(ERROR_INVALID_HANDLE),        CODE(ERROR_NOT_ENOUGH_MEMORY),
    CODE(ERROR_NOT_SUPPORTED),       CODE(ERROR_POSSIBLE_DEADLOCK),     CODE(FWP_E_ALREADY_EXISTS),
    CODE(FWP_E_CONDITION_NOT_FOUND), CODE(FWP_E_DUPLICATE_CONDITION),   CODE(FWP_E_INVALID_ENUMERATOR),
    CODE(FWP_E_INVALID_FLAGS),       CODE(FWP_E_INVALID_INTERVAL),      CODE(FWP_E_INVALID_NET_MASK),
    CODE(FWP_E_INVALID_PARAMETER),   CODE(FWP_E_INVALID_RANGE),         CODE(FWP_E_MATCH_TYPE_MISMATCH),
    CODE(FWP_E_NET_EVENTS_DISABLED), CODE(FWP_E_NO_TXN_IN_PROGRESS),    CODE(FWP_E_NULL_POINTER),
    CODE(FWP_E_OUT_OF_BOUNDS),       CODE(FWP_E_TXN_IN_PROGRESS),       CODE(FWP_E_TYPE_MISMATCH),
    CODE(FWP_E_WRONG_SESSION),       CODE(RPC_S_UNKNOWN_AUTHN_SERVICE),
};
#undef CODE

[[noreturn]] void give_up(const std::string& line) {
  std::fprintf(stderr, "docs/wfp.md: not understood: %s\n", line.c_str());
  std::abort();
}

std::vector<std::string> split(const std::string& text, const std::string& separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t end = 0; end != std::string::npos; begin = end + separator.size()) {
    end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end == std::string::npos ? end : end - begin));
  }
  return parts;
}

/// `FwpmNetEventEnum0 … 5`: six names.
std::vector<Function> functions(const std::string& cell) {
  const std::vector<std::string> ends = split(cell, " … ");
  const std::string stem = ends[0].substr(0, ends[0].size() - 1);
  const char last = ends.size() == 1 ? ends[0].back() : ends[1].front();
  std::vector<Function> result;
  for (char version = ends[0].back(); version <= last; ++version) {
    const auto function = function_from_name(stem + version);
    if (!function) give_up(cell);
    result.push_back(*function);
  }
  return result;
}

std::set<CallCode> read_table() {
  std::ifstream stream(QMFORGE_SOURCE "/docs/wfp.md");
  std::string line;
  while (std::getline(stream, line) && line != "| call | codes |") continue;
  if (!std::getline(stream, line)) give_up("no table of codes");  // |---|---|
  std::set<CallCode> table;
  while (std::getline(stream, line) && line.starts_with("| ")) {
    const std::vector<std::string> cells = split(line.substr(2, line.size() - 4), " | ");
    if (cells.size() != 2) give_up(line);
    for (const Function function : functions(cells[0]))
      for (const std::string& name : split(cells[1], ", ")) {
        if (!codes.contains(name)) give_up(name);
        table.emplace(function, codes.at(name));
      }
  }
  return table;
}

}  // namespace

const std::set<CallCode>& documented_codes() {
  static const std::set<CallCode> table = read_table();
  return table;
}

std::string undocumented_calls() {
  std::string text;
  for (const Call& call : calls()) {
    if (call.injected || call.result == ERROR_SUCCESS || documented_codes().contains({call.function, call.result}))
      continue;
    char code[11];
    std::snprintf(code, sizeof(code), "0x%08x", call.result);
    text += std::string(to_string(call.function)) + " returned " + code + "\n";
  }
  return text;
}

}  // namespace qmforge::wfp
