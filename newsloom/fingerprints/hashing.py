"""Stable 64-bit hashes of units and of runs of units, computed over one buffer in numpy.

A unit is read eight bytes at a time; each step spreads over all 64 bits. The hash of a run of units
is the polynomial of theirs, so thousands of overlapping runs cost one pass for each unit of width.
These values are stored: they must never change within one SIGNATURE_VERSION. The hash functions of
Python and of DuckDB change between releases, so neither is used.
"""

import numpy as np
from numpy.typing import NDArray

U64 = NDArray[np.uint64]
I64 = NDArray[np.int64]

BASE = np.uint64(0x9E3779B97F4A7C15)
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)
_BLOCK = 8


def mix(values: U64) -> U64:
    """Spread each value over all 64 bits (the finaliser of SplitMix64, Steele et al. 2014)."""
    z = values + BASE
    z ^= z >> np.uint64(30)
    z *= np.uint64(0xBF58476D1CE4E5B9)
    z ^= z >> np.uint64(27)
    z *= np.uint64(0x94D049BB133111EB)
    z ^= z >> np.uint64(31)
    return z


def hash_units(data: bytes, starts: I64, ends: I64) -> U64:
    """Hash `data[start:end]` for each pair of bounds; equal bytes give equal hashes anywhere.

    Eight bytes must follow each start in `data`, whatever they are. A unit holds no NUL byte.
    """
    # Little-endian whatever the machine: the hashes are stored.
    blocks = np.ndarray(len(data) - _BLOCK + 1, "<u8", data, strides=(1,))
    sizes = ends - starts
    values: U64 = mix(blocks[starts] & _MASKS[np.minimum(sizes, _BLOCK)])
    at = np.flatnonzero(sizes > _BLOCK)
    done = _BLOCK
    while len(at):
        block = blocks[starts[at] + done] & _MASKS[np.minimum(sizes[at] - done, _BLOCK)]
        values[at] = mix(values[at] ^ block)
        done += _BLOCK
        at = at[sizes[at] > done]
    return values


def hash_runs(units: U64, width: int) -> U64:
    """Hash each run of `width` consecutive units: shape (units - width + 1,)."""
    count = max(len(units) - width + 1, 0)
    values = units[:count].copy()
    for place in range(1, width):
        values *= BASE
        values += units[place : place + count]
    return mix(values)


def hash_text(text: str) -> int:
    """Hash one short text, by the same function as `hash_units`."""
    data = text.encode("utf-8", "surrogatepass")
    found = hash_units(data + bytes(_BLOCK), np.array([0]), np.array([len(data)]))
    return int(found[0])
