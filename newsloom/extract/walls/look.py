"""A look at a fetched page: what the rules judge by."""

import re
from dataclasses import dataclass
from functools import cached_property

from newsloom.extract.headline import headings
from newsloom.extract.linked import Tree
from newsloom.extract.pagemeta import PageMeta
from newsloom.extract.texts import one_line, unspaced_characters

UNSPACED_WEIGHT = 3
"""A character of a script without spaces says as much as three Latin letters."""
MAX_SEEN_CHARACTERS = 20_000
_MARKS = re.compile(r"\s[-–—·»:]\s|\s?[|｜]\s?")
_HIDDEN = ("script", "style", "noscript", "template", "head")


@dataclass
class Look:
    """What is known of a fetched page. The tree may be without its scripts by now."""

    html: str
    tree: Tree
    meta: PageMeta
    text: str
    """The article's text as extraction found it, "" where it found none."""
    asked: str
    """The address that was asked for."""
    url: str
    """The address that answered, after redirects."""
    paywalled: bool = False
    """The source is known to have a paywall."""
    least_characters: int = 0

    @cached_property
    def characters(self) -> int:
        """How much text there is, in characters of Latin script."""
        return measure(self.text)

    @cached_property
    def names(self) -> list[str]:
        """What the page calls itself: window title, og:title, main headings."""
        window = self.tree.find(".//title")
        given = [one_line(window.text_content())] if window is not None else []
        given += [one_line(self.meta.first("og:title")), *headings(self.tree)]
        return list(dict.fromkeys(name for name in given if name))

    @cached_property
    def seen(self) -> str:
        """The beginning of all that a reader sees, in one line."""
        return self._words(_HIDDEN)

    @cached_property
    def seen_without_scripts(self) -> str:
        """The same for a reader whose browser runs no programs."""
        return self._words(("script", "style", "template", "head"))

    @cached_property
    def titles(self) -> list[str]:
        """The names, and what stands before and behind their dashes and bars."""
        parts = [part for name in self.names for part in (name, *_MARKS.split(name))]
        return list(dict.fromkeys(part.strip() for part in parts if part.strip()))

    @cached_property
    def seen_above_foot(self) -> str:
        """The beginning of what a reader sees, without the page's foot."""
        return self._words((*_HIDDEN, "footer"))

    @cached_property
    def claims_article(self) -> bool:
        """The page says of itself that it is an article."""
        kind = self.meta.first("og:type").strip().lower()
        return self.meta.linked.is_article or kind.endswith("article")

    def _words(self, hidden: tuple[str, ...]) -> str:
        parts: list[str] = []
        length = 0
        for element in self.tree.iter():
            if not isinstance(element.tag, str):
                continue
            inside = element.tag not in hidden and not any(
                True for _ in element.iterancestors(*hidden)
            )
            for part in (element.text if inside else None, _tail(element, hidden)):
                if part and not part.isspace():
                    parts.append(part)
                    length += len(part)
            if length > MAX_SEEN_CHARACTERS:
                break
        return one_line(" ".join(parts))


def _tail(element: Tree, hidden: tuple[str, ...]) -> str | None:
    """Return the text after an element, where it is to be seen."""
    tail: str | None = element.tail
    if not tail or tail.isspace():
        return None
    return None if any(True for _ in element.iterancestors(*hidden)) else tail


def measure(text: str) -> int:
    """Return how long a text is, in characters of Latin script."""
    return len(text) + (UNSPACED_WEIGHT - 1) * unspaced_characters(text)


def phrases(*patterns: str) -> re.Pattern[str]:
    """Return one pattern that finds any of several phrases, whatever the letters' case."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
