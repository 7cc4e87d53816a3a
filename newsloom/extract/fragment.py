"""Pieces of HTML, as feeds carry them: every word in them is meant, there is no page around."""

import re
from typing import Any

BLOCKS = frozenset(
    (
        "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr",
        "table", "section", "article", "pre", "hr", "dt", "dd",
    )
)  # fmt: skip
_DROPPED = ("script", "style", "figcaption", "iframe", "form", "button")
_SPACE = re.compile(r"\s+")


def fragment_lines(html: str) -> list[str]:
    """Return the lines of text in a piece of HTML, one a block, without empty ones."""
    from lxml import etree
    from lxml.html import document_fromstring

    from newsloom.extract.htmltext import tamed

    try:
        tree = document_fromstring(tamed(html))
    except (etree.LxmlError, ValueError):
        return []
    etree.strip_elements(tree, *_DROPPED, etree.Comment, with_tail=False)
    pieces: list[str] = [""]
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        block = element.tag in BLOCKS
        if block:
            pieces.append("")
        pieces[-1] += _text(element, event)
    return [line for piece in pieces if (line := _SPACE.sub(" ", piece).strip())]


def _text(element: Any, event: str) -> str:
    """Return what stands before an element's first child, or after its end."""
    text = element.text if event == "start" else element.tail
    return text if isinstance(text, str) and isinstance(element.tag, str) else ""
