#include "document.h"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "qmforge/text.h"

namespace qmforge::json {
namespace {

using nlohmann::json;

// The text as the parser gets it, and where it is longer than the original.
struct Prepared {
  std::string text;
  std::vector<std::size_t> inserted;  // where, in `text`, four characters were inserted
};

constexpr std::string_view escape_of_marker = "\\u0001";

// Whether an escape \uXXXX is one that the parser must not see: a surrogate, or U+0001, which stands for them.
bool is_to_be_marked(std::string_view hex_digits) {
  const auto unit = hex_digits.size() == 4 ? digits::parse<std::uint16_t>(hex_digits, 16) : std::nullopt;
  return unit && (*unit == 1 || (*unit >= 0xd800 && *unit < 0xe000));
}

// Marks the escapes and bounds the nesting, in one pass over the text.
Prepared prepare(std::string_view text) {
  Prepared prepared;
  prepared.text.reserve(text.size());
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      in_string = !in_string;
    } else if (in_string && c == '\\' && i + 1 < text.size()) {
      if (text[i + 1] == 'u' && is_to_be_marked(text.substr(i + 2, 4))) {
        prepared.inserted.push_back(prepared.text.size());
        prepared.text += escape_of_marker;
      } else {
        prepared.text += text.substr(i, 2);
      }
      ++i;
      continue;
    } else if (!in_string && (c == '{' || c == '[')) {
      if (++depth > max_depth) throw Failure{{"", "is nested more than " + std::to_string(max_depth) + " deep"}};
    } else if (!in_string && (c == '}' || c == ']') && depth != 0) {
      --depth;
    }
    prepared.text += c;
  }
  return prepared;
}

// What the parser says, without its own prefix, which ends in `end_of_prefix`.
std::string_view complaint(const json::exception& exception, std::string_view end_of_prefix) {
  const std::string_view what = exception.what();
  return what.substr(what.find(end_of_prefix) + end_of_prefix.size());
}

// The place of a complaint in the original text, counted from 1.
std::size_t original_byte(std::size_t byte, const Prepared& prepared) {
  const auto before = std::ranges::count_if(prepared.inserted, [byte](std::size_t at) { return at < byte; });
  return byte - 4 * static_cast<std::size_t>(before);
}

// Watches the parser and refuses an object's second member of the same name.
class DuplicateKeys {
 public:
  bool operator()(int /*depth*/, json::parse_event_t event, const json& parsed) {
    using enum json::parse_event_t;
    switch (event) {
      case object_start:
      case array_start: open_.push_back({.is_array = event == array_start}); break;
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
    if (!open_.back().keys.insert(name).second) throw Failure{{path(), "stands twice in its object"}};
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
  const Prepared prepared = prepare(text);
  try {
    tree_ = std::make_unique<const json>(json::parse(prepared.text, DuplicateKeys()));
  } catch (const json::parse_error& error) {
    const std::string byte = std::to_string(original_byte(error.byte, prepared));
    throw Failure{{"", "is not JSON, at byte " + byte + ": " + std::string(complaint(error, ": "))}};
  } catch (const json::exception& error) {  // a number that no double holds
    throw Failure{{"", "is not JSON: " + std::string(complaint(error, "] "))}};
  }
}

Document::~Document() = default;

std::string excerpt(std::string_view string) {
  constexpr std::size_t longest = 60;
  std::vector<char16_t> units;
  bool complete = true;
  each_unit(string, [&](char16_t unit) {
    complete = units.size() < longest;
    if (complete) units.push_back(unit);
  });
  return string_text(Utf16View(std::span<const char16_t>(units))) + (complete ? "" : " ...");
}

void append_key(std::string& path, std::string_view key) {
  const bool plain = !key.empty() && key.size() <= 60 && std::ranges::all_of(key, [](unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
  });
  if (!path.empty()) path += '.';
  path += plain ? std::string(key) : excerpt(key);
}

}  // namespace qmforge::json
