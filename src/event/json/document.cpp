#include "document.h"

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <vector>

#include "qmforge/text.h"
#include "unicode.h"

namespace qmforge::json {
namespace {

using nlohmann::json;

// The parser's message without its prefix, which ends in `end_of_prefix`.
std::string_view sentence(const json::exception& exception, std::string_view end_of_prefix) {
  const std::string_view what = exception.what();
  return what.substr(what.find(end_of_prefix) + end_of_prefix.size());
}

// The parser's callback: rejects duplicate keys and nesting above max_depth.
class Limits {
 public:
  bool operator()(int /*depth*/, json::parse_event_t event, const json& parsed) {
    using enum json::parse_event_t;
    switch (event) {
      case object_start:
      case array_start:
        if (open_.size() == max_depth)
          throw Failure{{"", "is nested more than " + std::to_string(max_depth) + " deep"}};
        open_.push_back({.is_array = event == array_start});
        break;
      case object_end:
      case array_end:
        open_.pop_back();
        count_element();
        break;
      case value: count_element(); break;
      default: enter(parsed.get_ref<const std::string&>()); break;  // key
    }
    return true;
  }

 private:
  struct Container {
    bool is_array = false;
    std::size_t elements = 0;
    std::set<std::string> keys = {};
    std::string key = {};
  };

  void count_element() {
    if (!open_.empty()) ++open_.back().elements;
  }
  void enter(const std::string& name) {
    open_.back().key = name;
    if (!open_.back().keys.insert(name).second) throw Failure{{path(), "is a duplicate key"}};
  }
  [[nodiscard]] std::string path() const {
    std::string path;
    for (const Container& container : open_) {
      if (container.is_array) {
        path += '[' + std::to_string(container.elements) + ']';
      } else {
        append_key(path, container.key);
      }
    }
    return path;
  }

  std::vector<Container> open_;
};

}  // namespace

Document::Document(std::string_view text) {
  try {
    tree_ = std::make_unique<const json>(json::parse(text, Limits()));
  } catch (const json::parse_error& error) {
    throw Failure{
        {"", "is not JSON, at byte " + std::to_string(error.byte) + ": " + std::string(sentence(error, ": "))}};
  } catch (const json::exception& error) {  // a number that no double holds
    throw Failure{{"", "is not JSON: " + std::string(sentence(error, "] "))}};
  }
}

Document::~Document() = default;

std::string excerpt(std::string_view string) {
  constexpr std::size_t longest = 60;
  std::vector<char16_t> units;
  while (!string.empty() && units.size() < longest)
    to_utf16(take_character(string), [&units](char16_t unit) { units.push_back(unit); });
  return string_text(Utf16View(std::span<const char16_t>(units))) + (string.empty() ? "" : " ...");
}

void append_key(std::string& path, std::string_view key) {
  const bool is_identifier = !key.empty() && key.size() <= 60 && std::ranges::all_of(key, [](unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
  });
  if (!path.empty()) path += '.';
  path += is_identifier ? std::string(key) : excerpt(key);
}

}  // namespace qmforge::json
