"""Acronyms that an article explains: "the World Health Organization (WHO)"."""

import re
from dataclasses import dataclass

from newsloom.entities.dictionary import FUNCTION_WORDS
from newsloom.entities.names import fold, word_set

SHORTEST_UNIQUE_LETTERS = 4
"""From this length on, one acronym in the news rarely means two things."""

_IN_BRACKETS = re.compile(r"\(\s*[\"“]?(?:the\s+)?([A-Z][A-Za-z&.\-]{1,11})[\"”]?\s*[),;]")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_ENDS_NAME = re.compile(r"[.!?;:()\n\"“”]")
_SMALL_WORDS = word_set("of the and for in on to de la du des del e y et und von at al el")
_MOST_EXTRA_WORDS = 5
_LONGEST_CHARACTERS = 160


@dataclass(frozen=True, slots=True)
class Definition:
    """An acronym and the words it stands for, which are text[start:end]."""

    acronym: str
    long_form: str
    start: int
    end: int

    @property
    def is_unique(self) -> bool:
        """Tell whether the acronym alone identifies what it stands for, in any article."""
        return sum(map(str.isalpha, self.acronym)) >= SHORTEST_UNIQUE_LETTERS

    def is_in(self, text: str) -> bool:
        """Tell whether `text` is where the definition stands."""
        return text[self.start : self.end] == self.long_form


def definitions(text: str) -> dict[str, Definition]:
    """Return the first definition of each acronym in `text`, by acronym."""
    found: dict[str, Definition] = {}
    for match in _IN_BRACKETS.finditer(text):
        acronym = match[1].strip(".-&")
        if acronym not in found and _is_acronym(acronym):
            definition = _before(text, match.start(), acronym)
            if definition:
                found[acronym] = definition
    return found


def _is_acronym(word: str) -> bool:
    """Tell whether the word can be one: "(IN)" is as likely a word, "(A.J.P.)" are initials."""
    if "." in word or (len(word) <= 2 and word.casefold() in FUNCTION_WORDS):
        return False
    capitals = sum(map(str.isupper, word))
    return capitals >= 2 and capitals * 2 >= sum(map(str.isalpha, word))


def _before(text: str, bracket: int, acronym: str) -> Definition | None:
    """Find the long form that ends at the bracket: the shortest one that spells the acronym."""
    start = max(0, bracket - _LONGEST_CHARACTERS)
    if barrier := [match.end() for match in _ENDS_NAME.finditer(text, start, bracket)]:
        start = barrier[-1]
    words = list(_WORD.finditer(text, start, bracket))
    letters = [char for char in acronym.casefold() if char.isalpha()]
    for first in range(len(words) - 1, -1, -1):
        if len(words) - first > len(letters) + _MOST_EXTRA_WORDS:
            return None
        if _spells([word[0] for word in words[first:]], letters):
            begin, end = words[first].start(), words[-1].end()
            return Definition(acronym, text[begin:end], begin, end)
    return None


def _spells(words: list[str], letters: list[str]) -> bool:
    """Tell whether the words are a capitalised name whose initials, in order, give the letters.

    The first letter begins the first word; a word may give further letters from its inside.
    """
    meaty = [word for word in words if word.casefold() not in _SMALL_WORDS]
    if len(meaty) < 2 or words[0] not in meaty or not all(word[0].isupper() for word in meaty):
        return False
    slack = 1 if len(letters) >= SHORTEST_UNIQUE_LETTERS else 0
    folded = " ".join(map(fold, words)).split()
    return folded[0][:1] == letters[0] and _fits(folded, letters, slack)


def _fits(words: list[str], letters: list[str], slack: int) -> bool:
    """Match every letter in order: at the start of a word, or further on in the word just used.

    Meaningful words must not stay without a letter, or "Bank of England in Paris (BP)" would do;
    but `slack` of them may: reporters who recall a long form get one word of it wrong.
    """
    if not words:
        return not letters
    word, rest = words[0], words[1:]
    if word in _SMALL_WORDS and _fits(rest, letters, slack):
        return True
    if any(_fits(rest, letters[used:], slack) for used in _uses(word, letters)):
        return True
    wrong = slack > 0 and letters and letters[0] in word
    return bool(wrong) and _fits(rest, letters[1:], slack - 1)


def _uses(word: str, letters: list[str]) -> list[int]:
    """Return how many of the next letters `word` can give, if its initial is the first."""
    if not letters or word[:1] != letters[0]:
        return []
    place, uses = 0, [1]
    for used, letter in enumerate(letters[1:], start=2):
        place = word.find(letter, place + 1)
        if place < 0:
            break
        uses.append(used)
    return uses
