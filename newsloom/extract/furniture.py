"""What stands around an article on its page and is none of it: teasers, captions, embedded posts.

Two sides of one job. `Furniture(tree)` looks at the structure before the text is taken out: blocks
that are links as a whole, captions, what other people posted. `without_furniture` then drops their
lines from the text, with lines that say by themselves what they are ("Read more: ...", a byline,
the headline again).
"""

from collections.abc import Iterable

from newsloom.extract.headline import folded
from newsloom.extract.labels import is_end, is_label_of, may_lead_away
from newsloom.extract.linked import Tree

LINK_SHARE = 0.75
LIST_LINK_SHARE = 0.5
MAX_TEASER_CHARACTERS = 800
MAX_CAPTION_CHARACTERS = 600
MAX_LABEL_CHARACTERS = 160
MAX_BLOCKS = 20_000
PARAGRAPH_CHARACTERS = 180
TAIL_SHARE = 0.4
LEAST_KEPT = 0.5
"""If dropping lines leaves less than this share of a text, the rules do not fit the page."""

_EMBEDDED = (
    "//blockquote[contains(@class,'twitter-') or contains(@class,'instagram-')"
    " or contains(@class,'tiktok-') or contains(@class,'bluesky-')] | //figcaption[not(.//p[2])]"
)
_CAPTIONS = (
    "//figcaption | //*[contains(@class,'caption') or contains(@class,'Caption')"
    " or contains(@class,'copyright') or contains(@class,'image-credit')"
    " or contains(@class,'photo-credit') or contains(@itemprop,'copyrightHolder')]"
)
_BLOCKS = " | ".join(
    f"//{tag}[.//a] | //a//{tag}" for tag in ("p", "li", "h2", "h3", "h4", "h5", "h6")
)


class Furniture:
    """Lines, folded, that the structure of a page gives away."""

    def __init__(self, tree: Tree) -> None:
        self.lines: set[str] = set()
        for element in tree.xpath(_CAPTIONS)[:MAX_BLOCKS]:
            self._add(element, MAX_CAPTION_CHARACTERS)
        for element in tree.xpath(_BLOCKS)[:MAX_BLOCKS]:
            if _is_teaser(element):
                self._add(element, MAX_TEASER_CHARACTERS)

    def _add(self, element: Tree, limit: int) -> None:
        text = "".join(element.itertext())
        whole = folded(text)
        if len(whole) <= limit:
            self.lines.update(line for part in text.split("\n") if (line := folded(part)))
            self.lines.add(whole)

    def holds(self, line: str) -> bool:
        """Tell whether a line is one of these."""
        return folded(line) in self.lines


def drop_embedded(tree: Tree) -> None:
    """Take programs, and what other people posted, out of a page."""
    for element in tree.xpath(f"{_EMBEDDED} | //script | //style"):
        parent = element.getparent()
        if parent is not None:
            element.tag = "div"
            tail = element.tail
            element.clear()
            element.tail = tail


def _is_teaser(element: Tree) -> bool:
    """Tell whether a block is a link as a whole, inside one or around some."""
    text = _text(element)
    if not text or len(text) > MAX_TEASER_CHARACTERS:
        return False
    if next(element.iterancestors("a"), None) is not None:
        return True
    linked = sum(len(_text(link)) for link in element.iter("a"))
    return linked >= (LIST_LINK_SHARE if element.tag == "li" else LINK_SHARE) * len(text)


def _text(element: Tree) -> str:
    return " ".join("".join(element.itertext()).split())


def without_furniture(
    text: str, furniture: Furniture, titles: Iterable[str], authors: Iterable[str]
) -> str:
    """Return a text without the lines that are none of it."""
    known = {folded(title) for title in titles} | {folded(name) for name in authors}
    lines = _without_tail(text.split("\n"))
    end = _end_of_paragraphs(lines)
    kept = [
        line
        for number, line in enumerate(lines)
        if not _is_furniture(line, furniture, known, last=number >= end)
    ]
    left = "\n".join(kept).strip()
    return left if len(left) >= LEAST_KEPT * len(text) else text


def _end_of_paragraphs(lines: list[str]) -> int:
    """Return the number of the first line after the last paragraph, in the last part of a text."""
    total, passed = sum(map(len, lines)), 0
    end = len(lines)
    for number, line in enumerate(lines):
        late = number > 0 and passed >= (1 - TAIL_SHARE) * total
        if len(line) > PARAGRAPH_CHARACTERS or not late:
            end = number + 1
        passed += len(line)
    return end


def _is_furniture(line: str, furniture: Furniture, known: set[str], *, last: bool) -> bool:
    """Tell whether a line is no part of the text. last: no paragraph comes after it."""
    bare = line.strip()
    if not bare:
        return False
    words = folded(bare)
    if not words or words in known or words in furniture.lines:
        return True
    if len(bare) > MAX_LABEL_CHARACTERS:
        return False
    return is_label_of(bare, known) or (last and may_lead_away(bare))


def _without_tail(lines: list[str]) -> list[str]:
    """Cut what comes after a heading that says that the article is over."""
    total = sum(map(len, lines))
    passed = 0
    for number, line in enumerate(lines):
        late = passed >= (1 - TAIL_SHARE) * total
        if late and is_end(line) and not _goes_on(lines[number + 1 :]):
            return lines[:number]
        passed += len(line)
    return lines


def _goes_on(lines: list[str]) -> bool:
    """Tell whether a whole paragraph is among the lines, as of an article that goes on."""
    return any(len(line) > PARAGRAPH_CHARACTERS for line in lines)
