// The names of the decoder's errors: docs/format.md 3.2.
#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string_view>

#include "qmforge/decode.h"

namespace qmforge {
namespace {

TEST(ErrorCodes, HaveTheDocumentedNamesAndAMessage) {
  constexpr std::array names = {
      "truncated",     "trailing-bytes",      "header-version",    "header-endianness",    "header-length",
      "object-length", "union-tag-mismatch",  "union-tag-unknown", "array-count-mismatch", "string-offset",
      "string-length", "string-unterminated", "bad-address"};
  std::set<std::string_view> sentences;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto code = static_cast<ErrorCode>(i);
    EXPECT_EQ(to_string(code), names[i]);
    EXPECT_FALSE(message(code).empty()) << names[i];
    sentences.insert(message(code));
  }
  EXPECT_EQ(sentences.size(), names.size());
  EXPECT_EQ(to_string(static_cast<ErrorCode>(names.size())), "");
  EXPECT_EQ(message(static_cast<ErrorCode>(names.size())), "");
}

}  // namespace
}  // namespace qmforge
