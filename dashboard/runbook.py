"""What to do about a check: its section of docs/runbook.md as HTML."""

import re
from functools import lru_cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from warehouse.health import CHECK
from warehouse.health.check import RUNBOOK

FILE = Path(__file__).parents[1] / RUNBOOK
"""In a source tree; an installed package does not have it."""


def section(name: str, file: Path = FILE) -> Markup | None:
    """Return the text under the heading `## name`, None where there is none."""
    try:
        # Read anew when it was changed, which people do while something is on fire.
        return _sections(file, file.stat().st_mtime_ns).get(name)
    except (OSError, UnicodeDecodeError):
        return None


@lru_cache(maxsize=1)
def _sections(file: Path, _changed: int) -> dict[str, Markup]:
    parts = re.split(r"(?m)^## +`?(\w+)`?.*$", file.read_text("utf-8"))
    return {name: rendered(text) for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def rendered(text: str) -> Markup:
    """Return Markdown as HTML; HTML in it stays text, and links lead to the web or to checks."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    for token in tokens:
        token.children = _linked(token.children) if token.children else token.children
    return Markup(markdown.renderer.render(tokens, markdown.options, {}))  # noqa: S704 - no HTML in


def _linked(tokens: list[Token]) -> list[Token]:
    """Return tokens without links that would lead nowhere from this page, and without images."""
    kept, open_links = [], []
    for token in tokens:
        if token.type == "link_open":
            address = _address(str(token.attrGet("href") or ""))
            open_links.append(bool(address))
            token.attrs = {"href": address}
        if token.type in ("link_open", "link_close"):
            stays = open_links[-1] if token.type == "link_open" else open_links.pop()
            if not stays:
                continue
        if token.type != "image":
            kept.append(token)
    return kept


def _address(given: str) -> str:
    if given.startswith(("https://", "http://")):
        return given
    name = given.removeprefix("runbook.md").removeprefix("#")
    return f"/checks/{name}" if name in CHECK else ""
