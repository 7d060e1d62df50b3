#include "closing_line.h"

namespace qmforge::tools {
namespace {

constexpr std::string_view beginning = R"({"inputs": )";

}  // namespace

void ClosingLine::add(std::string_view line, std::string_view file_contents) {
  digest_.update(line);
  digest_.update("\n");
  digest_.update(file_contents);
  ++inputs_;
}

std::string ClosingLine::text() {
  return std::string(beginning) + std::to_string(inputs_) + R"(, "digest": "blake2b-256:)" + digest_.finish() + "\"}";
}

bool is_closing_line(std::string_view line) { return line.starts_with(beginning); }

}  // namespace qmforge::tools
