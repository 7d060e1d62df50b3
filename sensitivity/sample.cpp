// What tool_test.py looks for mutants in. Comments, a + b, if (a < b) return; are not changed.
#include <array>
#include <cstdio>
#include <cstdlib>

#define TWICE(x) ((x) + (x))

enum class Colour { red = 1, green = 1 + 1, blue };
static_assert(sizeof(int) == 4);

constexpr int limit = 8;

template <int N>
int scaled(int value) {
  return value * N;
}

[[gnu::noinline]] [[maybe_unused]] static int below(int value) {
  std::array<int, 3> table{};
  const char* text = "a < b && c == 0";
  if (value < limit && text[0] != '0') return scaled<2>(value);
  for (int round = 0; round < 3 && value > 100; ++round) value -= 50;
  switch (value) {
    case 9: table.at(1) = TWICE(7); break;
    default: break;
  }
  return !table[1] ? value : table[1];
}

int main(int, char** arguments) {
  const Colour colour = Colour::blue;
  std::printf("%d %d\n", below(std::atoi(arguments[1])), static_cast<int>(colour));
}
