"""Stable 64-bit hashes of byte spans, computed over one buffer in numpy.

A span's hash is the polynomial sum of its bytes modulo 2^64, taken from prefix sums, so thousands
of overlapping spans cost one pass over the buffer. A finaliser then spreads it over all 64 bits.
These values are stored: they must never change within one SIGNATURE_VERSION. The hash functions of
Python and of DuckDB change between releases, so neither is used.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

U64 = NDArray[np.uint64]
I64 = NDArray[np.int64]

BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2^64
INVERSE = pow(BASE, -1, 2**64)


@lru_cache(maxsize=1)
def _powers(size: int) -> tuple[U64, U64]:
    """Return BASE^0..size and its inverses, modulo 2^64."""
    bases = np.full(size + 1, BASE, np.uint64)
    inverses = np.full(size + 1, INVERSE, np.uint64)
    bases[0] = inverses[0] = 1
    return np.multiply.accumulate(bases), np.multiply.accumulate(inverses)


def mix(values: U64) -> U64:
    """Spread each value over all 64 bits (the finaliser of SplitMix64, Steele et al. 2014)."""
    z = values + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def hash_spans(data: bytes, starts: I64, ends: I64) -> U64:
    """Hash `data[start:end]` for each pair of bounds; equal bytes give equal hashes anywhere."""
    size = 1 << max(len(data), 1 << 16).bit_length()
    powers, inverses = _powers(size)
    # +1 so that a leading NUL byte counts.
    terms = (np.frombuffer(data, np.uint8).astype(np.uint64) + np.uint64(1)) * powers[: len(data)]
    sums = np.zeros(len(data) + 1, np.uint64)
    np.cumsum(terms, out=sums[1:])
    spans = (sums[ends] - sums[starts]) * inverses[starts]
    return mix(spans ^ mix((ends - starts).astype(np.uint64)))


def hash_text(text: str) -> int:
    """Hash one short text, by the same function as `hash_spans`."""
    value = 0
    data = text.encode("utf-8", "surrogatepass")
    for byte in reversed(data):
        value = (value * BASE + byte + 1) % 2**64
    length = int(mix(np.array([len(data)], np.uint64))[0])
    return int(mix(np.array([value ^ length], np.uint64))[0])
