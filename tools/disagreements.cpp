#include "disagreements.h"

namespace qmforge::tools {

void Disagreements::add(std::string_view label, const std::string& input_class, Format format,
                        std::string_view difference, bool listed) {
  tally_.add(input_class, format, difference.empty());
  if (difference.empty() || listed) return;
  ++unexpected_;
  if (unexpected_ <= shown) console_.print(std::string(label).append(": ").append(difference) + '\n');
  if (unexpected_ == shown + 1) console_.print("...\n");
}

void Disagreements::report() {
  console_.print(tally_.table());
  if (unexpected_ != 0) console_.raise(Status::bad);
}

}  // namespace qmforge::tools
