#include "interruption.h"

#include <array>
#include <csignal>
#include <cstdlib>

namespace qmforge::tools {
namespace {

volatile std::sig_atomic_t received = 0;

extern "C" void remember(int signal) {
  received = signal;
  static_cast<void>(std::signal(signal, SIG_DFL));
}

}  // namespace

void catch_interruptions() noexcept {
#ifdef SIGHUP
  constexpr std::array signals = {SIGINT, SIGTERM, SIGHUP};
#else
  constexpr std::array signals = {SIGINT, SIGTERM};
#endif
  for (const int signal : signals)
    if (std::signal(signal, remember) == SIG_IGN) static_cast<void>(std::signal(signal, SIG_IGN));
}

bool is_interrupted() noexcept { return received != 0; }

void throw_if_interrupted() {
  if (is_interrupted()) throw Interrupted();
}

void end_interrupted() noexcept {
  const int signal = received;
  static_cast<void>(std::signal(signal, SIG_DFL));
  static_cast<void>(std::raise(signal));
  std::_Exit(128 + signal);
}

}  // namespace qmforge::tools
