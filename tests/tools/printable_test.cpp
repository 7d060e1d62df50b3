// Text from outside cannot control a terminal.
#include "printable.h"

#include <gtest/gtest.h>

namespace qmforge::tools {
namespace {

TEST(Printable, KeepsText) {
  for (const char* text : {"", "a b-1", "caf\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xc2\xa0", "\xe2\x80\xaf"})
    EXPECT_EQ(printable(text), text);
}

TEST(Printable, EscapesControlCharacters) {
  EXPECT_EQ(printable("\x1b[31m"), "\\u001b[31m");
  EXPECT_EQ(printable("a\nb\r\t\x7f"), "a\\u000ab\\u000d\\u0009\\u007f");
  EXPECT_EQ(printable("\xc2\x9b"
                      "31m"),
            "\\u009b31m");  // CSI of C1
  EXPECT_EQ(printable("\xe2\x80\xae"
                      "a"),
            "\\u202ea");  // right-to-left override
  EXPECT_EQ(printable("\xe2\x81\xa6\xe2\x80\x8f\xd8\x9c"), "\\u2066\\u200f\\u061c");
  EXPECT_EQ(printable("\xe2\x80\xa8"), "\\u2028");  // line separator
  EXPECT_EQ(printable("\xc2\x80\xc2\x9f"), "\\u0080\\u009f") << "C1 begins and ends";
  EXPECT_EQ(printable("\xe2\x81\xa9\xe2\x80\x8e"), "\\u2069\\u200e") << "the last isolate, left-to-right mark";
  EXPECT_EQ(printable("\xe2\x80\xaf\xe2\x81\xaa"), "\xe2\x80\xaf\xe2\x81\xaa") << "their neighbours";
}

TEST(Printable, EscapesBytesThatAreNotUtf8) {
  EXPECT_EQ(printable("\x9b"
                      "31m"),
            "\\x9b31m");
  EXPECT_EQ(printable("\xc3"), "\\xc3");
  EXPECT_EQ(printable("\xc0\x9b"), "\\xc0\\x9b");
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");
  EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");
  EXPECT_EQ(printable("\xe2\x28\xa1"), "\\xe2(\\xa1");
  EXPECT_EQ(printable("\xe0\x82\x9b"), "\\xe0\\x82\\x9b") << "a longer form than necessary";
  EXPECT_EQ(printable("\xf0\x82\x82\x9b"), "\\xf0\\x82\\x82\\x9b");
}

TEST(Printable, KeepsNeighbouringCharacters) {
  for (const char* text : {" ", "~", "\xc2\xa0", "\xd8\x9b", "\xd8\x9d", "\xe2\x80\x8d", "\xe2\x80\x90", "\xe2\x80\xa7",
                           "\xe2\x81\xa5", "\xc2\xa1", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
                           "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"})
    EXPECT_EQ(printable(text), text);
  EXPECT_EQ(printable("\x1f"), "\\u001f");
}

// RFC 3629: the longest forms that are too long, the first and the last surrogate, the first lead bytes that are not
// valid.
TEST(Printable, EscapesEachByteOfAnInvalidSequence) {
  EXPECT_EQ(printable("\xc1\xbf"), "\\xc1\\xbf");
  EXPECT_EQ(printable("\xe0\x9f\xbf"), "\\xe0\\x9f\\xbf");
  EXPECT_EQ(printable("\xf0\x8f\xbf\xbf"), "\\xf0\\x8f\\xbf\\xbf");
  EXPECT_EQ(printable("\xed\xbf\xbf"), "\\xed\\xbf\\xbf");
  EXPECT_EQ(printable("\xf5\x80\x80\x80"), "\\xf5\\x80\\x80\\x80");
  EXPECT_EQ(printable("\x80"
                      "a"),
            "\\x80a");
  EXPECT_EQ(printable("\xe2\x82"), "\\xe2\\x82") << "truncated";
  EXPECT_EQ(printable("\xf0\x9f\x98"
                      "a"),
            "\\xf0\\x9f\\x98a");
}

}  // namespace
}  // namespace qmforge::tools
