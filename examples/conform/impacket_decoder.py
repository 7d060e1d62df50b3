#!/usr/bin/python3
"""A small decoder in another language that speaks the protocol of `qmforge conform`: impacket reads the bytes.

    qmforge simulate --out set --format ndr64
    qmforge conform set -- /usr/bin/python3 examples/conform/impacket_decoder.py

Lines in: LABEL FORMAT REVISION HEX. Lines out: LABEL VERDICT. It does not validate, so an input that decodes is
`accepted`; it does not read memory images, which are `skipped`. docs/conformance.md lists its wrong answers.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "tests", "interop", "impacket"))
from structures import REVISIONS  # noqa: E402

HEADER_SIZE = 16


def verdict(encoding, revision, data):
    if encoding not in ("ndr20", "ndr20-body", "ndr64") or data[:2] == b"\x01\x00" and encoding == "ndr20":
        return "skipped"  # memory images, and big-endian inputs, which impacket does not support
    body = data[HEADER_SIZE:] if encoding == "ndr20" else data
    try:
        structure = REVISIONS[revision](isNDR64=encoding == "ndr64")
        structure.fromStringReferents(body, structure.fromString(body))
    except Exception:  # impacket's parser raises exceptions of many types
        return "malformed"
    return "accepted"


for line in sys.stdin:
    label, encoding, revision, *data = line.split()
    print(label, verdict(encoding, int(revision), bytes.fromhex(data[0] if data and data[0] != "-" else "")), flush=True)
