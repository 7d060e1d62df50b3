"""impacket's objects to the event of qmforge's JSON form, and back. failureErrorName is not part of the structure."""

import ipaddress
import re
import struct

from impacket.dcerpc.v5.ndr import NULL

from structures import REVISIONS, SID_AND_ATTRIBUTES

ENUMERATIONS = {
    "failurePoint": ("IPSEC_FAILURE_NONE", "IPSEC_FAILURE_ME", "IPSEC_FAILURE_PEER"),
    "keyingModuleType": ("IKEEXT_KEY_MODULE_IKE", "IKEEXT_KEY_MODULE_AUTHIP", "IKEEXT_KEY_MODULE_IKEV2"),
    "qmState": tuple("IKEEXT_QM_SA_STATE_" + name for name in ("NONE", "INITIAL", "FINAL", "COMPLETE")),
    "saRole": ("IKEEXT_SA_ROLE_INITIATOR", "IKEEXT_SA_ROLE_RESPONDER"),
    "saTrafficType": ("IPSEC_TRAFFIC_TYPE_TRANSPORT", "IPSEC_TRAFFIC_TYPE_TUNNEL"),
}

TYPES = {
    number: "FWP_" + name
    for number, name in enumerate(
        "EMPTY UINT8 UINT16 UINT32 UINT64 INT8 INT16 INT32 INT64 FLOAT DOUBLE BYTE_ARRAY16_TYPE BYTE_BLOB_TYPE SID"
        " SECURITY_DESCRIPTOR_TYPE TOKEN_INFORMATION_TYPE TOKEN_ACCESS_INFORMATION_TYPE UNICODE_STRING_TYPE"
        " BYTE_ARRAY6_TYPE BITMAP_INDEX_TYPE BITMAP_ARRAY64_TYPE".split()
    )
} | {0x100: "FWP_V4_ADDR_MASK", 0x101: "FWP_V6_ADDR_MASK", 0x102: "FWP_RANGE_TYPE"}
TYPE_NUMBERS = {name: number for number, name in TYPES.items()}


def pointee(pointer):
    """The target of a pointer; None for NULL."""
    return None if pointer.fields["ReferentID"] == 0 else pointer.fields["Data"]


def number(field):
    return field.fields["Data"]


# Each kind of arm by the name of its member in the union: (read, write). `read` takes the pointee, or the inline
# value; `write` sets it from the result of `read`.


def read_number(target):
    return number(target)


def write_number(target, value):
    target["Data"] = value


def read_decimal(target):
    return str(number(target))


def write_decimal(target, value):
    target["Data"] = int(value)


def bits(width):
    """Hex of `width` digits for an integer that holds a floating-point number's bits."""
    return (lambda target: format(number(target), f"0{width}x"), lambda target, value: write_number(target, int(value, 16)))


def read_bytes(target):
    return number(target.fields["bytes"]).hex()


def write_bytes(target, value):
    target.fields["bytes"]["Data"] = bytes.fromhex(value)


def read_blob(target):
    data = pointee(target.fields["data"])
    return {"size": number(target.fields["size"]), "data": None if data is None else b"".join(number(data)).hex()}


def write_blob(target, value):
    target["size"] = value["size"]
    if value["data"] is None:
        target["data"] = NULL
    else:
        target["data"] = bytes.fromhex(value["data"])


def read_sid(target):
    authority = int.from_bytes(number(target.fields["IdentifierAuthority"]), "big")
    parts = [number(target.fields["Revision"]), f"0x{authority:012x}" if authority >> 32 else authority]
    return "-".join(["S", *map(str, parts + number(target.fields["SubAuthority"]))])


def write_sid(target, text):
    _, revision, authority, *sub_authorities = text.split("-")
    target["Revision"] = int(revision)
    target["SubAuthorityCount"] = len(sub_authorities)
    target["IdentifierAuthority"] = int(authority, 0).to_bytes(6, "big")
    target["SubAuthority"] = [int(part) for part in sub_authorities]


def read_sids(pointer):
    array = pointee(pointer)
    if array is None:
        return None
    return [
        {"sid": read_pointer(element.fields["sid"], read_sid), "attributes": number(element.fields["attributes"])}
        for element in number(array)
    ]


def write_sids(target, field, elements):
    if elements is None:
        target[field] = NULL
        return
    array = []
    for element in elements:
        item = SID_AND_ATTRIBUTES(isNDR64=target._isNDR64)
        item["attributes"] = element["attributes"]
        write_pointer(item, "sid", element["sid"], write_sid)
        array.append(item)
    target[field] = array


def read_token(target):
    return {
        "sidCount": number(target.fields["sidCount"]),
        "sids": read_sids(target.fields["sids"]),
        "restrictedSidCount": number(target.fields["restrictedSidCount"]),
        "restrictedSids": read_sids(target.fields["restrictedSids"]),
    }


def write_token(target, value):
    for count, sids in (("sidCount", "sids"), ("restrictedSidCount", "restrictedSids")):
        target[count] = value[count]
        write_sids(target, sids, value[sids])


def read_string(target):
    data = target.fields["Data"][:-2]
    try:
        return data.decode("utf-16-le")
    except UnicodeDecodeError:
        return {"utf16": "".join("%04x" % unit for (unit,) in struct.iter_unpack("<H", data))}


def write_string(target, value):
    if isinstance(value, dict):  # not well-formed
        units = bytes.fromhex(value["utf16"])
        target.fields["Data"] = b"".join(struct.pack("<H", unit) for (unit,) in struct.iter_unpack(">H", units))
    else:
        target.fields["Data"] = value.encode("utf-16-le")
    target.fields["Data"] += b"\0\0"
    target.fields["MaximumCount"] = target.fields["ActualCount"] = None  # counted from Data


def read_v4(target):
    return {name: str(ipaddress.IPv4Address(number(target.fields[name]))) for name in ("addr", "mask")}


def write_v4(target, value):
    for name in ("addr", "mask"):
        target[name] = int(ipaddress.IPv4Address(value[name]))


def read_v6(target):
    address = ipaddress.IPv6Address(number(target.fields["addr"]))
    text = str(address) if address.ipv4_mapped is None else f"::ffff:{address.ipv4_mapped}"
    return {"addr": text, "prefixLength": number(target.fields["prefixLength"])}


def write_v6(target, value):
    target["addr"] = ipaddress.IPv6Address(value["addr"]).packed
    target["prefixLength"] = value["prefixLength"]


def read_value(target):
    """FWP_VALUE0 or FWP_CONDITION_VALUE0."""
    kind = number(target.fields["type"])
    value = {"type": TYPES[kind]}
    union = target.fields["arm"]
    name, _ = union.union[kind]
    if name == "empty":
        return value
    arm = union.fields[name]
    read, _ = ARMS[name]
    value[name] = read_pointer(arm, read) if "ReferentID" in arm.fields else read(arm)
    return value


def write_value(target, value):
    kind = TYPE_NUMBERS[value["type"]]
    target["type"] = kind
    union = target.fields["arm"]
    union["tag"] = kind
    name, _ = union.union[kind]
    if name == "empty":
        return
    _, write = ARMS[name]
    if "ReferentID" in union.fields[name].fields:
        write_pointer(union, name, value[name], write)
    else:
        write(union.fields[name], value[name])


def read_range(target):
    return {name: read_value(target.fields[name]) for name in ("valueLow", "valueHigh")}


def write_range(target, value):
    for name in ("valueLow", "valueHigh"):
        write_value(target.fields[name], value[name])


def read_pointer(pointer, read):
    target = pointee(pointer)
    return None if target is None else read(target)


def write_pointer(holder, field, value, write):
    if value is None:
        holder[field] = NULL
    else:
        write(holder.fields[field].fields["Data"], value)


ARMS = {
    "uint8": (read_number, write_number),
    "uint16": (read_number, write_number),
    "uint32": (read_number, write_number),
    "uint64": (read_decimal, write_decimal),
    "int8": (read_number, write_number),
    "int16": (read_number, write_number),
    "int32": (read_number, write_number),
    "int64": (read_decimal, write_decimal),
    "float32": bits(8),
    "double64": bits(16),
    "byteArray16": (read_bytes, write_bytes),
    "byteBlob": (read_blob, write_blob),
    "sid": (read_sid, write_sid),
    "sd": (read_blob, write_blob),
    "tokenInformation": (read_token, write_token),
    "tokenAccessInformation": (read_blob, write_blob),
    "unicodeString": (read_string, write_string),
    "byteArray6": (read_bytes, write_bytes),
    "bitmapArray64": (read_bytes, write_bytes),
    "v4AddrMask": (read_v4, write_v4),
    "v6AddrMask": (read_v6, write_v6),
    "rangeValue": (read_range, write_range),
}


def read_guid(target):
    last = number(target.fields["Data4"]).hex()
    first = [number(target.fields[name]) for name in ("Data1", "Data2", "Data3")]
    return "{%08x-%04x-%04x-" % tuple(first) + f"{last[:4]}-{last[4:]}}}"


def write_guid(target, text):
    digits = re.sub("[{}-]", "", text)
    for name, begin, end in (("Data1", 0, 8), ("Data2", 8, 12), ("Data3", 12, 16)):
        target[name] = int(digits[begin:end], 16)
    target["Data4"] = bytes.fromhex(digits[16:])


def read_event(target):
    """The event as JSON has it: a dictionary of plain values."""
    event = {"failureErrorCode": number(target.fields["failureErrorCode"])}
    for field, names in ENUMERATIONS.items():
        value = number(target.fields[field])
        event[field] = names[value] if value < len(names) else value
    is_tunnel = number(target.fields["saTrafficType"]) == 1
    for field in ("localSubNet", "remoteSubNet"):
        event[field] = read_value(target.fields[field].fields["value"]) if is_tunnel else None
    event["qmFilterId"] = read_decimal(target.fields["qmFilterId"])
    if "mmSaLuid" in target.fields:
        event["mmSaLuid"] = read_decimal(target.fields["mmSaLuid"])
        event["mmProviderContextKey"] = read_guid(target.fields["mmProviderContextKey"])
    return event


def write_event(event, revision, is_ndr64):
    """A structure of impacket's, made anew from nothing but the event."""
    target = REVISIONS[revision](isNDR64=is_ndr64)
    target["failureErrorCode"] = event["failureErrorCode"]
    for field, names in ENUMERATIONS.items():
        target[field] = names.index(event[field]) if event[field] in names else event[field]
    traffic_type = number(target.fields["saTrafficType"])
    for field in ("localSubNet", "remoteSubNet"):
        target.fields[field]["tag"] = traffic_type
        if traffic_type == 1:
            write_value(target.fields[field].fields["value"], event[field])
    target["qmFilterId"] = int(event["qmFilterId"])
    if revision == 1:
        target["mmSaLuid"] = int(event["mmSaLuid"])
        write_guid(target.fields["mmProviderContextKey"], event["mmProviderContextKey"])
    return target
