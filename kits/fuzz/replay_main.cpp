// Runs a target over files and folders, without a fuzzing engine: for gcc, for valgrind, and to replay a reproducer.
// Prints the number of inputs; the target ends the program if a result is wrong.
//
//     NAME FILE_OR_FOLDER…
//     NAME --write-seeds FOLDER      writes the target's seeds, if it has any
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "qmforge/fuzz/targets.h"

// NOLINTBEGIN(readability-identifier-naming): names of libFuzzer
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

// The engine's function for custom mutators, which replaying does not call.
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* /*data*/, std::size_t size, std::size_t /*max_size*/) {
  return size;
}
// NOLINTEND(readability-identifier-naming)

namespace {

bool run(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(in), {}};
  if (!in.is_open() || in.bad()) {
    std::cerr << "cannot read " << file.string() << '\n';
    return false;
  }
  // An exact-size copy, so that a sanitizer reports a read past the end.
  const std::vector<std::uint8_t> input(bytes.begin(), bytes.end());
  LLVMFuzzerTestOneInput(input.data(), input.size());
  return true;
}

int write_seeds(const std::filesystem::path& folder) {
  if (qmforge::fuzz::target_seeds == nullptr) {
    std::cerr << "this target has no seeds of its own\n";
    return 2;
  }
  std::filesystem::create_directories(folder);
  std::size_t number = 0;
  for (const auto& seed : qmforge::fuzz::target_seeds()) {
    std::ofstream file(folder / ("seed-" + std::to_string(++number)), std::ios::binary);
    file.write(reinterpret_cast<const char*>(seed.data()), static_cast<std::streamsize>(seed.size()));
    if (!file.flush()) {
      std::cerr << "cannot write to " << folder.string() << '\n';
      return 2;
    }
  }
  std::cout << number << " seeds written\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  namespace fs = std::filesystem;
  if (argc == 3 && std::string_view(argv[1]) == "--write-seeds") return write_seeds(argv[2]);
  std::size_t inputs = 0;
  for (int i = 1; i < argc; ++i) {
    const fs::path path = argv[i];
    if (!fs::exists(path)) {
      std::cerr << "no such file or folder: " << argv[i] << '\n';
      return 2;
    }
    if (!fs::is_directory(path)) {
      if (!run(path)) return 2;
      ++inputs;
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
      if (!entry.is_regular_file()) continue;
      if (!run(entry.path())) return 2;
      ++inputs;
    }
  }
  std::cout << inputs << " inputs run\n";
  if (inputs == 0) {
    std::cerr << "no inputs: seeds are missing\n";
    return 2;
  }
  return 0;
}
