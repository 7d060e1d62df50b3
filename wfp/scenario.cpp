#include "scenario.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <new>
#include <string>
#include <string_view>

#include "engine.h"
#include "qmforge/wfp/control.h"
#include "scenario_reader.h"

namespace qmforge::wfp {
namespace {

using Result = std::expected<void, std::string>;

Result run(std::string_view text, ScenarioReader& reader) {
  for (std::size_t line_number = 1; !text.empty(); ++line_number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (const Result result = reader.read_line(line); !result)
      return std::unexpected("line " + std::to_string(line_number) + ": " + result.error());
  }
  return reader.finish();
}

bool is_quiet() {
  const char* const value = std::getenv(quiet_variable.data());  // of a literal: it ends with NUL
  return value != nullptr && *value != '\0';
}

bool run_scenario_of_environment() {
  const char* const path = std::getenv(scenario_variable.data());
  if (path == nullptr || *path == '\0') {
    if (!is_quiet() && !Engine::instance().is_controlled())
      std::fputs("qmforge: the fake fwpuclnt has no scenario (QMFORGE_WFP_SCENARIO is not set): no events\n", stderr);
    return true;
  }
  try {
    std::ifstream stream(path, std::ios::binary);
    Result result = std::unexpected("cannot be read");
    ScenarioReader reader(std::filesystem::path(path).parent_path());
    if (stream) {
      const std::string text{std::istreambuf_iterator<char>(stream), {}};
      result = run(text, reader);
    }
    if (!result)
      std::fprintf(stderr, "qmforge: scenario %s: %s\n", path, result.error().c_str());
    else if (!reader.is_quiet() && !is_quiet())
      std::fprintf(stderr, "qmforge: the fake fwpuclnt is loaded, scenario %s: %zu events logged, %zu live\n", path,
                   reader.logged(), reader.live());
    return result.has_value();
  } catch (const std::bad_alloc&) {
    std::fprintf(stderr, "qmforge: scenario %s: out of memory\n", path);
    return false;
  }
}

}  // namespace

std::expected<void, std::string> run_scenario(std::string_view text) {
  Engine::instance().set_controlled();
  ScenarioReader reader({});
  return run(text, reader);
}

bool run_scenario_once() {
  static const bool succeeded = run_scenario_of_environment();
  return succeeded;
}

}  // namespace qmforge::wfp
