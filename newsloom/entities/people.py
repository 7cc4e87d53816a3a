"""Which names in one article are the same person: a surname is the person introduced by it.

Where two people of the article share a surname, the bare surname stays a name of its own: a
guess would credit one of them with what the other did.
"""

from collections.abc import Callable, Iterable

from newsloom.entities.names import fold, word_set

_SUFFIXES = word_set("jr sr ii iii iv")

_MOST_NAMESAKES = 100
"""More names that start or end alike are a list of members, where none abbreviates another."""

Words = tuple[str, ...]


def words_of(surface: str) -> Words:
    """Return the folded words of a person's name, without Jr. and the like."""
    words = tuple(fold(surface).split())
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words = words[:-1]
    return words


class People:
    """The people of one article, made from every surface that was tagged as a person."""

    def __init__(self, surfaces: Iterable[str]) -> None:
        names = sorted({words_of(surface) for surface in surfaces} - {()}, key=_detail)
        full = [name for name in names if len(name) > 1]
        self._person = _persons(full)
        self._members: dict[Words, list[Words]] = {}
        for name, fullest in self._person.items():
            self._members.setdefault(fullest, []).append(name)
        self._by_start = _index(self._members, lambda name, count: name[:count])
        self._by_end = _index(self._members, lambda name, count: name[-count:])
        self._words = {word for name in full for word in name}

    def resolve(self, surface: str) -> Words:
        """Return the folded words of the person's canonical name."""
        words = words_of(surface)
        person = self._person.get(words) or self._by_part(words)
        return self._canonical(person) if person else words

    def has_surname(self, surface: str) -> bool:
        """Tell whether exactly one person with a full name bears the surname `surface`."""
        return len(self._by_end.get(words_of(surface), ())) == 1

    def has_part(self, surface: str) -> bool:
        """Tell whether `surface` is one word of anybody's full name."""
        return fold(surface) in self._words

    def _by_part(self, words: Words) -> Words | None:
        candidates = self._by_end.get(words) or self._by_start.get(words) or ()
        return candidates[0] if len(candidates) == 1 else None

    def _canonical(self, person: Words) -> Words:
        """Return the longest name without initials that the article uses, else the longest."""
        return max(self._members[person], key=_detail)


def _detail(name: Words) -> tuple[int, int, Words]:
    initials = sum(len(word) == 1 for word in name)
    return (len(name) - initials, -initials, name)


def _index(names: Iterable[Words], part: Callable[[Words, int], Words]) -> dict[Words, list[Words]]:
    """Return the names by each part that is shorter than the name."""
    index: dict[Words, list[Words]] = {}
    for name in names:
        for count in range(1, len(name)):
            index.setdefault(part(name, count), []).append(name)
    return index


def _persons(full: list[Words]) -> dict[Words, Words]:
    """Return for each name the one longer name that it abbreviates, if just one is the longest."""
    by_end: dict[str, list[Words]] = {}
    for name in full:
        for end in {name[0], name[-1]}:
            by_end.setdefault(end, []).append(name)
    return {name: _fullest(name, by_end[name[0]] + by_end[name[-1]]) for name in full}


def _fullest(name: Words, similar: list[Words]) -> Words:
    if len(similar) > _MOST_NAMESAKES:
        return name
    longer = {other for other in similar if _abbreviates(name, other)}
    tops = [other for other in longer if not any(_abbreviates(other, more) for more in longer)]
    return tops[0] if len(tops) == 1 else name


def _abbreviates(short: Words, long: Words) -> bool:
    """Tell whether `short` is `long` with words left out at an end or in the middle.

    "George Bush" abbreviates "George W Bush", which is no abbreviation of "George H W Bush".
    """
    if len(short) >= len(long):
        return _initialled(short, long)
    at_an_end = long[: len(short)] == short or long[-len(short) :] == short
    middle_left_out = len(short) == 2 and (short[0], short[-1]) == (long[0], long[-1])
    return at_an_end or middle_left_out


def _initialled(short: Words, long: Words) -> bool:
    """Tell whether the two differ only in that `short` has the first name as an initial."""
    return (
        len(short) == len(long)
        and short != long
        and short[1:] == long[1:]
        and len(short[0]) == 1
        and long[0].startswith(short[0])
        and len(long[0]) > 1
    )
