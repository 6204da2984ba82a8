"""One canonical hash of plain values: equal values have equal digests, on any machine.

Values are encoded as MessagePack with sorted mappings and hashed with BLAKE2b to 128 bits.
Records (structs, dataclasses), tuples, mappings with text as keys, text, bytes, numbers of 64 bits,
booleans and None can be hashed; objects, functions and other keys are refused with a
TypeError. Sets and dates pass, but as lists and as text, and times as the instant they
name, although equal instants may print differently: so what is keyed holds none of these,
and a test reads the types of all views for it.
"""

from __future__ import annotations

from hashlib import blake2b

import msgspec

_BYTES = 16
_encode = msgspec.msgpack.Encoder(order="deterministic").encode


def digest(value: object) -> str:
    """The digest of a plain value, 32 hexadecimal characters.

    Kinds of record are told apart by their fields only: give the kind's name as part of
    the value where two kinds could be alike.
    """
    return blake2b(_encode(value), digest_size=_BYTES).hexdigest()


def digest_bytes(data: bytes) -> str:
    """The digest of a file's bytes, 32 hexadecimal characters."""
    return blake2b(data, digest_size=_BYTES).hexdigest()
