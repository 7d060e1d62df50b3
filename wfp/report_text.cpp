// The report as text.
#include "qmforge/wfp/report.h"

namespace qmforge::wfp {

std::string to_string(const Report& report) {
  std::string text;
  for (const Misuse& misuse : report.misuses)
    text += "misuse: " + std::string(to_string(misuse.kind)) + ": call " + std::to_string(misuse.call) + " (" +
            std::string(to_string(misuse.function)) + "): " + misuse.text + "\n";
  for (const Leak& leak : report.leaks) {
    text += "leak: " + leak.what + " of call " + std::to_string(leak.made_by) + " (" +
            std::string(to_string(leak.function)) + ")";
    if (leak.bytes != 0) text += ", " + std::to_string(leak.bytes) + " bytes";
    text += "\n";
  }
  if (text.empty()) text = "clean\n";
  for (const UnfakedCalls& unfaked : report.unfaked)
    text += "not faked: " + unfaked.function + ", " + std::to_string(unfaked.count) +
            (unfaked.count == 1 ? " call\n" : " calls\n");
  return text;
}

}  // namespace qmforge::wfp
