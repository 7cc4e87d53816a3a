"""Everything that a server can do wrong: /fault/NAME, with its numbers in the query."""

import asyncio
import gzip
import random
import zlib
from collections.abc import AsyncIterator, Callable

from website.prose import story
from website.state import World
from website.wire import Ask, Reply, head, http_date

HTML = {"Content-Type": "text/html; charset=utf-8"}
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def page(ask: Ask, number: int = 1) -> bytes:
    """Return a small whole article."""
    told = story(f"fault {ask.path}", number)
    body = "".join(f"<p>{text}</p>" for text in told.paragraphs)
    html = f"<html><head><title>{told.title}</title></head><body><h1>{told.title}</h1>{body}"
    return f"<!DOCTYPE html>{html}</body></html>".encode()


def fault(world: World, ask: Ask) -> Reply | None:
    """Answer for /fault/…, None for an unknown name."""
    name = ask.path.removeprefix("/fault/")
    if name in _STATUSES:
        return Reply(b"<p>error</p>", _STATUSES[name])
    make = _FAULTS.get(name)
    return make(world, ask) if make else None


_STATUSES = {"204": 204, "401": 401, "403": 403, "404": 404, "410": 410, "500": 500, "502": 502,
             "503": 503, "304-unasked": 304, "999": 999}  # fmt: skip


def _limited(world: World, ask: Ask) -> Reply:
    """429 for the first `times` requests (for ever without), with Retry-After `after` or `date`."""
    if ask.times > int(ask.query.get("times", "1000000")):
        return Reply(page(ask))
    after = ask.query.get("after", "")
    if "date" in ask.query:
        import datetime

        now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
        after = http_date(now + datetime.timedelta(seconds=float(ask.query["date"])))
    status = int(ask.query.get("status", "429"))
    return Reply(b"<p>slow down</p>", status, {"Retry-After": after})


def _once(world: World, ask: Ask) -> Reply:
    """An error the first time, the page later."""
    return Reply(b"<p>error</p>", 500) if ask.times == 1 else Reply(page(ask))


def _to(world: World, ask: Ask) -> Reply:
    return Reply(status=int(ask.query.get("status", "302")), headers={"Location": ask.query["at"]})


def _endless(world: World, ask: Ask) -> Reply:
    step = int(ask.query.get("step", "0")) + 1
    return Reply(status=302, headers={"Location": f"/fault/endless?step={step}"})


def _drip(world: World, ask: Ask) -> Reply:
    async def pieces() -> AsyncIterator[bytes]:
        yield head(200, HTML | {"Content-Length": "100000"})
        for _ in range(100):
            yield b"x"
            await asyncio.sleep(float(ask.query.get("every", "0.1")))

    return Reply(raw=pieces())


def _drip_headers(world: World, ask: Ask) -> Reply:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n"
        for number in range(100):
            yield f"X-{number}: 1\r\n".encode()
            await asyncio.sleep(0.1)

    return Reply(raw=pieces())


def _endless_headers(world: World, ask: Ask) -> Reply:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n"
        for number in range(2000):
            yield (f"X-{number}: {'y' * 200}\r\n" * 10).encode()

    return Reply(raw=pieces())


def _silent(world: World, ask: Ask) -> Reply:
    async def pieces() -> AsyncIterator[bytes]:
        await asyncio.sleep(float(ask.query.get("seconds", "1")))
        yield b""

    return Reply(raw=pieces())


def _slow(world: World, ask: Ask) -> Reply:
    """The page, `seconds` later."""

    async def pieces() -> AsyncIterator[bytes]:
        await asyncio.sleep(float(ask.query.get("seconds", "0.3")))
        body = page(ask)
        yield head(200, HTML | {"Content-Length": str(len(body)), "Connection": "close"}) + body

    return Reply(raw=pieces())


def _mutated(world: World, ask: Ask) -> Reply:
    """A whole answer in which bytes are changed, lost, doubled or moved; which ones, by `seed`."""
    dice = random.Random(ask.query["seed"])
    body, extra = page(ask), dict[str, str]()
    kind = dice.choice(("plain", "chunked", "gzip", "br", "zstd"))
    if kind == "chunked":
        halves = (body[:300], body[300:], b"")
        body = b"".join(f"{len(half):x}\r\n".encode() + half + b"\r\n" for half in halves)
        extra = {"Transfer-Encoding": "chunked"}
    elif kind != "plain":
        body = gzip.compress(body) if kind == "gzip" else _packed(kind, body, len(body))
        extra = {"Content-Encoding": kind}
    length = {} if kind == "chunked" else {"Content-Length": str(len(body))}
    data = bytearray(head(200, HTML | {"ETag": '"x"', "Location": "/"} | extra | length) + body)
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(data)) if dice.random() < 0.5 else dice.randrange(200)
        piece = data[at : at + dice.randint(1, 30)]
        action = dice.randrange(4)
        if action == 0:
            data[at : at + 1] = bytes([dice.randrange(256)])
        elif action == 1:
            del data[at : at + len(piece)]
        elif action == 2:
            data[at:at] = piece
        else:
            other = dice.randrange(len(data))
            data[other:other] = piece
    return _bytes(bytes(data))


def _trickle(world: World, ask: Ask) -> Reply:
    """`bytes` of data in ten pieces, with a pause of `every` seconds after each."""

    async def pieces() -> AsyncIterator[bytes]:
        size = int(ask.query["bytes"])
        yield head(200, {"Content-Type": "application/x-data", "Content-Length": str(size)})
        for _ in range(10):
            yield bytes(size // 10)
            await asyncio.sleep(float(ask.query["every"]))

    return Reply(raw=pieces())


def _closed(world: World, ask: Ask) -> Reply:
    return _bytes(b"")


def _nonsense(world: World, ask: Ask) -> Reply:
    return _bytes(b"this is not HTTP\r\n\r\n")


def _cut(world: World, ask: Ask) -> Reply:
    body = page(ask)
    return _bytes(head(200, HTML | {"Content-Length": str(len(body))}) + body[:200])


def _miscounted(world: World, ask: Ask) -> Reply:
    body = page(ask)
    return _bytes(head(200, HTML | {"Content-Length": str(len(body) + 100)}) + body)


def _huge(world: World, ask: Ask) -> Reply:
    """`bytes` of text, with a length unless `unsaid`."""
    size = int(ask.query.get("bytes", "12000000"))

    async def pieces() -> AsyncIterator[bytes]:
        length = {} if "unsaid" in ask.query else {"Content-Length": str(size)}
        yield head(200, HTML | length | {"Connection": "close"})
        for _ in range(0, size, 65536):
            yield b"x" * 65536

    return Reply(raw=pieces())


def _bomb(world: World, ask: Ask) -> Reply:
    """Little that unpacks to `bytes`, in the encoding `as`."""
    size = int(ask.query.get("bytes", "200000000"))
    encoding = ask.query.get("as", "gzip")
    return Reply(_packed(encoding, bytes(1_000_000), size), headers={"Content-Encoding": encoding})


def _packed(encoding: str, piece: bytes, size: int) -> bytes:
    times = max(1, size // len(piece))
    if encoding == "gzip":
        packer = zlib.compressobj(9, wbits=31)
        return b"".join(packer.compress(piece) for _ in range(times)) + packer.flush()
    if encoding == "br":
        import brotli

        made = brotli.Compressor(quality=5)
        return b"".join(bytes(made.process(piece)) for _ in range(times)) + bytes(made.finish())
    import zstandard

    zstd = zstandard.ZstdCompressor(level=3).compressobj()
    return b"".join(zstd.compress(piece) for _ in range(times)) + zstd.flush()


def _as(world: World, ask: Ask) -> Reply:
    """The page, packed in the encoding `as`; `cut`: without its end."""
    encoding = ask.query["as"]
    body = page(ask)
    packed = gzip.compress(body) if encoding == "gzip" else _packed(encoding, body, len(body))
    packed = packed[:-12] if "cut" in ask.query else packed
    return Reply(packed, headers={"Content-Encoding": encoding})


def _typed(world: World, ask: Ask) -> Reply:
    """A body of one kind under the name of another: `is` and `type` (none: no header)."""
    bodies = {"html": page(ask), "pdf": PDF, "png": PNG, "text": b"Dam fails\n\nWater rose fast.",
              "feed": b'<?xml version="1.0"?>\n<rss version="2.0"><channel/></rss>',
              "sitemap": b"<urlset></urlset>", "json": b'{"a": 1}'}  # fmt: skip
    return Reply(bodies[ask.query["is"]], headers={"Content-Type": ask.query.get("type", "")})


def _charset(world: World, ask: Ask) -> Reply:
    """A page in the encoding `is` that its header calls `said` and its meta element `meta`."""
    told = story("charset", 3)
    text = f"{told.paragraphs[0]} Café Zürich Łódź. {told.paragraphs[1]}"
    meta = f'<meta charset="{ask.query["meta"]}">' if "meta" in ask.query else ""
    html = f"<html><head>{meta}<title>Café {told.title}</title></head><body><p>{text}</p></body>"
    said = f"; charset={ask.query['said']}" if "said" in ask.query else ""
    body = (html + "</html>").encode(ask.query["is"], "replace")
    body = body.replace(b"Caf", b"Caf\xff\xfe") if "broken" in ask.query else body
    return Reply(body, headers={"Content-Type": f"text/html{said}"})


def _consent(world: World, ask: Ask) -> Reply:
    """Redirects to where a cookie is set, and back."""
    if "ok=1" in ask.headers.get("cookie", ""):
        return Reply(page(ask))
    set_cookie = {"Location": ask.path, "Set-Cookie": "ok=1; Path=/"} if "set" in ask.query else {}
    return Reply(status=302, headers=set_cookie or {"Location": f"{ask.path}?set"})


def _challenge(world: World, ask: Ask) -> Reply:
    return Reply(b"<p>Checking your browser</p>", 403, {"cf-mitigated": "challenge"})


def _file(world: World, ask: Ask) -> Reply:
    """`bytes` of data, of a kind that is no page."""
    size = int(ask.query.get("bytes", "1000"))
    return Reply(bytes(range(256)) * (size // 256), headers={"Content-Type": "application/x-data"})


def _bytes(data: bytes) -> Reply:
    async def pieces() -> AsyncIterator[bytes]:
        yield data

    return Reply(raw=pieces())


_FAULTS: dict[str, Callable[[World, Ask], Reply]] = {
    "limited": _limited, "500-once": _once, "to": _to, "endless": _endless, "drip": _drip,
    "drip-headers": _drip_headers, "endless-headers": _endless_headers, "silent": _silent,
    "closed": _closed, "nonsense": _nonsense, "cut": _cut, "miscounted": _miscounted,
    "huge": _huge, "bomb": _bomb, "as": _as, "typed": _typed, "charset": _charset,
    "consent": _consent, "challenge": _challenge, "slow": _slow, "trickle": _trickle,
    "mutated": _mutated, "file": _file,
}  # fmt: skip
