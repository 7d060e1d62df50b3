#include "event_image.h"

#include <bit>
#include <string_view>

#include "body_kinds.h"

namespace qmforge::wfp {
namespace {

/// A condition value or a value, whose type is at `at`. Their slots are at the same offset.
constexpr std::size_t slot_offset = offsetof(FWP_CONDITION_VALUE0, uint64);
static_assert(slot_offset == offsetof(FWP_VALUE0, uint64));

void append_blob(Image& image, std::size_t slot, const ByteBlob& blob) {
  auto structure = zeroed<FWP_BYTE_BLOB>();
  structure.size = blob.size;
  const std::uint32_t at = image.append(structure);
  image.point(slot, at);
  if (blob.data != nullptr)
    image.point(at + offsetof(FWP_BYTE_BLOB, data), image.append(blob.data, blob.size, alignof(std::uint64_t)));
}

void append_sids(Image& image, std::size_t slot, const SidAndAttributesView& sids) {
  if (sids.is_null()) return;
  const std::vector<SID_AND_ATTRIBUTES> zeros(sids.size());
  const std::uint32_t at =
      image.append(zeros.data(), zeros.size() * sizeof(SID_AND_ATTRIBUTES), alignof(SID_AND_ATTRIBUTES));
  image.point(slot, at);
  std::size_t element = at;
  for (const SidAndAttributes& sid : sids) {
    image.put<DWORD>(element + offsetof(SID_AND_ATTRIBUTES, Attributes), sid.attributes);
    if (sid.sid) image.point(element + offsetof(SID_AND_ATTRIBUTES, Sid), append_sid(image, *sid.sid));
    element += sizeof(SID_AND_ATTRIBUTES);
  }
}

/// Puts the arm of a value whose slot is at `slot`.
struct ArmPutter {
  Image& image;
  std::size_t slot;

  void operator()(DataType type, std::uint64_t value) const { scalar(type, value); }
  void operator()(DataType type, std::int64_t value) const { scalar(type, value); }
  void operator()(DataType type, std::uint32_t value) const { scalar(type, value); }
  void operator()(DataType, std::uint8_t value) const { image.put(slot, value); }
  void operator()(DataType, std::uint16_t value) const { image.put(slot, value); }
  void operator()(DataType, std::int8_t value) const { image.put(slot, value); }
  void operator()(DataType, std::int16_t value) const { image.put(slot, value); }
  void operator()(DataType, std::int32_t value) const { image.put(slot, value); }
  template <std::size_t n>
  void operator()(DataType, const std::array<std::uint8_t, n>& bytes) const {
    image.point(slot, image.append(bytes.data(), n, 1));
  }
  void operator()(DataType, const ByteBlob& blob) const { append_blob(image, slot, blob); }
  void operator()(DataType, const Sid& sid) const { image.point(slot, append_sid(image, sid)); }
  void operator()(DataType, const Utf16View& text) const { image.point(slot, append_string(image, text)); }
  void operator()(DataType, const TokenInformation& token) const {
    auto structure = zeroed<FWP_TOKEN_INFORMATION>();
    structure.sidCount = token.sidCount;
    structure.restrictedSidCount = token.restrictedSidCount;
    const std::uint32_t at = image.append(structure);
    image.point(slot, at);
    append_sids(image, at + offsetof(FWP_TOKEN_INFORMATION, sids), token.sids);
    append_sids(image, at + offsetof(FWP_TOKEN_INFORMATION, restrictedSids), token.restrictedSids);
  }
  void operator()(DataType, const V4AddrMask& mask) const {
    image.point(slot, image.append(FWP_V4_ADDR_AND_MASK{mask.addr, mask.mask}));
  }
  void operator()(DataType, const V6AddrMask& mask) const {
    auto structure = zeroed<FWP_V6_ADDR_AND_MASK>();
    std::memcpy(structure.addr, mask.addr.data(), mask.addr.size());
    structure.prefixLength = mask.prefixLength;
    image.point(slot, image.append(structure));
  }
  void operator()(DataType, const Range& range) const {
    const std::uint32_t at = image.append(zeroed<FWP_RANGE0>());
    image.point(slot, at);
    put_value(image, at + offsetof(FWP_RANGE0, valueLow), range.valueLow);
    put_value(image, at + offsetof(FWP_RANGE0, valueHigh), range.valueHigh);
  }

  template <class V>
  static void put_value(Image& image, std::size_t at, const V& value) {
    image.put(at, static_cast<std::uint32_t>(value.type));
    visit(value, ArmPutter{image, at + slot_offset});
  }

 private:
  /// Inline, or behind a pointer where the type has 64 bits.
  template <class T>
  void scalar(DataType type, const T& value) const {
    if (is_pointer_type(type))
      image.point(slot, image.append(&value, sizeof(T), sizeof(T)));
    else
      image.put(slot, value);
  }
};

std::uint32_t append_text(Image& image, std::u16string_view text) {
  return append_string(image, Utf16View(std::span(text.data(), text.size())));
}

/// The members that MM_FAILURE2 and EM_FAILURE1 share in name: whom the keys were for.
template <class Failure>
void append_principals(Image& image) {
  image.point(offsetof(Failure, localPrincipalNameForAuth), append_text(image, u"host/client.example"));
  image.point(offsetof(Failure, remotePrincipalNameForAuth), append_text(image, u"host/server.example"));
}

}  // namespace

GUID to_windows(const Guid& guid) {
  GUID result{};
  result.Data1 = guid.data1;
  result.Data2 = guid.data2;
  result.Data3 = guid.data3;
  std::memcpy(result.Data4, guid.data4.data(), guid.data4.size());
  return result;
}

std::uint32_t append_sid(Image& image, const Sid& sid) {
  const std::size_t size = offsetof(SID, SubAuthority) + 4 * std::size_t{sid.subAuthority.size()};
  const std::vector<std::byte> zeros(size);
  const std::uint32_t at = image.append(zeros.data(), size, alignof(SID));
  image.put(at + offsetof(SID, Revision), sid.revision);
  image.put(at + offsetof(SID, SubAuthorityCount), static_cast<std::uint8_t>(sid.subAuthority.size()));
  image.put(at + offsetof(SID, IdentifierAuthority), sid.identifierAuthority);
  for (std::uint32_t i = 0; i < sid.subAuthority.size(); ++i)
    image.put(at + offsetof(SID, SubAuthority) + 4 * i, sid.subAuthority[i]);
  return at;
}

std::uint32_t append_string(Image& image, Utf16View text) {
  std::vector<char16_t> units(text.begin(), text.end());
  units.push_back(u'\0');
  return image.append(units.data(), units.size() * sizeof(char16_t), alignof(char16_t));
}

void append_qm_failure(Image& image, const Event& event) {
  using Body = FWPM_NET_EVENT_IKEEXT_QM_FAILURE1;
  auto body = zeroed<Body>();
  body.failureErrorCode = event.failureErrorCode;
  body.failurePoint = static_cast<IPSEC_FAILURE_POINT>(event.failurePoint);
  body.keyingModuleType = static_cast<IKEEXT_KEY_MODULE_TYPE>(event.keyingModuleType);
  body.qmState = static_cast<IKEEXT_QM_SA_STATE>(event.qmState);
  body.saRole = static_cast<IKEEXT_SA_ROLE>(event.saRole);
  body.saTrafficType = static_cast<IPSEC_TRAFFIC_TYPE>(event.saTrafficType);
  body.qmFilterId = event.qmFilterId;
  if (event.revision == Revision::r1) {
    body.mmSaLuid = event.mmSaLuid;
    body.mmProviderContextKey = to_windows(event.mmProviderContextKey);
  }
  image.append(body);
  if (!event.has_subnets()) return;
  ArmPutter::put_value(image, offsetof(Body, localSubNet), event.localSubNet);
  ArmPutter::put_value(image, offsetof(Body, remoteSubNet), event.remoteSubNet);
}

void append_mm_failure(Image& image, std::uint32_t number) {
  using Body = FWPM_NET_EVENT_IKEEXT_MM_FAILURE2;
  auto body = zeroed<Body>();
  body.failureErrorCode = 13801 + number % 50;
  body.failurePoint = static_cast<IPSEC_FAILURE_POINT>(number % 3);
  body.keyingModuleType = static_cast<IKEEXT_KEY_MODULE_TYPE>(number % 3);
  body.mmState = static_cast<IKEEXT_MM_SA_STATE>(number % 6);
  body.saRole = static_cast<IKEEXT_SA_ROLE>(number % 2);
  body.mmAuthMethod = static_cast<IKEEXT_AUTHENTICATION_METHOD_TYPE>(number % 6);
  std::memset(body.endCertHash, static_cast<int>(number % 256), sizeof(body.endCertHash));
  body.mmId = 0x4d4d000000000000 | number;
  body.mmFilterId = 0x4646000000000000 | number;
  image.append(body);
  append_principals<Body>(image);
  image.point(offsetof(Body, providerContextKey), image.append(GUID{number, 0x4d4d, 0x4d4d, {1, 2, 3, 4, 5, 6, 7, 8}}));
}

void append_em_failure(Image& image, std::uint32_t number) {
  using Body = FWPM_NET_EVENT_IKEEXT_EM_FAILURE1;
  auto body = zeroed<Body>();
  body.failureErrorCode = 13801 + number % 50;
  body.failurePoint = static_cast<IPSEC_FAILURE_POINT>(number % 3);
  body.emState = static_cast<IKEEXT_EM_SA_STATE>(number % 6);
  body.saRole = static_cast<IKEEXT_SA_ROLE>(number % 2);
  body.emAuthMethod = static_cast<IKEEXT_AUTHENTICATION_METHOD_TYPE>(number % 6);
  std::memset(body.endCertHash, static_cast<int>(number % 256), sizeof(body.endCertHash));
  body.mmId = 0x454d000000000000 | number;
  body.qmFilterId = 0x4646000000000000 | number;
  body.saTrafficType = static_cast<IPSEC_TRAFFIC_TYPE>(number % 2);
  image.append(body);
  append_principals<Body>(image);
}

void append_classify_drop(Image& image, std::uint32_t number) {
  auto body = zeroed<FWPM_NET_EVENT_CLASSIFY_DROP2>();
  body.filterId = 0x4344000000000000 | number;
  body.layerId = static_cast<UINT16>(10 + number % 60);
  body.originalProfile = 1;
  body.currentProfile = 1;
  body.msFwpDirection = number % 2;
  image.append(body);
}

std::uint32_t body_size(FWPM_NET_EVENT_TYPE type, unsigned version) {
  // One size for each of FWPM_NET_EVENT0 to 5.
  struct Sizes {
    std::size_t of[6];
  };
  using MM0 = FWPM_NET_EVENT_IKEEXT_MM_FAILURE0;
  using MM1 = FWPM_NET_EVENT_IKEEXT_MM_FAILURE1;
  using MM2 = FWPM_NET_EVENT_IKEEXT_MM_FAILURE2;
  using QM0 = FWPM_NET_EVENT_IKEEXT_QM_FAILURE0;
  using QM1 = FWPM_NET_EVENT_IKEEXT_QM_FAILURE1;
  using EM0 = FWPM_NET_EVENT_IKEEXT_EM_FAILURE0;
  using EM1 = FWPM_NET_EVENT_IKEEXT_EM_FAILURE1;
  using CD0 = FWPM_NET_EVENT_CLASSIFY_DROP0;
  using CD1 = FWPM_NET_EVENT_CLASSIFY_DROP1;
  using CD2 = FWPM_NET_EVENT_CLASSIFY_DROP2;
  static constexpr Sizes sizes[] = {
      {{sizeof(MM0), sizeof(MM1), sizeof(MM1), sizeof(MM1), sizeof(MM2), sizeof(MM2)}},
      {{sizeof(QM0), sizeof(QM0), sizeof(QM0), sizeof(QM0), sizeof(QM1), sizeof(QM1)}},
      {{sizeof(EM0), sizeof(EM1), sizeof(EM1), sizeof(EM1), sizeof(EM1), sizeof(EM1)}},
      {{sizeof(CD0), sizeof(CD1), sizeof(CD2), sizeof(CD2), sizeof(CD2), sizeof(CD2)}},
  };
  const auto index = static_cast<std::uint32_t>(type);
  if (index < std::size(sizes)) return static_cast<std::uint32_t>(sizes[index].of[version]);
  for (const BodyKind& kind : body_kinds())
    if (kind.type == type) return kind.size;  // the same in every version
  return 0;
}

}  // namespace qmforge::wfp
