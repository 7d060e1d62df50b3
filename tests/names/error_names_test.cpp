// The names of error codes: held against winerror.h where mingw-w64 is installed, and against what Microsoft Learn
// lists that winerror.h of mingw-w64 lacks.
#include "qmforge/error_names.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>
#include <string>

namespace qmforge {
namespace {

TEST(ErrorNames, AscendAndAreFoundAgain) {
  ASSERT_FALSE(error_names().empty());
  std::uint64_t next = 0;
  for (const ErrorName& entry : error_names()) {
    EXPECT_GE(entry.code, next) << entry.name;
    next = std::uint64_t{entry.code} + 1;
    EXPECT_EQ(error_name(entry.code), entry.name);
  }
}

TEST(ErrorNames, OfWhatAQuickModeFailureCarries) {
  EXPECT_EQ(error_name(0), "ERROR_SUCCESS");
  EXPECT_EQ(error_name(5), "ERROR_ACCESS_DENIED");
  EXPECT_EQ(error_name(1168), "ERROR_NOT_FOUND");
  EXPECT_EQ(error_name(1460), "ERROR_TIMEOUT");
  EXPECT_EQ(error_name(13800), "ERROR_IPSEC_IKE_NEG_STATUS_BEGIN");
  EXPECT_EQ(error_name(13806), "ERROR_IPSEC_IKE_NO_CERT");
  EXPECT_EQ(error_name(13868), "ERROR_IPSEC_IKE_POLICY_MATCH");
  EXPECT_EQ(error_name(13897), "ERROR_IPSEC_IKE_NEG_STATUS_END");
  EXPECT_EQ(error_name(13909), "ERROR_IPSEC_IKE_NEG_STATUS_EXTENDED_END");
  EXPECT_EQ(error_name(0x80320012), "FWP_E_TIMEOUT");
}

TEST(ErrorNames, OfLearnsListThatMingwLacks) {
  EXPECT_EQ(error_name(13821), "ERROR_IPSEC_IKE_SIMULTANEOUS_REKEY");
  EXPECT_EQ(error_name(13823), "ERROR_IPSEC_IKE_CRITICAL_PAYLOAD_NOT_RECOGNIZED");
  EXPECT_EQ(error_name(13880), "ERROR_IPSEC_IKE_INVALID_MAJOR_VERSION");
}

TEST(ErrorNames, AreEmptyWhereThereIsNone) {
  for (const std::uint32_t code : {1U, 13799U, 13919U, 13924U, 13933U, 13999U, 0x80000000U, 0xffffffffU})
    EXPECT_EQ(error_name(code), "") << code;
}

// Reads `#define NAME __MSABI_LONG(123)` and `#define NAME _HRESULT_TYPEDEF_(0x80320012)`.
std::map<std::string, std::uint32_t> read_winerror(std::istream& header) {
  static const std::regex definition(R"(^#define\s+(\w+)\s+(?:__MSABI_LONG|_HRESULT_TYPEDEF_)\((\w+)\).*)");
  std::map<std::string, std::uint32_t> codes;
  for (std::string line; std::getline(header, line);) {
    std::smatch parts;
    if (std::regex_match(line, parts, definition))
      codes[parts[1]] = static_cast<std::uint32_t>(std::stoul(parts[2], nullptr, 0));
  }
  return codes;
}

TEST(ErrorNames, AreThoseOfWinerror) {
  std::ifstream header("/usr/x86_64-w64-mingw32/include/winerror.h");
  if (!header) GTEST_SKIP() << "winerror.h of mingw-w64 is not installed (package mingw-w64-x86-64-dev)";
  const std::map<std::string, std::uint32_t> codes = read_winerror(header);
  ASSERT_GT(codes.size(), 1000U);

  std::size_t ipsec = 0;
  for (const auto& [name, code] : codes) {
    if (!name.starts_with("ERROR_IPSEC_") || code < 13800 || code > 13999) continue;
    ++ipsec;
    EXPECT_EQ(error_name(code), name);
  }
  EXPECT_GT(ipsec, 100U);

  for (const ErrorName& entry : error_names()) {
    const auto found = codes.find(std::string(entry.name));
    if (found == codes.end()) {
      EXPECT_TRUE(entry.code == 13821 || entry.code == 13823 || entry.code == 13880) << entry.name;
    } else {
      EXPECT_EQ(found->second, entry.code) << entry.name;
    }
  }
}

}  // namespace
}  // namespace qmforge
