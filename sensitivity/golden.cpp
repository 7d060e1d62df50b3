// The seed format's test as one of the fast tests. sim/golden_test.cpp is a program of its own.
#include <gtest/gtest.h>

#define main golden_main
#include "sim/golden_test.cpp"
#undef main

TEST(Golden, DigestsAreUnchanged) {
  char program[] = "golden_test";
  char digests[] = QMFORGE_TEST_DATA "/golden-digests.txt";
  char* arguments[] = {program, digests, nullptr};
  EXPECT_EQ(golden_main(2, arguments), 0);
}
