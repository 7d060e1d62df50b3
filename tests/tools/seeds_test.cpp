// The fuzzers' seeds: small, sorted, deterministic, and valid for their targets.
#include "seeds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "qmforge/decode.h"
#include "qmforge/json.h"
#include "qmforge/names.h"
#include "qmforge/sim/labelled.h"

namespace qmforge::tools {

using namespace sim;

namespace {

using Corpus = std::map<std::string, std::map<std::string, std::string>>;

Corpus corpus() {
  Corpus all;
  each_seed([&](const Seed& seed) {
    const std::string bytes(reinterpret_cast<const char*>(seed.bytes.data()), seed.bytes.size());
    EXPECT_TRUE(all[std::string(seed.target)].emplace(seed.name, bytes).second) << seed.target << ' ' << seed.name;
  });
  return all;
}

TEST(Corpus, IsTheSameEveryTime) { EXPECT_EQ(corpus(), corpus()); }

TEST(Corpus, IsSmallAndItsNamesAreFileNamesEverywhere) {
  std::size_t bytes = 0;
  for (const auto& [target, seeds] : corpus()) {
    EXPECT_LE(seeds.size(), 100U) << target;
    for (const auto& [name, seed] : seeds) {
      EXPECT_TRUE(name.starts_with("seed-"));
      EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"), std::string::npos) << name;
      EXPECT_LE(seed.size(), 4096U) << target << ' ' << name;
      bytes += seed.size();
    }
  }
  EXPECT_LT(bytes, 200000U);
}

TEST(Corpus, HoldsEveryTypeInEveryEncodingAndEachKindOfError) {
  const Corpus all = corpus();
  for (const Format format : all_formats) {
    std::string target = "decode_" + std::string(to_string(format));
    std::ranges::replace(target, '-', '_');
    std::set<DataType> types;
    std::set<ErrorCode> codes;
    for (const auto& [name, seed] : all.at(target)) {
      const Revision revision = name.find("-r1-") == std::string::npos ? Revision::r0 : Revision::r1;
      const auto decoded = decode(std::as_bytes(std::span(seed)), {.format = format, .revision = revision});
      EXPECT_EQ(decoded.has_value(), !name.starts_with("seed-fault-")) << target << ' ' << name;
      if (!decoded) codes.insert(decoded.error().code);
      if (decoded && decoded->has_subnets()) types.insert({decoded->localSubNet.type, decoded->remoteSubNet.type});
    }
    EXPECT_EQ(types.size(), all_data_types.size()) << target;
    EXPECT_GE(codes.size(), 4U) << target;
  }
}

TEST(Corpus, HoldsEventsThatJsonReads) {
  const Corpus all = corpus();
  for (const auto& [name, seed] : all.at("json")) {
    std::pmr::monotonic_buffer_resource storage;
    const auto read = from_json(seed, Revision::r0, storage);
    EXPECT_TRUE(read.has_value()) << name << ": " << (read ? "" : read.error().field + ' ' + read.error().message);
  }
}

}  // namespace
}  // namespace qmforge::tools
