"""The headline of a page, out of the several that it gives.

Pages name an article for sharing (og:title), for search (linked data), for readers (h1) and for
the window (title), some with the site's name behind it. Where they differ they vote; the first
counts most, because it names nothing but the article, and it alone stands on nearly every page.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence

from newsloom.extract.linked import Tree
from newsloom.extract.pagemeta import PageMeta
from newsloom.extract.texts import one_line

MIN_CHARACTERS = 12
MAX_CHARACTERS = 400
MAX_HEADINGS = 20
_WEIGHTS = (3.0, 1.0, 1.0, 1.0, 0.2, 0.2)
_SITE_MARK = re.compile(r"(\s[–—·»-]|\s?[|｜]|\s::)\s(?=[^|｜–—·»]*$)")
_MARKED = re.compile(r"\s*[|｜ㅣ–—·»*•-]|\s+::")
_WORDS = re.compile(r"[^\W_]+")


def headline(tree: Tree, meta: PageMeta) -> str:
    """Return the headline, "" where the page gives none."""
    site = meta.first("og:site_name", "application-name") or meta.linked.publisher
    given = [[_without_site(text, site) for text in texts] for texts in _given(tree, meta)]
    every = [text for texts in given for text in texts if text]
    voices = [[_without_tail(text, every) for text in texts if text] for texts in given]
    votes: defaultdict[str, float] = defaultdict(float)
    for texts, weight in zip(voices, _WEIGHTS, strict=True):
        for words in {folded(text) for text in texts}:
            votes[words] += weight
    candidates = [text for texts in voices for text in texts]
    if not candidates:
        return ""
    return max(candidates, key=lambda text: votes[folded(text)])


def headings(tree: Tree) -> list[str]:
    """Return the main headings, as readers see them."""
    found = (one_line(" ".join(h.itertext())) for h in tree.findall(".//h1")[:MAX_HEADINGS])
    return [text for text in found if text]


def folded(line: str) -> str:
    """Return a line for comparison: pages spell quotation marks one way here, another there."""
    return " ".join(_WORDS.findall(unicodedata.normalize("NFKC", line).casefold()))


def _given(tree: Tree, meta: PageMeta) -> Iterator[list[str]]:
    """Yield what each voice says, in the order of _WEIGHTS; among equals an earlier one counts."""
    main = [text for text in headings(tree) if len(text) <= MAX_CHARACTERS]
    window = tree.find(".//title")
    yield [one_line(meta.first("og:title", "twitter:title"))]
    yield meta.linked.headlines[:1]
    yield main if len(main) == 1 else []
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
    for other in sorted(others, key=len):
        if len(other) >= MIN_CHARACTERS and text.startswith(other) and text != other:
            behind = text[len(other) :]
            if _MARKED.match(behind):
                return other
    return text
