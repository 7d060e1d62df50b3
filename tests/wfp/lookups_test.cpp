// Calls that consumers of net events also make.
#include "support.h"

namespace qmforge::wfp {
namespace {

class Lookups : public WfpTest {};

std::u16string app_id_of(const WCHAR* file_name) {
  FWP_BYTE_BLOB* blob = nullptr;
  EXPECT_EQ(FwpmGetAppIdFromFileName0(file_name, &blob), ERROR_SUCCESS);
  std::u16string text(blob->size / 2, u'?');
  std::memcpy(text.data(), blob->data, blob->size);
  FwpmFreeMemory0(reinterpret_cast<void**>(&blob));
  return text;
}

TEST_F(Lookups, AnAppIdIsADevicePathInLowerCase) {
  using namespace std::string_literals;
  EXPECT_EQ(app_id_of(u"C:\\Program Files\\App.EXE"), u"\\device\\harddiskvolume3\\program files\\app.exe\0"s);
  EXPECT_EQ(app_id_of(u"\\\\Server\\x"), u"\\\\server\\x\0"s);
  EXPECT_EQ(app_id_of(u"System"), u"system\0"s);
  EXPECT_TRUE(report().clean());
}

TEST_F(Lookups, NetEventsBelongToTheAdministrators) {
  const Session session;
  PSID owner = nullptr;
  PSID group = nullptr;
  PACL dacl = nullptr;
  PACL sacl = nullptr;
  PSECURITY_DESCRIPTOR descriptor = nullptr;
  ASSERT_EQ(FwpmNetEventsGetSecurityInfo0(session, 1 | 4, &owner, &group, &dacl, &sacl, &descriptor), ERROR_SUCCESS);
  const auto* const sid = static_cast<const SID*>(owner);
  EXPECT_EQ(sid->SubAuthorityCount, 2);
  EXPECT_EQ(sid->SubAuthority[0], 32u);
  EXPECT_EQ(sid->SubAuthority[0 + 1], 544u);
  EXPECT_EQ(group, nullptr);  // not asked for
  EXPECT_EQ(dacl->AceCount, 1);
  EXPECT_EQ(dacl->AclSize, 8 + 8 + 16);
  EXPECT_EQ(sacl, nullptr);
  EXPECT_EQ(static_cast<const std::uint16_t*>(descriptor)[1], 0x8004);  // self-relative, with a DACL
  EXPECT_EQ(memory_from(descriptor).size(), 84u);                       // and the DACL at its end
  EXPECT_EQ(FwpmNetEventsSetSecurityInfo0(session, 4, nullptr, nullptr, dacl, nullptr), ERROR_SUCCESS);
  FwpmFreeMemory0(&descriptor);
  EXPECT_TRUE(report().misuses.empty());
  EXPECT_EQ(report().leaks.size(), 1u) << "the session alone is still open";
}

TEST_F(Lookups, DrivesAreNumberedFromA) {
  using namespace std::string_literals;
  EXPECT_EQ(app_id_of(u"a:"), u"\\device\\harddiskvolume1\0"s);
  EXPECT_EQ(app_id_of(u"A:\\X"), u"\\device\\harddiskvolume1\\x\0"s);
  EXPECT_EQ(app_id_of(u"j:/y"), u"\\device\\harddiskvolume10/y\0"s);
  EXPECT_EQ(app_id_of(u"Z:\\"), u"\\device\\harddiskvolume26\\\0"s);
  EXPECT_EQ(app_id_of(u"1:\\X"), u"1:\\x\0"s) << "not a drive";
  EXPECT_EQ(app_id_of(u"cd:\\X"), u"cd:\\x\0"s) << "not a drive";
  EXPECT_EQ(app_id_of(u"@[`{AZ\u00c4"), u"@[`{az\u00c4\0"s) << "the letters of ASCII";
  EXPECT_EQ(app_id_of(u""), u"\0"s);
}

// The pointer to each requested part points into the descriptor, every other pointer becomes NULL, and a NULL argument
// is skipped.
TEST_F(Lookups, TheDescriptorHasTheRequestedPartsOnly) {
  const Session session;
  for (UINT32 wanted = 0; wanted < 16; ++wanted) {
    int something = 0;
    PSID owner = &something;
    PSID group = &something;
    PACL dacl = nullptr;
    auto sacl = reinterpret_cast<PACL>(&something);
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    ASSERT_EQ(FwpmNetEventsGetSecurityInfo0(session, wanted, &owner, &group, &dacl, &sacl, &descriptor), ERROR_SUCCESS);
    auto* const start = static_cast<std::uint8_t*>(descriptor);
    std::uint32_t at[4];  // owner, group, SACL, DACL
    std::memcpy(at, start + 4, sizeof(at));
    EXPECT_EQ(owner, (wanted & 1) != 0 ? start + at[0] : nullptr) << wanted;
    EXPECT_EQ(group, (wanted & 2) != 0 ? start + at[1] : nullptr) << wanted;
    EXPECT_EQ(static_cast<void*>(dacl), (wanted & 4) != 0 ? start + at[3] : nullptr) << wanted;
    EXPECT_EQ(sacl, nullptr) << wanted;
    EXPECT_EQ(at[2], 0u) << "there is no SACL";
    constexpr std::uint8_t administrators[16] = {1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0};
    EXPECT_EQ(std::memcmp(start + at[0], administrators, 16), 0);
    EXPECT_EQ(std::memcmp(start + at[1], administrators, 16), 0);
    // [MS-DTYP] 2.4.5, 2.4.4.2: revision 2, 32 bytes, one entry; it allows all that is, to the administrators.
    constexpr std::uint8_t list[16] = {2, 0, 32, 0, 1, 0, 0, 0, 0, 0, 24, 0, 0xff, 7, 0xf, 0};
    EXPECT_EQ(std::memcmp(start + at[3], list, 16), 0);
    EXPECT_EQ(std::memcmp(start + at[3] + 16, administrators, 16), 0);
    FwpmFreeMemory0(&descriptor);
  }
  PSECURITY_DESCRIPTOR descriptor = nullptr;
  EXPECT_EQ(FwpmNetEventsGetSecurityInfo0(session, 15, nullptr, nullptr, nullptr, nullptr, &descriptor), ERROR_SUCCESS);
  FwpmFreeMemory0(&descriptor);
}

}  // namespace
}  // namespace qmforge::wfp
