"""Everything that the site can do wrong ends with its own reason, within bounds."""

import gzip
import os
import random
import zlib
from contextlib import suppress

import pytest
from fetch_helpers import ask
from hypothesis import given
from hypothesis import strategies as st
from website import Site

from newsloom.errors import InputError
from newsloom.extract.htmltext import html_string
from newsloom.fetch.unpack import PIECE_BYTES, unpacker

SIZE = {"max_page_bytes": 3_000_000}
TIME = {"total_timeout_seconds": 1.0, "read_timeout_seconds": 0.6}


@pytest.mark.parametrize(
    ("path", "reason", "detail"),
    [
        ("404", "http_gone", "404 Not Found"),
        ("410", "http_gone", "410 Gone"),
        ("401", "http_error", "401"),
        ("999", "http_error", "answered 999."),
        ("challenge", "bot_challenge", "403"),
        ("endless", "redirects", "More than 10"),
        ("drip", "fetch_timeout", "longer than 1 s"),
        ("drip-headers", "fetch_timeout", "longer than 1 s"),
        ("silent?seconds=2", "fetch_timeout", "silent for 0.6 s"),
        ("endless-headers", "fetch_failed", "HTTP"),
        ("closed", "fetch_failed", "broke off"),
        ("nonsense", "fetch_failed", "did not speak HTTP"),
        ("cut", "fetch_failed", "broke off"),
        ("huge", "too_large", "fetch.max_page_bytes"),
        ("huge?unsaid", "too_large", "over 3000000 bytes"),
        ("bomb?bytes=8000000", "too_large", "over 3000000 bytes"),
        ("bomb?as=br&bytes=8000000", "too_large", "over 3000000 bytes"),
        ("bomb?as=zstd&bytes=8000000", "too_large", "over 3000000 bytes"),
        ("as?as=gzip&cut", "fetch_failed", "breaks off"),
        ("as?as=br&cut", "fetch_failed", "breaks off"),
        ("as?as=zstd&cut", "fetch_failed", "breaks off"),
        ("as?as=lz4", "fetch_failed", "'lz4', unasked"),
        ("typed?is=pdf&type=text/html", "not_article_type", "a PDF document"),
        ("typed?is=pdf&type=application/pdf", "not_article_type", "ingest the file"),
        ("typed?is=png&type=application/octet-stream", "not_article_type", "an image"),
        ("typed?is=png&type=image/webp", "not_article_type", "image/webp"),
        ("typed?is=feed&type=text/xml", "not_article_type", "a feed"),
        ("typed?is=feed&type=text/html", "not_article_type", "as a source"),
        ("typed?is=feed&type=application/rss%2Bxml", "not_article_type", "a feed"),
        ("typed?is=sitemap&type=application/xml", "not_article_type", "a sitemap"),
        ("typed?is=json&type=application/json", "not_article_type", "JSON"),
        ("file", "not_article_type", "application/x-data"),
    ],
)
def test_each_fault_has_its_reason(site: Site, path: str, reason: str, detail: str) -> None:
    bounds = SIZE | TIME if reason == "fetch_timeout" else SIZE
    (answer,) = ask(site.url(f"/fault/{path}"), **bounds)
    assert answer.reason == reason, answer.detail
    assert detail in (answer.detail or "")
    assert answer.content is None


@pytest.mark.parametrize(
    "path",
    [
        "as?as=gzip", "as?as=br", "as?as=zstd", "consent", "miscounted", "500-once", "slow",
        "typed?is=html", "typed?is=html&type=text/plain", "typed?is=html&type=nothing/known",
        "typed?is=html&type=application/octet-stream", "typed?is=text&type=text/plain",
        "typed?is=text", "huge?bytes=2900000",
    ],
)  # fmt: skip
def test_what_can_be_made_good_arrives(site: Site, path: str) -> None:
    (answer,) = ask(site.url(f"/fault/{path}"), **SIZE)
    if "nothing/known" in path:
        assert answer.reason == "not_article_type"
        return
    assert (answer.reason, answer.status) == (None, 200), answer.detail
    html = "is=text" not in path
    assert (answer.content_type or "").startswith("text/html" if html else "text/plain")


@pytest.mark.parametrize(
    "path",
    [
        "is=utf-8&said=utf-8", "is=latin-1&said=iso-8859-1", "is=cp1250&said=windows-1250",
        "is=utf-8&said=latin-1&meta=utf-8", "is=cp1250&meta=windows-1250", "is=utf-16",
        "is=utf-8&said=nonsense", "is=utf-8", "is=latin-1",
    ],
)  # fmt: skip
def test_charsets_are_found_whatever_is_said(site: Site, path: str) -> None:
    (answer,) = ask(site.url(f"/fault/charset?{path}"))
    text = html_string(answer.content or b"", answer.content_type or "")
    assert "Café Zürich" in text
    assert "\ufffd" not in text


def test_broken_characters_do_not_lose_the_page(site: Site) -> None:
    (answer,) = ask(site.url("/fault/charset?is=utf-8&said=utf-8&broken"))
    assert answer.reason is None
    assert "Caf" in html_string(answer.content or b"", answer.content_type or "")


@given(st.sampled_from(["gzip", "deflate", "br", "zstd"]), st.binary(max_size=300), st.data())
def test_any_bytes_unpack_in_bounded_pieces_or_are_refused(
    encoding: str, packed: bytes, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(packed)))
    unpack = unpacker(encoding)
    with suppress(InputError):
        for piece in (packed[:cut], packed[cut:]):
            assert all(len(part) <= 64 * PIECE_BYTES for part in unpack.feed(piece))
        unpack.finish()


def test_no_mutated_answer_is_a_crash_or_a_hang(site: Site) -> None:
    count = 3000 if os.environ.get("NEWSLOOM_FULL_TESTS") else 300
    urls = [site.url(f"/fault/mutated?seed={seed}", seed % 3) for seed in range(count)]
    answers = ask(*urls, per_host_concurrency=8, **SIZE, **TIME)
    assert len(answers) == count
    assert {a.reason for a in answers if a.reason == "internal"} == set()
    assert all((a.reason is None) == (a.content is not None) for a in answers)
    assert sum(a.reason is None for a in answers) > count / 10


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip", "deflate"])
@pytest.mark.parametrize("step", [1, 700, 10_000_000])
def test_pieces_of_any_size_unpack_alike(encoding: str, step: int) -> None:
    import brotli
    import zstandard

    dice = random.Random(0)
    words = [dice.randbytes(3).hex().encode() for _ in range(500)]
    plain = b" ".join(dice.choices(words, k=60_000)) + bytes(2_000_000)
    raw = zlib.compressobj(wbits=-15)
    packed = {
        "br": lambda: brotli.compress(plain, quality=5),
        "zstd": lambda: zstandard.ZstdCompressor().compress(plain) * 2,  # two frames
        "gzip": lambda: gzip.compress(plain) * 2,
        "deflate": lambda: raw.compress(plain) + raw.flush(),  # without its header
    }[encoding]()
    unpack = unpacker(encoding)
    parts = [p for at in range(0, len(packed), step) for p in unpack.feed(packed[at : at + step])]
    unpack.finish()
    assert b"".join(parts) == plain * (2 if encoding in ("zstd", "gzip") else 1)
    assert max(map(len, parts)) < 5_000_000
