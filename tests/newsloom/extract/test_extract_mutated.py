"""Pages broken at random: each still becomes one row, with a text or a reason, and soon."""

import os
import random

import pytest
from extract_helpers import page

from newsloom.vocabulary import Reason

COUNT = 1_000 if os.environ.get("NEWSLOOM_FULL_TESTS") else 100
URL = "https://news.example.org/2023/08/22/dam"
PAGE = b"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Dam fails | Example</title>
<meta property="og:title" content="Dam fails"><meta property="og:type" content="article">
<meta property="article:published_time" content="2023-08-22T10:00:00+02:00">
<link rel="canonical" href="https://news.example.org/2023/08/22/dam?utm_source=x">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type":
"NewsArticle", "@id": "#a", "headline": "Dam fails",
"author": [{"@type": "Person", "name": "Ann Lee"}],
"datePublished": "2023-08-22T08:00:00Z", "isAccessibleForFree": true, "wordCount": 90}]}</script>
</head><body><nav><a href="/">Home</a></nav><article><h1>Dam fails</h1>
<p class="standfirst">After three days of rain, a dam above the town has failed, officials said.</p>
<p>The dam above the town gave way on Monday, and water filled the streets within an hour.</p>
<figure><img src="/dam.jpg"><figcaption>The dam on Tuesday. Photo: Bo Ek</figcaption></figure>
<p>Four hundred people left; the school &amp; the church serve as shelters.</p>
<blockquote class="twitter-tweet">So sad</blockquote>
<ul><li><a href="/b">Mayor resigns</a></li></ul>
</article><script>window.data = {"body": "<p>one</p><p>two</p>", "x": "\\u003cp>three"};</script>
<aside>Subscribe to continue reading. We use cookies.</aside></body></html>"""
PIECES = [
    b"<", b">", b'"', b"'", b"\0", b"\xff\xfe", b"<!--", b"-->", b"</", b"<script>", b"</script>",
    b"<p>", b"</p>", b"<div " + b"a=1 " * 500 + b">", b"&#x110000;", b"\\u003c", b"]]>", b"{" * 200,
    b"[" * 200, b"\xe2\x80", b"<h1>", b"<table>", b"<svg>", b"<template>", "\u202e\u2028".encode(),
    b"9" * 400, b"2023-99-99", b"<meta charset=utf-7>", b"<base href='//['>", b"<title>" * 50,
]  # fmt: skip


def mutated(draw: random.Random) -> bytes:
    """Cut, doubled, swapped and littered, in one to eight places."""
    content = bytearray(PAGE)
    for _ in range(draw.randint(1, 8)):
        at = draw.randrange(len(content) + 1)
        length = draw.choice((1, 3, 20, 200))
        kind = draw.randrange(4)
        if kind == 0:
            del content[at : at + length]
        elif kind == 1:
            content[at:at] = content[at : at + length] * draw.choice((1, 2, 50))
        elif kind == 2:
            content[at:at] = draw.choice(PIECES) * draw.choice((1, 1, 30))
        else:
            content[at : at + length] = draw.randbytes(min(length, len(content) - at))
    return bytes(content)


@pytest.mark.timeout(300)
def test_mutated_pages_neither_crash_nor_get_lost() -> None:
    draw = random.Random(20230822)
    read = 0
    for number in range(COUNT):
        document = page(mutated(draw), URL)
        assert document["reason"] != Reason.INTERNAL, (number, document["detail"])
        assert document["reason"] is None or document["reason"] in set(Reason)
        read += document["reason"] is None
    assert read > 0.5 * COUNT
