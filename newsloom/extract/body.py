"""The text of the article on a page: trafilatura's reading, set right by what else the page says.

fast      trafilatura's own rules; right for nine pages in ten, and twice as fast as
thorough  the same beside two other extractors: where the first found far too little
linked    the text in the page's linked data: where neither found it
standfirst  the paragraph between headline and text, which is set apart on the page
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from newsloom.extract.furniture import Furniture, without_furniture
from newsloom.extract.headline import folded, headings
from newsloom.extract.labels import is_label
from newsloom.extract.linked import Tree
from newsloom.extract.pagemeta import PageMeta
from newsloom.extract.texts import clean, one_line

LEAST_SHARE = 0.6
"""A reading with less than this share of what is known to be there is not trusted."""
MIN_PARAGRAPH_CHARACTERS = 60
MIN_LINKED_CHARACTERS = 300
MIN_STANDFIRST_CHARACTERS = 40
MAX_STANDFIRST_CHARACTERS = 700
MAX_BETWEEN = 300
MAX_ANCESTORS = 5
MAX_PARAGRAPHS = 20_000
_STANDFIRST_CLASSES = frozenset(
    (
        "standfirst", "lead", "lede", "dek", "deck", "intro", "introduction", "subtitle", "subhead",
        "subheadline", "subheading", "chapo", "chapeau", "entradilla", "bajada", "sommario",
        "ingress", "vorspann", "perex", "strapline", "sumario",
    )
)  # fmt: skip
_PICTURE = re.compile(r"caption|carousel|gallery|slide|figure|lightbox|photo|video", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]?[a-z]+")
_ASIDE = ("aside", "footer", "nav", "header", "figcaption", "form")


def text_of(tree: Tree, meta: PageMeta, titles: list[str], authors: list[str]) -> str:
    """Return the article's text without its headline, "" where there is none."""
    furniture = Furniture(tree)
    text = _read(tree, fast=True)
    if len(text) < LEAST_SHARE * _shown(tree):
        fuller = _read(tree, fast=False)
        text = fuller if len(fuller) > len(text) / LEAST_SHARE else text
    text = without_furniture(text, furniture, titles, authors)
    linked = _linked(meta)
    if len(text) < LEAST_SHARE * len(linked):
        return linked
    standfirst = _standfirst(tree, meta, text, furniture)
    return f"{standfirst}\n{text}" if standfirst else text


def _read(tree: Tree, *, fast: bool) -> str:
    from trafilatura import bare_extraction

    found: Any = bare_extraction(tree, fast=fast, include_comments=False, with_metadata=False)
    return clean(found.text or "") if found is not None else ""


def _shown(tree: Tree) -> int:
    """Return how many characters of paragraphs stand together in one place of the page."""
    sums: dict[Tree, int] = {}
    best = 0
    for paragraph in tree.xpath("//p")[:MAX_PARAGRAPHS]:
        text = "".join(paragraph.itertext()).strip()
        parent = paragraph.getparent()
        if len(text) < MIN_PARAGRAPH_CHARACTERS or parent is None:
            continue
        linked = sum(len("".join(a.itertext())) for a in paragraph.iter("a"))
        if 2 * linked < len(text) and next(paragraph.iterancestors(*_ASIDE), None) is None:
            sums[parent] = sums.get(parent, 0) + len(text)
            best = max(best, sums[parent])
    return best


def _linked(meta: PageMeta) -> str:
    """Return the text in the linked data, "" where it is too short to be the article."""
    text = clean(meta.linked.body)
    return text if len(text) >= MIN_LINKED_CHARACTERS else ""


def _standfirst(tree: Tree, meta: PageMeta, text: str, furniture: Furniture) -> str:
    """Return the paragraph between headline and text, "" where the text lacks none."""
    start = folded(text[:400])
    described = [
        folded(said.rstrip(".… "))
        for said in (meta.linked.text("description"), meta.first("og:description", "description"))
        if len(said) >= MIN_STANDFIRST_CHARACTERS
    ]
    whole = folded(text)
    for line, marked in _between(tree, start):
        words = folded(line)
        told = any(words.startswith(said) or said.startswith(words) for said in described)
        other = furniture.holds(line) or is_label(line)
        if (marked or told) and not other and words not in whole:
            return line
    return ""


def _between(tree: Tree, start: str) -> Iterator[tuple[str, bool]]:
    """Yield the blocks of text after the headline, and whether they are marked as a standfirst."""
    heading = next((h for h in tree.iterfind(".//h1") if headings(tree)), None)
    if heading is None:
        return
    for number, element in enumerate(heading.xpath("following::*")):
        if number > MAX_BETWEEN:
            return
        if element.tag not in (
            "p",
            "h2",
            "h3",
            "h4",
            "div",
            "span",
            "strong",
            "b",
            "li",
            "section",
        ):
            continue
        line = one_line("".join(element.itertext())) if len(element) <= 5 else ""
        if not MIN_STANDFIRST_CHARACTERS <= len(line) <= MAX_STANDFIRST_CHARACTERS:
            continue
        if start and start.startswith(folded(line)[:60]):
            return
        if not _in_picture(element):
            words = _WORD.findall(f"{element.get('class', '')} {element.get('itemprop', '')}")
            yield line, not _STANDFIRST_CLASSES.isdisjoint(map(str.lower, words))


def _in_picture(element: Tree) -> bool:
    """Tell whether an element belongs to a picture, a form or a link."""
    for ancestor in islice(element.iterancestors(), MAX_ANCESTORS):
        if ancestor.tag in ("figure", "aside", "nav", "form", "a"):
            return True
        if _PICTURE.search(ancestor.get("class", "")):
            return True
    return bool(_PICTURE.search(element.get("class", "")))
