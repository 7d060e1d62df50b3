// Calls that consumers of net events also make: the identifier of an application, the security of the events.
#include <algorithm>
#include <array>
#include <string>

#include "codes.h"
#include "engine.h"
#include "image.h"

namespace qmforge::wfp {
namespace {

std::u16string lower(std::u16string_view text) {
  std::u16string result(text);
  for (char16_t& c : result)
    if (c >= u'A' && c <= u'Z') c = static_cast<char16_t>(c - u'A' + u'a');
  return result;
}

/// `C:\Program` becomes `\device\harddiskvolume3\program`, in lower case; a name without a drive keeps its form.
std::u16string device_path(std::u16string_view file_name) {
  const std::u16string name = lower(file_name);
  if (name.size() < 2 || name[1] != u':' || name[0] < u'a' || name[0] > u'z') return name;
  std::u16string volume = u"\\device\\harddiskvolume";
  for (const char digit : std::to_string(name[0] - u'a' + 1)) volume += static_cast<char16_t>(digit);
  return volume + name.substr(2);
}

// A self-relative security descriptor: a header, the owner, the group, a list of one entry ([MS-DTYP] 2.4.6).
struct Descriptor {
  struct SmallSid {  // of two sub-authorities
    std::uint8_t revision = 1;
    std::uint8_t count = 2;
    std::array<std::uint8_t, 6> authority = {0, 0, 0, 0, 0, 5};
    std::array<std::uint32_t, 2> subAuthorities;
  };
  struct List {
    std::uint8_t revision = 2;
    std::uint8_t padding = 0;
    std::uint16_t size;
    std::uint16_t entries = 1;
    std::uint16_t padding2 = 0;
    std::uint8_t entryType = 0;  // ACCESS_ALLOWED_ACE_TYPE
    std::uint8_t entryFlags = 0;
    std::uint16_t entrySize;
    std::uint32_t mask;
    SmallSid who;
  };
  std::uint8_t revision = 1;
  std::uint8_t padding = 0;
  std::uint16_t control = 0x8004;  // SE_SELF_RELATIVE | SE_DACL_PRESENT
  std::uint32_t ownerAt;
  std::uint32_t groupAt;
  std::uint32_t saclAt = 0;
  std::uint32_t daclAt;
  SmallSid owner;
  SmallSid group;
  List dacl;
};
static_assert(sizeof(Descriptor) == 84 && sizeof(Descriptor::SmallSid) == 16);

constexpr Descriptor::SmallSid administrators = {.subAuthorities = {32, 544}};  // S-1-5-32-544

constexpr Descriptor net_events_descriptor = {
    .ownerAt = offsetof(Descriptor, owner),
    .groupAt = offsetof(Descriptor, group),
    .daclAt = offsetof(Descriptor, dacl),
    .owner = administrators,
    .group = administrators,
    .dacl = {.size = sizeof(Descriptor::List),
             .entrySize = 8 + sizeof(Descriptor::SmallSid),
             .mask = 0x000f07ff,
             .who = administrators},
};

}  // namespace

DWORD Engine::get_app_id(const Origin& call, const WCHAR* file_name, FWP_BYTE_BLOB** app_id) {
  const Lock lock(lock_.mutex);
  if (file_name == nullptr) return misuses_.null_argument(call, "fileName");
  if (app_id == nullptr) return misuses_.null_argument(call, "appId");
  std::u16string name;
  for (const WCHAR* c = file_name; *c != 0; ++c) name += static_cast<char16_t>(*c);
  const std::u16string path = device_path(name);
  const auto size = static_cast<UINT32>(2 * (path.size() + 1));  // the NUL is part of it
  std::byte* const memory = memory_.allocate(sizeof(FWP_BYTE_BLOB) + size, Memory::Use::batch, call);
  auto blob = zeroed<FWP_BYTE_BLOB>();
  blob.size = size;
  blob.data = reinterpret_cast<UINT8*>(memory) + sizeof(blob);
  std::memcpy(memory, &blob, sizeof(blob));
  std::memcpy(memory + sizeof(blob), path.c_str(), size);
  *app_id = reinterpret_cast<FWP_BYTE_BLOB*>(memory);
  return code::success;
}

DWORD Engine::get_security(const Origin& call, HANDLE session, UINT32 wanted, const SecurityInfo& info) {
  const Lock lock(lock_.mutex);
  const DWORD status = sessions_.check(call, session);
  if (status != code::success) return status;
  if (info.descriptor == nullptr) return misuses_.null_argument(call, "securityDescriptor");
  std::byte* const memory = memory_.allocate(sizeof(Descriptor), Memory::Use::batch, call);
  std::memcpy(memory, &net_events_descriptor, sizeof(Descriptor));
  const auto give = [&](auto* member, UINT32 flag, std::size_t at) {
    if (member == nullptr) return;
    using Pointer = std::remove_reference_t<decltype(*member)>;
    *member = (wanted & flag) != 0 ? reinterpret_cast<Pointer>(memory + at) : nullptr;
  };
  give(info.owner, 1, net_events_descriptor.ownerAt);  // OWNER_SECURITY_INFORMATION
  give(info.group, 2, net_events_descriptor.groupAt);
  give(info.dacl, 4, net_events_descriptor.daclAt);
  if (info.sacl != nullptr) *info.sacl = nullptr;
  *info.descriptor = memory;
  return code::success;
}

DWORD Engine::set_security(const Origin& call, HANDLE session) {
  const Lock lock(lock_.mutex);
  return sessions_.check_outside_transaction(call, session);
}

}  // namespace qmforge::wfp
