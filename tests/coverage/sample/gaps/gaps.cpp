#include "gaps.h"

enum class Colour { red, green };

int branch(bool taken) {
  if (taken) return 1;
  return 2;
}

int condition(bool a, bool b) {
  const bool both = a && b;
  return both ? 1 : 0;
}

int nested(bool a, bool b, bool c) {
  const bool odd = a && !(b && c);  // clang gives up on this one
  return odd ? 1 : 0;
}

int choice(Colour colour) {
  switch (colour) {
    case Colour::red: return 1;
    case Colour::green: return 2;
  }
  return 3;
}

int one_more(int sum) {
  ++sum;
  return sum;
}

int two_more(int sum) {
  sum += 2;
  return sum;
}

int main() {
  branch(true);
  condition(true, true);
  condition(true, false);
  for (int i = 0; i < 8; ++i) nested((i & 1) != 0, (i & 2) != 0, (i & 4) != 0);
  choice(Colour::green);
  return one_more(-1) + two_more(-2) + sign(-1L) + sign(1) + (Point{1, 2} == Point{1, 2} ? 0 : 1);
}
