#include "answers.h"

#include <algorithm>
#include <string>
#include <vector>

namespace qmforge::tools {
namespace {

bool is_answer(const Json& value) {
  const auto has_text = [&](const char* name) { return value.contains(name) && value[name].is_string(); };
  return value.is_object() && has_text("label") && has_text("verdict");
}

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < line.size();) {
    const std::size_t end = std::min(line.find_first_of(" \t", begin), line.size());
    if (end != begin) words.emplace_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

bool is_answered_verdict(std::string_view word) {
  constexpr std::array<std::string_view, 5> verdicts = {"valid", "invalid", "malformed", "accepted", "skipped"};
  return std::ranges::find(verdicts, word) != verdicts.end();
}

}  // namespace

std::optional<Json> parse_answer(std::string_view line) {
  if (line.starts_with('{')) {
    auto answer = parse_json(line);
    if (!answer || !is_answer(*answer) || !is_answered_verdict((*answer)["verdict"].get<std::string>()))
      return std::nullopt;
    return *std::move(answer);
  }
  const std::vector<std::string> words = words_of(line);
  if (words.size() < 2 || words.size() > 3 || !is_answered_verdict(words[1])) return std::nullopt;
  Json answer = {{"label", words[0]}, {"verdict", words[1]}};
  if (words.size() == 3) answer["error"] = {{"code", words[2]}};
  return answer;
}

}  // namespace qmforge::tools
