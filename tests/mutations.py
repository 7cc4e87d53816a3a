"""A seeded mutator: what feeds, archives and documents look like after bad luck or bad will."""

import random
from collections.abc import Callable, Iterator

TOKENS = (
    b"<![CDATA[", b"]]>", b"<!ENTITY x SYSTEM 'file:///etc/passwd'>", b"&x;", b"&#0;",
    b"&#xffffff;", b"<item>", b"</item>", b"<entry", b"<url>", b"<loc>", b"<!--",
    b"<?xml version='1.0' encoding='utf-7'?>", b"\xff\xfe", b"\xed\xa0\x80", b"\0", b"\x1f\x8b\x08",
    b"PK\x03\x04", b"PK\x05\x06", b"WARC/1.0\r\n",
    b"Content-Length: 99999999999999999999\r\n", b"\r\n\r\n",
    b"Content-Encoding: br\r\n", b"Transfer-Encoding: chunked\r\n", b"--", b"=?utf-8?b?",
    b"Content-Type: multipart/mixed; boundary=\"\"\r\n", b"stream\r\n", b"endobj", b"%PDF-",
    b"<<" * 50, b"[" * 200, b"{" * 200, b'"url":', b"javascript:", b"http://[", b"-1", b"1e999",
    b"<a>" * 300,
)  # fmt: skip


def mutated(content: bytes, seed: int) -> bytes:
    """Return `content` after one to six accidents."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 6)):
        content = chance.choice(_ACCIDENTS)(bytearray(content or b"\0"), chance)
    return content[:2_000_000]


def many(content: bytes, number: int, first: int = 0) -> Iterator[bytes]:
    """Yield so many mutations of `content`."""
    return (mutated(content, seed) for seed in range(first, first + number))


def _span(data: bytearray, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    length = chance.choice((1, 4, 16, 64, 256, len(data) // 4 + 1))
    return start, min(len(data), start + chance.randint(0, length))


def _flip(data: bytearray, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 2, 8, 40))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def _drop(data: bytearray, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    del data[start:end]
    return bytes(data)


def _cut(data: bytearray, chance: random.Random) -> bytes:
    return bytes(data[: chance.randrange(len(data) + 1)])


def _repeat(data: bytearray, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return bytes(data[:end] + data[start:end] * chance.choice((1, 3, 50)) + data[end:])


def _insert(data: bytearray, chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    return bytes(data[:place] + chance.choice(TOKENS) + data[place:])


def _noise(data: bytearray, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    data[start:end] = chance.randbytes(end - start)
    return bytes(data)


def _move(data: bytearray, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    piece = data[start:end]
    del data[start:end]
    place = chance.randrange(len(data) + 1)
    return bytes(data[:place] + piece + data[place:])


def _number(data: bytearray, chance: random.Random) -> bytes:
    digits = [place for place, byte in enumerate(data) if 48 <= byte <= 57]
    if digits:
        place = chance.choice(digits)
        data[place : place + 1] = chance.choice((b"0", b"9", b"-1", b"4294967295", b"99999999999"))
    return bytes(data)


_ACCIDENTS: tuple[Callable[[bytearray, random.Random], bytes], ...] = (
    _flip, _drop, _cut, _repeat, _insert, _insert, _noise, _move, _number,
)  # fmt: skip
