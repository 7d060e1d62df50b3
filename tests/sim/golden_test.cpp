// The seed format: (grammar version, profile, seed) gives the same bytes on every compiler and platform.
//
// A program without GoogleTest, so that it runs everywhere: `golden_test FILE` generates each set that the file names
// and compares its digest. A line is `NAME DIGEST`. Digests change only together with sim::grammar_version.
// `golden_test FILE --print` prints the present digests.
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <string>

#include "qmforge/sim/exhaustive.h"
#include "qmforge/sim/sets.h"
#include "sim/digest.h"

namespace {

using namespace qmforge;
using namespace qmforge::sim;

using qmforge::testing::Digest;

// Everything that determines an input: label, bytes, fault.
void add(Digest& digest, const LabelledInput& labelled) {
  digest.add(labelled.label);
  digest.add(labelled.bytes);
  digest.add(labelled.fault);
}

std::string digest_of(const SetOptions& options) {
  Digest digest;
  make_set(options, [&](const LabelledInput& labelled) { add(digest, labelled); });
  return digest.text();
}

std::string digest_of(Part part) {
  Digest digest;
  walk(part, [&](const LabelledInput& labelled) { add(digest, labelled); });
  return digest.text();
}

SetOptions set(std::uint64_t seed, const ForgeProfile& profile = {}) {
  SetOptions options;
  options.seed = seed;
  options.profile = profile;
  return options;
}

std::map<std::string, std::string> digests() {
  SetOptions valid = set(1);
  valid.valid_only = true;
  SetOptions malformed = set(1);
  malformed.malformed_only = true;
  SetOptions long_set = set(7);
  long_set.count = 20000;
  std::map<std::string, std::string> all = {
      {"seed-1", digest_of(set(1))},
      {"seed-2", digest_of(set(2))},
      {"seed-all-ones", digest_of(set(~std::uint64_t{0}))},
      {"seed-7-long", digest_of(long_set)},
      {"seed-1-valid", digest_of(valid)},
      {"seed-1-malformed", digest_of(malformed)},
      {"seed-1-revision-1", digest_of(set(1, {.format = {}, .revision = Revision::r1}))},
      {"part-contents", digest_of(Part::contents)},
      {"part-fields", digest_of(Part::fields)},
      {"part-forms", digest_of(Part::forms)},
      {"part-pairs", digest_of(Part::pairs)},
  };
  for (const Format format : all_formats)
    all["seed-1-" + std::string(to_string(format))] = digest_of(set(1, {.format = format, .revision = {}}));
  all["grammar-version"] = std::to_string(grammar_version);
  return all;
}

int compare(std::istream& file) {
  std::map<std::string, std::string> expected;
  for (std::string name, digest; file >> name >> digest;) expected[name] = digest;
  int differences = 0;
  for (const auto& [name, digest] : digests()) {
    if (expected[name] != digest) {
      std::cout << name << " is " << digest << ", was " << expected[name] << '\n';
      ++differences;
    }
    expected.erase(name);
  }
  for (const auto& [name, digest] : expected) {
    std::cout << name << " does not exist any more\n";
    ++differences;
  }
  std::cout << (differences == 0 ? "no digest changed\n" : "see grammar_version in sim/generate.h\n");
  return differences == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::strcmp(argv[2], "--print") == 0) {
    for (const auto& [name, digest] : digests()) std::cout << name << ' ' << digest << '\n';
    return 0;
  }
  std::ifstream file(argc == 2 ? argv[1] : "");
  if (!file) {
    std::cerr << "golden_test: FILE cannot be read\n";
    return 2;
  }
  return compare(file);
}
