// Writes questions to an engine's standard input and reads answers from its output. libndr/engine.c documents the
// format.
#include "interop/engine.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "support/hex.h"

namespace qmforge::interop {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

constexpr std::size_t header_size = 16;

// The engines' name for an encoding.
std::string_view engine_name(Encoding encoding) {
  return encoding == Encoding::ndr20Big ? "ndr20-body-be" : to_string(encoding);
}

std::span<const std::byte> without_header(std::span<const std::byte> message) {
  return message.size() < header_size ? std::span<const std::byte>() : message.subspan(header_size);
}

// A big-endian body, padded, with its header.
std::vector<std::byte> with_header(std::vector<std::byte> body) {
  body.resize((body.size() + 7) / 8 * 8);
  std::vector<std::byte> message = testing::from_hex("0100 0800 cccccccc");
  for (int shift = 24; shift >= 0; shift -= 8) message.push_back(static_cast<std::byte>(body.size() >> shift & 0xff));
  message.resize(header_size);
  message.insert(message.end(), body.begin(), body.end());
  return message;
}

// The value after a key at the end of a line. A JSON string cannot contain the key, because quotes are escaped in it.
std::string_view last_member(std::string_view line, std::string_view key) {
  const std::size_t at = line.rfind(key);
  if (at == std::string_view::npos) return {};
  line.remove_prefix(at + key.size());
  return line.substr(0, line.find_first_of(",\"}"));
}

Answer parse_answer(std::string line, std::size_t label, Encoding encoding) {
  const std::string beginning = "{\"label\": \"" + std::to_string(label) + "\", \"event\": ";
  if (!line.starts_with(beginning))
    throw std::runtime_error("no answer to question " + std::to_string(label) + ": " + line);
  Answer answer{.line = std::move(line)};
  answer.accepted = answer.line[beginning.size()] == '{';
  if (!answer.accepted) return answer;
  const std::string_view hex = last_member(answer.line, "\"hex\": \"");
  if (hex.empty()) throw std::runtime_error("an event, but no encoding of it: " + answer.line);
  answer.encoded = testing::from_hex(hex);
  const std::string consumed(last_member(answer.line, "\"consumed\": "));
  if (!consumed.empty()) answer.consumed = std::stoull(consumed);
  if (encoding == Encoding::ndr20Big) {
    answer.encoded = with_header(std::move(answer.encoded));
    answer.consumed += header_size;
  }
  return answer;
}

}  // namespace

std::string_view to_string(Encoding encoding) noexcept {
  switch (encoding) {
    case Encoding::ndr20: return "ndr20";
    case Encoding::ndr20Big: return "ndr20-be";
    case Encoding::ndr20Body: return "ndr20-body";
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

// Only Debian's Python finds Debian's packages.
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
      const std::string_view encoding = engine_name(question.encoding);
      const std::string hex =
          testing::to_hex(question.encoding == Encoding::ndr20Big ? without_header(question.bytes) : question.bytes);
      file << i << ' ' << static_cast<unsigned>(question.revision) << ' ' << encoding << ' ' << encoding << ' '
           << (hex.empty() ? "-" : hex) << '\n';
    }
    if (!file.flush()) throw std::runtime_error("cannot write " + input);
  }

  FILE* const output = popen((command_ + " < '" + input + "' 2> '" + errors + "'").c_str(), "r");
  if (output == nullptr) throw std::runtime_error("cannot start " + command_);
  std::vector<Answer> answers;
  char* line = nullptr;
  std::size_t capacity = 0;
  while (answers.size() < questions.size() && getline(&line, &capacity, output) > 0)
    answers.push_back(parse_answer(line, answers.size(), questions[answers.size()].encoding));
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
