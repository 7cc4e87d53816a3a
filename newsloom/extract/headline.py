"""The headline of a page, out of the several that it gives.

Pages name an article for readers (h1), for sharing (og:title), for search (linked data) and for
the window (title, with the site's name behind it). Where they differ, the one that most of them
say wins; among equals the one that readers see.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from newsloom.extract.linked import Tree
from newsloom.extract.pagemeta import PageMeta
from newsloom.extract.texts import one_line

MIN_CHARACTERS = 12
MAX_CHARACTERS = 400
MAX_HEADINGS = 20
_SITE_MARK = re.compile(r"(\s[–—·»-]|\s?[|｜]|\s::)\s(?=[^|｜–—·»]*$)")
# Behind one of these stands the site or the section far more often than half a headline.
_CLEAR_MARK = re.compile(r"\s+[|｜»·]\s+|\s+::\s+")
_WORDS = re.compile(r"[^\W_]+")


def headline(tree: Tree, meta: PageMeta) -> str:
    """Return the headline, "" where the page gives none."""
    site = meta.first("og:site_name", "application-name") or meta.linked.publisher
    given = [[_without_site(text, site) for text in texts] for texts in _given(tree, meta)]
    voices = [list(dict.fromkeys(filter(None, texts))) for texts in given]
    every = [text for texts in voices for text in texts]
    candidates = [_without_tail(text, every) for text in every]
    said = [{folded(_without_tail(text, every)) for text in texts} for texts in voices]
    if not candidates:
        return ""
    best = max(candidates, key=lambda text: sum(folded(text) in words for words in said))
    # What most say in these words, in the spelling that most of them have.
    spellings = Counter(text for text in candidates if folded(text) == folded(best))
    return spellings.most_common(1)[0][0]


def headings(tree: Tree) -> list[str]:
    """Return the main headings, as readers see them."""
    found = (one_line(" ".join(h.itertext())) for h in tree.findall(".//h1")[:MAX_HEADINGS])
    return [text for text in found if text]


def folded(line: str) -> str:
    """Return a line for comparison: pages spell quotation marks one way here, another there."""
    return " ".join(_WORDS.findall(unicodedata.normalize("NFKC", line).casefold()))


def _given(tree: Tree, meta: PageMeta) -> Iterator[list[str]]:
    """Yield what each voice says; where voices are equal, an earlier one counts."""
    main = [text for text in headings(tree) if len(text) <= MAX_CHARACTERS]
    yield main if len(main) == 1 else []
    yield meta.linked.headlines[:1]
    yield [one_line(meta.first("og:title", "twitter:title"))]
    window = tree.find(".//title")
    yield [one_line(window.text_content())] if window is not None else []
    yield main if len(main) > 1 else []
    yield [one_line(text) for text in meta.linked.headlines[1:]]


def _without_site(text: str, site: str) -> str:
    """Return a headline without the site's name behind it."""
    text = one_line(text)
    head, mark, tail = [*_SITE_MARK.split(text, maxsplit=1), "", ""][:3]
    name, behind = folded(site), folded(tail)
    same = name and behind and (behind in name or name in behind)
    return head if mark and head and same else text


def _without_tail(text: str, others: Sequence[str]) -> str:
    """Return a headline without what follows a mark, where another voice says it without."""
    for match in _SITE_MARK.finditer(text):
        head = text[: match.start()]
        if len(head) >= MIN_CHARACTERS and any(folded(head) == folded(o) for o in others):
            return head
    first = _CLEAR_MARK.split(text, maxsplit=1)[0]
    said = any(folded(first) == folded(o) for o in others if o != text)
    return first if said and len(first) >= MIN_CHARACTERS else text
