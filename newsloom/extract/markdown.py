"""Markdown: front matter, headline and plain text."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsloom.extract.dates import parse_date
from newsloom.extract.draft import Draft
from newsloom.extract.texts import clean

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_TOML_FRONT_MATTER = re.compile(r"\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|$)", re.DOTALL)
_ENTRY = re.compile(r"([A-Za-z_]+)\s*[:=]\s*(.*)")
_LIST_ENTRY = re.compile(r"\s*-\s+(.*)")
_TAG = re.compile(r"<[^<>]{1,1000}>")
_BLOCK_ENDS = ("paragraph_close", "heading_close", "table_close")
_LINE_ENDS = ("tr_close", "bullet_list_close", "ordered_list_close")


def from_markdown(text: str) -> Draft:
    """Return the draft of a Markdown text; its first heading is the title if it opens the text."""
    fields, body = _front_matter(clean(text))
    title, plain = _rendered(body)
    first = (fields.get("title") or [""])[0]
    authors = fields.get("authors") or fields.get("author") or []
    draft = Draft(title=first or title, text=plain, authors=authors)
    draft.date(parse_date((fields.get("date") or fields.get("published_at") or [""])[0]), "page")
    return draft


def _front_matter(text: str) -> tuple[dict[str, list[str]], str]:
    """Return the simple entries of the front matter, each as a list, and the text below it."""
    match = _FRONT_MATTER.match(text) or _TOML_FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    fields: dict[str, list[str]] = {}
    current: list[str] = []
    for line in match[1].split("\n"):
        if entry := _ENTRY.match(line):
            current = fields.setdefault(entry[1].lower(), [])
            current.extend(_values(entry[2]))
        elif entry := _LIST_ENTRY.match(line):
            current.extend(_values(entry[1]))
    return fields, text[match.end() :]


def _values(text: str) -> list[str]:
    """Return a plain or quoted value, or the entries of [a, b]."""
    text = text.strip()
    entries = text[1:-1].split(",") if text[:1] == "[" and text[-1:] == "]" else [text]
    return [value for entry in entries if (value := entry.strip().strip("\"'").strip())]


def _rendered(markdown: str) -> tuple[str, str]:
    """Return the heading that opens the text, and the rest without syntax."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    title = ""
    if len(tokens) > 2 and tokens[0].type == "heading_open" and tokens[0].tag in ("h1", "h2"):
        title, tokens = "".join(_inline(tokens[1])), tokens[3:]
    return title, clean("".join(_blocks(tokens)))


def _blocks(tokens: "list[Token]") -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield from _inline(token)
        elif token.type in ("fence", "code_block"):
            yield token.content + "\n"
        elif token.type == "html_block":
            yield _TAG.sub(" ", token.content) + "\n"
        elif token.type in ("th_close", "td_close"):
            yield " "
        elif token.type in _BLOCK_ENDS:
            yield "\n" if token.hidden else "\n\n"  # hidden: inside a tight list
        elif token.type in _LINE_ENDS:
            yield "\n"


def _inline(token: "Token") -> Iterator[str]:
    """Yield the text of a line: of links their words, of images nothing."""
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            yield child.content
        elif child.type in ("softbreak", "hardbreak"):
            yield "\n"
