// The names of error codes, compared with mingw-w64's winerror.h if it is installed, and with Microsoft Learn's list
// for codes that this winerror.h lacks.
#include "qmforge/error_names.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

namespace qmforge {
namespace {

TEST(ErrorNames, AreSortedAndCanBeParsed) {
  ASSERT_FALSE(error_names().empty());
  std::uint64_t next = 0;
  for (const ErrorName& entry : error_names()) {
    EXPECT_GE(entry.code, next) << entry.name;
    next = std::uint64_t{entry.code} + 1;
    EXPECT_EQ(error_name(entry.code), entry.name);
    if (!entry.name.empty()) {
      EXPECT_EQ(error_code(entry.name), entry.code) << entry.name;
    }
  }
  EXPECT_EQ(error_code(""), std::nullopt);
  EXPECT_EQ(error_code("ERROR_BOGUS"), std::nullopt);
}

TEST(ErrorNames, OfCommonQuickModeFailures) {
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

TEST(ErrorNames, OfCodesThatMingwLacks) {
  EXPECT_EQ(error_name(13821), "ERROR_IPSEC_IKE_SIMULTANEOUS_REKEY");
  EXPECT_EQ(error_name(13823), "ERROR_IPSEC_IKE_CRITICAL_PAYLOAD_NOT_RECOGNIZED");
  EXPECT_EQ(error_name(13880), "ERROR_IPSEC_IKE_INVALID_MAJOR_VERSION");
}

TEST(ErrorNames, OfHresultsThatCarryAWin32Error) {
  EXPECT_EQ(error_name(0x80073610), "HRESULT_FROM_WIN32(ERROR_IPSEC_IKE_PROCESS_ERR_NOTIFY)");
  EXPECT_EQ(error_name(0x80073613), "HRESULT_FROM_WIN32(ERROR_IPSEC_IKE_INVALID_PAYLOAD)");
  EXPECT_EQ(error_name(0x80073616), "HRESULT_FROM_WIN32(ERROR_IPSEC_IKE_INVALID_COOKIE)");
  EXPECT_EQ(error_name(0x800705b4), "HRESULT_FROM_WIN32(ERROR_TIMEOUT)");
  // winerror.h has names of its own for these.
  EXPECT_EQ(error_name(0x80070005), "E_ACCESSDENIED");
  EXPECT_EQ(error_name(0x80070006), "E_HANDLE");
  EXPECT_EQ(error_name(0x8007000e), "E_OUTOFMEMORY");
  EXPECT_EQ(error_name(0x80070057), "E_INVALIDARG");
  EXPECT_EQ(error_name(0x8007007a), "E_NOT_SUFFICIENT_BUFFER");
  EXPECT_EQ(error_name(0x80070000), "");  // HRESULT_FROM_WIN32(ERROR_SUCCESS) is 0
  EXPECT_EQ(error_name(0x8007ffff), "");
  EXPECT_EQ(error_name(0x8008000e), "");
  EXPECT_EQ(error_name(0x00070005), "") << "a success of FACILITY_WIN32";
  EXPECT_EQ(error_code("HRESULT_FROM_WIN32(ERROR_ACCESS_DENIED)"), std::nullopt) << "its name is E_ACCESSDENIED";
  for (const ErrorName& entry : error_names()) {
    if (entry.code == 0 || entry.code > 0xffff || entry.name.empty()) continue;
    const std::uint32_t hresult = 0x80070000 | entry.code;
    EXPECT_NE(error_name(hresult), "") << entry.name;
    EXPECT_EQ(error_code(error_name(hresult)), hresult) << entry.name;
  }
}

TEST(ErrorMeanings, AreSentencesForAllOfIpsec) {
  for (const ErrorName& entry : error_names()) {
    if (entry.code < 13000 || entry.code > 13999) continue;
    EXPECT_NE(error_meaning(entry.code), "") << entry.name;
    EXPECT_TRUE(error_meaning(entry.code).ends_with('.')) << entry.name;
    EXPECT_EQ(error_meaning(0x80070000 | entry.code), error_meaning(entry.code)) << entry.name;
  }
  for (const std::uint32_t code :
       {1460U, 13801U, 13805U, 13822U, 13823U, 13824U, 13825U, 13843U, 13846U, 13868U, 13880U})
    EXPECT_NE(error_meaning(code), "") << code;
  EXPECT_EQ(error_meaning(13999), "The traffic selectors do not match: the peers propose different networks.");
  EXPECT_EQ(error_meaning(0x80070005), error_meaning(5));
  EXPECT_EQ(error_meaning(1), "");
  EXPECT_EQ(error_meaning(0x80070000), "");
}

// Each meaning contains the words for the parts of its code's name, so no meaning is in the row of another code.
TEST(ErrorMeanings, ContainTheWordsForThePartsOfTheirNames) {
  const std::map<std::string, std::string> words = {{"CERT", "certificate"},
                                                    {"CRL", "revocation"},
                                                    {"POLICY", "polic"},
                                                    {"FILTER", "filter"},
                                                    {"FILTERS", "filter"},
                                                    {"TRANSPORT", "transport"},
                                                    {"TUNNEL", "tunnel"},
                                                    {"MM", "Main Mode"},
                                                    {"QM", "Quick Mode"},
                                                    {"DH", "Diffie-Hellman"},
                                                    {"KERBEROS", "Kerberos"},
                                                    {"EXISTS", "exists already"},
                                                    {"DROP", "dropped"},
                                                    {"EXPIRED", "expired"},
                                                    {"SPI", "SPI"},
                                                    {"HASH", "hash"},
                                                    {"SIGNATURE", "signature"},
                                                    {"SIG", "signature"},
                                                    {"NONCE", "nonce"},
                                                    {"NOTIFY", "noti"},
                                                    {"DELETE", "delete"},
                                                    {"VENDOR", "vendor"},
                                                    {"COOKIE", "cookie"},
                                                    {"ENCRYPT", "ncrypt"},
                                                    {"DECRYPT", "ecrypt"},
                                                    {"MOBIKE", "MOBIKE"},
                                                    {"CGA", "CGA"},
                                                    {"NATOA", "NAT"},
                                                    {"REPLAY", "replay"},
                                                    {"INTEGRITY", "integrity"},
                                                    {"MULTICAST", "multicast"},
                                                    {"DOSP", "denial-of-service"},
                                                    {"BEGIN", "begin"},
                                                    {"END", "ends"},
                                                    {"TIMED", "timed out"},
                                                    {"PRIVATE", "private key"},
                                                    {"PUBLIC", "public key"},
                                                    {"AUTH", "uthenticat"},
                                                    {"AUTHORIZATION", "authorized"},
                                                    {"PROP", "proposal"},
                                                    {"TRANS", "transform"},
                                                    {"KE", "key exchange"},
                                                    {"REQ", "request"},
                                                    {"HEADER", "header"},
                                                    {"VERSION", "version"},
                                                    {"GROUP", "group"},
                                                    {"ALG", "algorithm"},
                                                    {"SIZE", "size"},
                                                    {"MEMORY", "emory"},
                                                    {"SITUATION", "situation"},
                                                    {"DOI", "domain of interpretation"},
                                                    {"USE", "in use"},
                                                    {"SOFT", "soft"},
                                                    {"PAYLOAD", "payload"},
                                                    {"PACKET", "packet"},
                                                    {"THROTTLE", "throttl"},
                                                    {"RATELIMIT", "rate limit"},
                                                    {"SUPPORT", "support"},
                                                    {"CHAIN", "chain"},
                                                    {"DISABLED", "disabled"},
                                                    {"SHUTTING", "shutting down"},
                                                    {"CRED", "credentials"},
                                                    {"NAP", "Network Access Protection"},
                                                    {"RPC", "remote procedure call"},
                                                    {"INSTALLED", "installed"},
                                                    {"USAGE", "usage"},
                                                    {"REKEY", "renew"},
                                                    {"REAPED", "idle"},
                                                    {"LIMIT", "more"},
                                                    {"UNSUPPORTED", "supported"},
                                                    {"UNKNOWN", "unknown"},
                                                    {"MISSING", "missing"},
                                                    {"UNEXPECTED", "unexpected"},
                                                    {"BLOCK", "blocked"},
                                                    {"SRVACQFAIL", "credentials"},
                                                    {"FIREWALL", "firewall"},
                                                    {"COEXISTENCE", "another keying module"},
                                                    {"IMPERSONATION", "identity"},
                                                    {"LOOKUP", "state"},
                                                    {"CP", "configuration"},
                                                    {"CERTMAP", "maps"}};
  std::set<std::string_view> sentences;
  for (const ErrorName& entry : error_names()) {
    if (entry.code < 13000 || entry.code > 13999) continue;
    EXPECT_TRUE(sentences.insert(entry.meaning).second) << entry.name << ": the sentence of another code";
    std::istringstream name{std::string(entry.name)};
    for (std::string word; std::getline(name, word, '_');) {
      const auto found = words.find(word);
      if (found == words.end() || entry.code == 13801) continue;  // ERROR_IPSEC_IKE_AUTH_FAIL: "credentials"
      EXPECT_NE(entry.meaning.find(found->second), std::string_view::npos) << entry.name << ": " << entry.meaning;
    }
  }
}

// Those of other components that keying modules pass on.
TEST(ErrorNames, OfOtherComponentsAreAsManyAsListed) {
  const auto count = [](auto is) { return std::ranges::count_if(error_names(), is); };
  EXPECT_EQ(count([](const ErrorName& entry) { return entry.code < 13000; }), 41);
  EXPECT_EQ(count([](const ErrorName& entry) { return entry.code >> 16 == 0x8009; }), 19);
  EXPECT_EQ(count([](const ErrorName& entry) { return entry.code >> 16 == 0x800b; }), 8);
  EXPECT_EQ(count([](const ErrorName& entry) { return entry.code >> 16 == 0x8032; }), 20);
}

TEST(ErrorNames, AreEmptyForUnknownCodes) {
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
  std::ifstream header("/usr/share/mingw-w64/include/winerror.h");
  if (!header) GTEST_SKIP() << "winerror.h of mingw-w64 is not installed (package g++-mingw-w64-x86-64-win32)";
  const std::map<std::string, std::uint32_t> codes = read_winerror(header);
  ASSERT_GT(codes.size(), 1000U);

  std::size_t ipsec = 0;
  for (const auto& [name, code] : codes) {
    if (!name.starts_with("ERROR_IPSEC_")) continue;
    ++ipsec;
    EXPECT_EQ(error_name(code), name);
  }
  EXPECT_EQ(ipsec, 148U);

  for (const ErrorName& entry : error_names()) {
    const auto found = codes.find(std::string(entry.name));
    if (found == codes.end()) {
      // Learn's; E_NOT_… are macros of another form in winerror.h.
      const std::set<std::uint32_t> others = {13821, 13823, 13880, 13999, 0x8007007a, 0x80070490, 0x8007139f};
      EXPECT_TRUE(others.contains(entry.code)) << entry.name;
    } else {
      EXPECT_EQ(found->second, entry.code) << entry.name;
    }
  }
}

}  // namespace
}  // namespace qmforge
