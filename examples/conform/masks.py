#!/usr/bin/env python3
"""A decoder in Python that speaks the protocol of `qmforge conform`: ndr20, transport events and tunnels of masks.

    qmforge simulate --out set --format ndr20
    qmforge conform set -- python3 examples/conform/masks.py

Lines in: LABEL FORMAT REVISION HEX. Lines out: the JSON of docs/conformance.md with the event that was read, or
`LABEL malformed`, or `LABEL skipped` for a message with a subnet of another type.
"""
import ipaddress
import json
import struct
import sys
import uuid

NAMES = {
    'failurePoint': ('IPSEC_FAILURE_NONE', 'IPSEC_FAILURE_ME', 'IPSEC_FAILURE_PEER'),
    'keyingModuleType': ('IKEEXT_KEY_MODULE_IKE', 'IKEEXT_KEY_MODULE_AUTHIP', 'IKEEXT_KEY_MODULE_IKEV2'),
    'qmState': tuple(f'IKEEXT_QM_SA_STATE_{name}' for name in ('NONE', 'INITIAL', 'FINAL', 'COMPLETE')),
    'saRole': ('IKEEXT_SA_ROLE_INITIATOR', 'IKEEXT_SA_ROLE_RESPONDER'),
    'saTrafficType': ('IPSEC_TRAFFIC_TYPE_TRANSPORT', 'IPSEC_TRAFFIC_TYPE_TUNNEL'),
}
EMPTY, V4, V6 = 0, 0x100, 0x101


class Malformed(Exception):
    pass


class Skipped(Exception):
    pass


class Reader:
    def __init__(self, data, order):
        self.data, self.order, self.at = data, order, 0

    def take(self, size, alignment=1):
        self.at += -self.at % alignment
        if self.at + size > len(self.data):
            raise Malformed
        self.at += size
        return self.data[self.at - size:self.at]

    def number(self, code='I'):
        size = struct.calcsize(code)
        return struct.unpack(self.order + code, self.take(size, size))[0]


def body_of(message):
    """The object in a serialization header, and its byte order."""
    if len(message) < 16 or message[0] != 1 or message[1] not in (0x10, 0) or message[2:4] != b'\x08\x00':
        raise Malformed
    order = '<' if message[1] == 0x10 else '>'
    length = struct.unpack_from(order + 'I', message, 8)[0]
    if length % 8 or length != len(message) - 16:
        raise Malformed
    return Reader(message[16:], order)


def read_subnet(reader, traffic_type):
    """The flat part of a union: (type, whether the pointer is set)."""
    if reader.number() != traffic_type:
        raise Malformed
    if traffic_type == 0:
        return None
    data_type = reader.number()
    if reader.number() != data_type:
        raise Malformed
    if data_type == EMPTY:
        return EMPTY, False
    if data_type not in (V4, V6):
        raise Skipped
    return data_type, reader.number() != 0


def read_mask(reader, subnet):
    """The pointee of the union's pointer, as JSON."""
    if subnet is None:
        return None
    data_type, is_set = subnet
    if data_type == EMPTY:
        return {'type': 'FWP_EMPTY'}
    if data_type == V4:
        addresses = [str(ipaddress.IPv4Address(reader.number())) for _ in range(2)] if is_set else None
        return {'type': 'FWP_V4_ADDR_MASK', 'v4AddrMask': addresses and dict(zip(('addr', 'mask'), addresses))}
    mask = reader.take(17) if is_set else None
    return {'type': 'FWP_V6_ADDR_MASK',
            'v6AddrMask': mask and {'addr': v6_text(mask[:16]), 'prefixLength': mask[16]}}


def v6_text(address):
    """RFC 5952, which writes IPv4-mapped addresses in the mixed notation."""
    address = ipaddress.IPv6Address(address)
    return f'::ffff:{address.ipv4_mapped}' if address.ipv4_mapped else str(address)


def decode(message, revision):
    reader = body_of(message)
    event = {'failureErrorCode': reader.number()}
    for member, names in NAMES.items():
        value = reader.number()
        event[member] = names[value] if value < len(names) else value
    traffic_type = event['saTrafficType']
    if traffic_type not in NAMES['saTrafficType']:
        raise Malformed
    subnets = [read_subnet(reader, NAMES['saTrafficType'].index(traffic_type)) for _ in range(2)]
    event['qmFilterId'] = str(reader.number('Q'))
    if revision == 1:
        event['mmSaLuid'] = str(reader.number('Q'))
        guid = reader.take(16, 4)
        key = uuid.UUID(bytes_le=guid) if reader.order == '<' else uuid.UUID(bytes=guid)
        event['mmProviderContextKey'] = f'{{{key}}}'
    event['localSubNet'], event['remoteSubNet'] = (read_mask(reader, subnet) for subnet in subnets)
    if len(reader.data) - reader.at >= 8:
        raise Malformed
    return event


def answer(label, encoding, revision, data):
    if encoding != 'ndr20':
        return f'{label} skipped'
    try:
        return json.dumps({'label': label, 'verdict': 'accepted', 'event': decode(data, revision)})
    except Malformed:
        return f'{label} malformed'
    except Skipped:
        return f'{label} skipped'


for line in sys.stdin:
    label, encoding, revision, *data = line.split()
    print(answer(label, encoding, int(revision), bytes.fromhex(data[0] if data and data[0] != '-' else '')), flush=True)
