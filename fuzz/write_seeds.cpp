// Writes the seeds of every target: `write_seeds FOLDER` makes FOLDER/<target>/<number>, the same ones every time.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>

#include "qmforge/json.h"
#include "qmforge/names.h"
#include "qmforge/sim/choices.h"
#include "qmforge/sim/generate.h"
#include "support/forged.h"
#include "support/hex.h"

namespace {

using namespace qmforge;
namespace fs = std::filesystem;

constexpr std::uint64_t seeds_a_target = 48;

class SeedWriter {
 public:
  explicit SeedWriter(fs::path folder) : folder_(std::move(folder)) { fs::remove_all(folder_); }

  void write(const std::string& target, std::uint64_t number, std::span<const std::byte> bytes) {
    fs::create_directories(folder_ / target);
    std::ofstream out(folder_ / target / std::to_string(number), std::ios::binary);
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    out.close();
    failed_ = failed_ || !out;
  }

  void write(const std::string& target, std::uint64_t number, std::string_view text) {
    write(target, number, std::as_bytes(std::span(text)));
  }

  [[nodiscard]] bool failed() const { return failed_; }

 private:
  fs::path folder_;
  bool failed_ = false;
};

/// `decode_ndr20_body_fuzzer` for "decode" and ndr20Body.
std::string target_of(std::string_view kind, Format format) {
  std::string target = std::string(kind) + "_" + std::string(name(format)) + "_fuzzer";
  for (char& c : target)
    if (c == '-') c = '_';
  return target;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: write_seeds FOLDER\n");
    return 2;
  }
  SeedWriter out(argv[1]);
  for (std::uint64_t number = 0; number < seeds_a_target; ++number) {
    std::pmr::monotonic_buffer_resource storage;
    fuzz::Forged forged;
    std::string lines = "# " + std::to_string(number) + "\n";
    for (const Format format : all_formats) {
      sim::RandomChoices choices(number);
      const Event event = sim::generate(choices, sim::Profile{}.for_format(format), storage);
      if (!fuzz::forge(event, format, 3, choices, forged)) continue;
      out.write(target_of("decode", format), number, forged.bytes);
      out.write(target_of("mutate", format), number, forged.bytes);
      if (format == Format::ndr20Body && number == 0) out.write("canary_fuzzer", number, forged.bytes);
      lines += std::string(name(format)) + " " + testing::to_hex(forged.bytes) + "\n";
    }
    out.write("cli_hex_fuzzer", number, lines);

    sim::RandomChoices random(number);
    sim::RecordedChoices recorded(random);
    const Event event = sim::generate(recorded, {}, storage);
    out.write("transcode_fuzzer", number, std::as_bytes(std::span(recorded.bytes())));
    out.write("json_fuzzer", number,
              R"({"label":"seed","revision":)" + std::to_string(static_cast<unsigned>(event.revision)) +
                  R"(,"event":)" + to_json(event) + "}");

    // As forge_fuzzer asks: the encoding, the event, its form and its fault.
    sim::RecordedChoices forging(random);
    const auto choice = static_cast<std::size_t>(forging.choose(std::size(all_formats) + 1));
    const bool encoded = choice < std::size(all_formats);
    const Event another = sim::generate(
        forging, encoded ? sim::Profile{}.for_format(all_formats[choice]) : sim::Profile{.unencodable = true}, storage);
    if (encoded) static_cast<void>(fuzz::forge(another, all_formats[choice], 2, forging, forged));
    out.write("forge_fuzzer", number, std::as_bytes(std::span(forging.bytes())));
  }
  if (out.failed()) std::fprintf(stderr, "not all seeds could be written\n");
  return out.failed() ? 1 : 0;
}
