// Questions to an engine's standard input, answers from its output; libndr/engine.c says how they are written.
#include "interop/engine.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <utility>

#include "support/hex.h"

namespace qmforge::interop {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Nothing inside a JSON string can look like the keys that are searched for, because quotes are escaped there.
Answer parse_answer(std::string line, std::size_t label) {
  const std::string beginning = "{\"label\": \"" + std::to_string(label) + "\", \"event\": ";
  if (!line.starts_with(beginning))
    throw std::runtime_error("no answer to question " + std::to_string(label) + ": " + line);
  Answer answer{.line = std::move(line)};
  answer.accepted = answer.line[beginning.size()] == '{';
  if (!answer.accepted) return answer;
  constexpr std::string_view key = "\"hex\": \"";
  const std::size_t hex = answer.line.rfind(key);
  if (hex == std::string::npos) throw std::runtime_error("an event, but no encoding of it: " + answer.line);
  const std::size_t begin = hex + key.size();
  answer.encoded = testing::from_hex(std::string_view(answer.line).substr(begin, answer.line.find('"', begin) - begin));
  return answer;
}

}  // namespace

std::string_view name(Encoding encoding) noexcept {
  switch (encoding) {
    case Encoding::ndr20: return "ndr20";
    case Encoding::ndr20Body: return "ndr20-body";
    case Encoding::ndr20BodyBig: return "ndr20-body-be";
    case Encoding::ndr64: return "ndr64";
  }
  return {};
}

Engine Engine::libndr() {
  const std::string program = QMFORGE_LIBNDR_ENGINE;
  Engine engine("libndr", "'" + program + "'");
  if (!std::ifstream(program)) {
    const std::string reason = read_file(program + ".unavailable");
    if (reason.empty()) throw std::runtime_error(program + " is missing, and nothing says why");
    engine.unavailable_ = reason;
  }
  return engine;
}

// Debian's packages for Python are seen by Debian's Python alone.
Engine Engine::impacket() {
  Engine engine("impacket", "/usr/bin/python3 -B '" QMFORGE_IMPACKET_ENGINE "'");
  if (std::system("/usr/bin/python3 -c 'import impacket' 2> /dev/null") != 0)
    engine.unavailable_ = "the package python3-impacket is not installed";
  return engine;
}

std::vector<Answer> Engine::ask(std::span<const Question> questions) const {
  const std::string scratch = std::string(QMFORGE_INTEROP_SCRATCH) + "/" + name_ + "." + std::to_string(getpid());
  const std::string input = scratch + ".in";
  const std::string errors = scratch + ".err";
  {
    std::ofstream file(input);
    for (std::size_t i = 0; i < questions.size(); ++i) {
      const Question& question = questions[i];
      const std::string_view encoding = name(question.encoding);
      file << i << ' ' << static_cast<unsigned>(question.revision) << ' ' << encoding << ' ' << encoding << ' '
           << (question.bytes.empty() ? "-" : testing::to_hex(question.bytes)) << '\n';
    }
    if (!file.flush()) throw std::runtime_error("cannot write " + input);
  }

  FILE* const output = popen((command_ + " < '" + input + "' 2> '" + errors + "'").c_str(), "r");
  if (output == nullptr) throw std::runtime_error("cannot start " + command_);
  std::vector<Answer> answers;
  char* line = nullptr;
  std::size_t capacity = 0;
  while (getline(&line, &capacity, output) > 0) answers.push_back(parse_answer(line, answers.size()));
  std::free(line);
  const int status = pclose(output);
  if (status != 0 || answers.size() != questions.size())
    throw std::runtime_error(name_ + " broke down at question " + std::to_string(answers.size()) + ":\n" +
                             read_file(errors));
  std::remove(input.c_str());
  std::remove(errors.c_str());
  return answers;
}

}  // namespace qmforge::interop
