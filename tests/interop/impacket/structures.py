"""FWPM_NET_EVENT_IKEEXT_QM_FAILURE0 and 1 as classes of impacket's NDR library, for NDR 2.0 and NDR64.

What impacket leaves to its user, and is therefore done here:
- a structure's trailing padding in NDR64 (Structure.getData, Structure.fromString);
- a union arm that holds nothing (EmptyArm);
- a union tag of 32 bits (Union.commonHdr).
"""

from impacket.dcerpc.v5.ndr import (
    NDRHYPER,
    NDRLONG,
    NDRPOINTER,
    NDRSHORT,
    NDRSMALL,
    NDRSTRUCT,
    NDRUHYPER,
    NDRULONG,
    NDRUNION,
    NDRUSHORT,
    NDRUSMALL,
    NDRUniConformantArray,
    NDRUniFixedArray,
)


class Structure(NDRSTRUCT):
    """A structure that ends, in NDR64, in padding to its own alignment ([MS-RPCE] 2.2.5.3.4.1)."""

    def trailing_gap(self, end):
        return -end % max(self.getAlignment(), 1) if self._isNDR64 else 0

    def getData(self, soFar=0):
        data = super().getData(soFar)
        return data + b"\xcd" * self.trailing_gap(soFar + len(data))

    def fromString(self, data, offset=0):
        size = super().fromString(data, offset)
        return size + self.trailing_gap(offset + size)


class Union(NDRUNION):
    """A union on a 32-bit tag. impacket computes its alignment anew at every use; it is the same for all of a class."""

    commonHdr = (("tag", NDRULONG),)
    commonHdr64 = commonHdr
    alignments = {}

    def getAlignment(self):
        key = (type(self), self._isNDR64)
        if key not in self.alignments:
            self.alignments[key] = super().getAlignment()
        return self.alignments[key]


class EmptyArm(NDRSTRUCT):
    """An arm that holds nothing. NDRSTRUCT's own methods need a member to begin with."""

    def getData(self, soFar=0):
        return b""

    def fromString(self, data, offset=0):
        return 0

    def getAlignment(self):
        return 1


def pointer_to(pointee):
    return type("P" + pointee.__name__, (NDRPOINTER,), {"referent": (("Data", pointee),)})


def fixed_bytes(size):
    """UINT8[size]."""
    return type(f"Bytes{size}", (NDRUniFixedArray,), {"getDataLen": lambda self, data, offset=0: size})


class GUID(Structure):
    structure = (
        ("Data1", NDRULONG),
        ("Data2", NDRUSHORT),
        ("Data3", NDRUSHORT),
        ("Data4", fixed_bytes(8)),
    )


class BYTE_ARRAY16(Structure):
    structure = (("bytes", fixed_bytes(16)),)


class BYTE_ARRAY6(Structure):
    structure = (("bytes", fixed_bytes(6)),)


class BITMAP_ARRAY64(Structure):
    structure = (("bytes", fixed_bytes(8)),)


class BYTES(NDRUniConformantArray):
    item = "c"


class BYTE_BLOB(Structure):
    structure = (
        ("size", NDRULONG),
        ("data", pointer_to(BYTES)),
    )


class SUB_AUTHORITIES(NDRUniConformantArray):
    item = "<L"


class SID(Structure):
    structure = (
        ("Revision", NDRUSMALL),
        ("SubAuthorityCount", NDRUSMALL),
        ("IdentifierAuthority", fixed_bytes(6)),
        ("SubAuthority", SUB_AUTHORITIES),
    )


class SID_AND_ATTRIBUTES(Structure):
    structure = (
        ("sid", pointer_to(SID)),
        ("attributes", NDRULONG),
    )


class SIDS_AND_ATTRIBUTES(NDRUniConformantArray):
    item = SID_AND_ATTRIBUTES


class TOKEN_INFORMATION(Structure):
    structure = (
        ("sidCount", NDRULONG),
        ("sids", pointer_to(SIDS_AND_ATTRIBUTES)),
        ("restrictedSidCount", NDRULONG),
        ("restrictedSids", pointer_to(SIDS_AND_ATTRIBUTES)),
    )


class UNICODE_STRING(NDRSTRUCT):
    """[string] wchar_t: impacket's WSTR without its conversions, which reject unpaired surrogates. Data: UTF-16 bytes."""

    commonHdr = (
        ("MaximumCount", "<L=len(Data)//2"),
        ("Offset", "<L=0"),
        ("ActualCount", "<L=len(Data)//2"),
    )
    commonHdr64 = (
        ("MaximumCount", "<Q=len(Data)//2"),
        ("Offset", "<Q=0"),
        ("ActualCount", "<Q=len(Data)//2"),
    )
    structure = (("Data", ":"),)

    def getDataLen(self, data, offset=0):
        return self["ActualCount"] * 2


class V4_ADDR_AND_MASK(Structure):
    structure = (
        ("addr", NDRULONG),
        ("mask", NDRULONG),
    )


class V6_ADDR_AND_MASK(Structure):
    structure = (
        ("addr", fixed_bytes(16)),
        ("prefixLength", NDRUSMALL),
    )


VALUE_ARMS = {
    0: ("empty", EmptyArm),
    1: ("uint8", NDRUSMALL),
    2: ("uint16", NDRUSHORT),
    3: ("uint32", NDRULONG),
    4: ("uint64", pointer_to(NDRUHYPER)),
    5: ("int8", NDRSMALL),
    6: ("int16", NDRSHORT),
    7: ("int32", NDRLONG),
    8: ("int64", pointer_to(NDRHYPER)),
    9: ("float32", NDRULONG),  # its bits
    10: ("double64", pointer_to(NDRUHYPER)),  # its bits
    11: ("byteArray16", pointer_to(BYTE_ARRAY16)),
    12: ("byteBlob", pointer_to(BYTE_BLOB)),
    13: ("sid", pointer_to(SID)),
    14: ("sd", pointer_to(BYTE_BLOB)),
    15: ("tokenInformation", pointer_to(TOKEN_INFORMATION)),
    16: ("tokenAccessInformation", pointer_to(BYTE_BLOB)),
    17: ("unicodeString", pointer_to(UNICODE_STRING)),
    18: ("byteArray6", pointer_to(BYTE_ARRAY6)),
    19: ("uint8", NDRUSMALL),
    20: ("bitmapArray64", pointer_to(BITMAP_ARRAY64)),
}


class VALUE0_ARM(Union):
    union = VALUE_ARMS


class VALUE0(Structure):
    structure = (
        ("type", NDRULONG),
        ("arm", VALUE0_ARM),
    )


class RANGE0(Structure):
    structure = (
        ("valueLow", VALUE0),
        ("valueHigh", VALUE0),
    )


class CONDITION_VALUE0_ARM(Union):
    union = VALUE_ARMS | {
        0x100: ("v4AddrMask", pointer_to(V4_ADDR_AND_MASK)),
        0x101: ("v6AddrMask", pointer_to(V6_ADDR_AND_MASK)),
        0x102: ("rangeValue", pointer_to(RANGE0)),
    }


class CONDITION_VALUE0(Structure):
    structure = (
        ("type", NDRULONG),
        ("arm", CONDITION_VALUE0_ARM),
    )


class SUBNET(Union):
    union = {
        0: ("empty", EmptyArm),
        1: ("value", CONDITION_VALUE0),
    }


class QM_FAILURE0(Structure):
    structure = (
        ("failureErrorCode", NDRULONG),
        ("failurePoint", NDRULONG),
        ("keyingModuleType", NDRULONG),
        ("qmState", NDRULONG),
        ("saRole", NDRULONG),
        ("saTrafficType", NDRULONG),
        ("localSubNet", SUBNET),
        ("remoteSubNet", SUBNET),
        ("qmFilterId", NDRUHYPER),
    )


class QM_FAILURE1(Structure):
    structure = QM_FAILURE0.structure + (
        ("mmSaLuid", NDRUHYPER),
        ("mmProviderContextKey", GUID),
    )


REVISIONS = (QM_FAILURE0, QM_FAILURE1)
