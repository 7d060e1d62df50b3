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

}  // namespace
}  // namespace qmforge::wfp
