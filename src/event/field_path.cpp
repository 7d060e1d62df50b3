// The spelling of field paths.
#include "qmforge/field_path.h"

#include <cstddef>
#include <string>
#include <string_view>

#include "text/forms.h"

namespace qmforge {

std::string_view to_string(Step step) noexcept {
  switch (step) {
    case Step::none: return "";
    case Step::version: return "Version";
    case Step::endianness: return "Endianness";
    case Step::commonHeaderLength: return "CommonHeaderLength";
    case Step::filler: return "Filler";
    case Step::objectBufferLength: return "ObjectBufferLength";
    case Step::failureErrorCode: return "failureErrorCode";
    case Step::failurePoint: return "failurePoint";
    case Step::keyingModuleType: return "keyingModuleType";
    case Step::qmState: return "qmState";
    case Step::saRole: return "saRole";
    case Step::saTrafficType: return "saTrafficType";
    case Step::localSubNet: return "localSubNet";
    case Step::remoteSubNet: return "remoteSubNet";
    case Step::qmFilterId: return "qmFilterId";
    case Step::mmSaLuid: return "mmSaLuid";
    case Step::mmProviderContextKey: return "mmProviderContextKey";
    case Step::type: return "type";
    case Step::uint8: return "uint8";
    case Step::uint16: return "uint16";
    case Step::uint32: return "uint32";
    case Step::uint64: return "uint64";
    case Step::int8: return "int8";
    case Step::int16: return "int16";
    case Step::int32: return "int32";
    case Step::int64: return "int64";
    case Step::float32: return "float32";
    case Step::double64: return "double64";
    case Step::byteArray16: return "byteArray16";
    case Step::byteBlob: return "byteBlob";
    case Step::sid: return "sid";
    case Step::sd: return "sd";
    case Step::tokenInformation: return "tokenInformation";
    case Step::tokenAccessInformation: return "tokenAccessInformation";
    case Step::unicodeString: return "unicodeString";
    case Step::byteArray6: return "byteArray6";
    case Step::bitmapArray64: return "bitmapArray64";
    case Step::v4AddrMask: return "v4AddrMask";
    case Step::v6AddrMask: return "v6AddrMask";
    case Step::rangeValue: return "rangeValue";
    case Step::addr: return "addr";
    case Step::mask: return "mask";
    case Step::prefixLength: return "prefixLength";
    case Step::valueLow: return "valueLow";
    case Step::valueHigh: return "valueHigh";
    case Step::size: return "size";
    case Step::data: return "data";
    case Step::revision: return "Revision";
    case Step::subAuthorityCount: return "SubAuthorityCount";
    case Step::identifierAuthority: return "IdentifierAuthority";
    case Step::subAuthority: return "SubAuthority";
    case Step::sidCount: return "sidCount";
    case Step::sids: return "sids";
    case Step::restrictedSidCount: return "restrictedSidCount";
    case Step::restrictedSids: return "restrictedSids";
    case Step::attributes: return "attributes";
  }
  return "";
}

void add_path(Appender& out, const FieldPath& path) {
  for (std::size_t i = 0; i < path.depth(); ++i) {
    if (i != 0) out.add('.');
    out.add(to_string(path.step(i)));
    if (const auto index = path.index(i)) out.add('[', *index, ']');
  }
}

std::string FieldPath::to_string() const {
  return text_of([this](Appender& out) { add_path(out, *this); });
}

}  // namespace qmforge
