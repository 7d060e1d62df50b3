// Colours of text output. Without colours, a style returns the text unchanged.
#pragma once

#include <string>
#include <string_view>

namespace qmforge::tools {

struct Style {
  bool colours = false;

  [[nodiscard]] std::string strong(std::string_view text) const { return painted("1", text); }
  [[nodiscard]] std::string faint(std::string_view text) const { return painted("2", text); }
  [[nodiscard]] std::string red(std::string_view text) const { return painted("1;31", text); }
  [[nodiscard]] std::string green(std::string_view text) const { return painted("1;32", text); }
  [[nodiscard]] std::string yellow(std::string_view text) const { return painted("1;33", text); }

 private:
  [[nodiscard]] std::string painted(std::string_view code, std::string_view text) const {
    if (!colours) return std::string(text);
    std::string painted = "\x1b[";
    painted.append(code).append("m").append(text).append("\x1b[0m");
    return painted;
  }
};

}  // namespace qmforge::tools
