"""An NDR engine that is not ours: impacket, with the classes of structures.py.

Lines in:   label revision from to hex
Lines out:  {"label": ..., "event": {...}, "hex": the event encoded as `to`}
            {"label": ..., "event": null, "error": {"message": ...}}

`revision` is 0 or 1. `from` and `to` are ndr20 (with the header of type serialization version 1), ndr20-body or ndr64;
`to` may be "-" for no encoding. An input of no bytes is written "-".

impacket compares neither tags nor counts, so that an answer says something about well-formed input alone. What it writes
is well-formed and not canonical: random referent ids, and padding of 0xaa to 0xee.
"""

import json
import logging
import random
import sys

from impacket.dcerpc.v5.rpcrt import CommonHeader, PrivateHeader

from event_json import read_event, write_event
from structures import REVISIONS

HEADER_SIZE = 16


def decode(data, revision, is_ndr64):
    structure = REVISIONS[revision](isNDR64=is_ndr64)
    size = structure.fromString(data)
    structure.fromStringReferents(data, size)
    return read_event(structure)


def encode(event, revision, is_ndr64):
    structure = write_event(event, revision, is_ndr64)
    data = structure.getData()
    return data + structure.getDataReferents(len(data))


def with_header(body):
    body += b"\xaf" * (-len(body) % 8)
    header = PrivateHeader()
    header["ObjectBufferLength"] = len(body)
    return CommonHeader().getData() + header.getData() + body


def answer(label, revision, source, target, text):
    data = bytes.fromhex(text.strip("-"))
    revision = int(revision)
    header_size = HEADER_SIZE if source == "ndr20" else 0
    try:
        event = decode(data[header_size:], revision, source == "ndr64")
    except Exception as error:  # impacket raises whatever the failing operation raises
        return {"label": label, "event": None, "error": {"message": f"{type(error).__name__}: {error}"}}
    result = {"label": label, "event": event}
    if target != "-":
        body = encode(event, revision, target == "ndr64")
        result["hex"] = (with_header(body) if target == "ndr20" else body).hex()
    return result


def main():
    logging.disable()  # impacket logs every error that it raises
    random.seed(1)  # impacket's referent ids
    for line in sys.stdin:
        print(json.dumps(answer(*line.split())))


main()
