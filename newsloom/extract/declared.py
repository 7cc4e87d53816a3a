"""The address that a page declares for itself, where it may be believed.

Templates declare a section, the home page or another article for every page made from them, and
each page that believes it becomes one article with the next. So a declared address must have
something of the page: its number, the words of its own address, or those of its headline.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

from newsloom.extract.headline import folded
from newsloom.extract.urls import canonical, is_home, is_slug, names_article, same_site

LEAST_SHARED = 0.5
LEAST_WORDS = 2
MIN_NUMBER_CHARACTERS = 5
_TOKEN = re.compile(r"[^\W_]+")
_DAY = re.compile(r"/((?:19|20)\d\d)/?-?(\d{1,2})/?-?(\d{1,2})(?=[/-]|$)")
_PROGRAM = re.compile(r"\.(?:php\d?|aspx?|jsp|cgi|cfm|do|pl)$", re.IGNORECASE)
_SUFFIX = re.compile(r"\.(?:s?html?|php\d?|aspx?|jsp|cgi|cfm|do|pl)$", re.IGNORECASE)
# Parameters that name an article, by their usual names.
_NAMING = re.compile(
    r".*id|p|n|no|nr|num|idx|seq|sn|art|article|story|post|item|news|doc|key|slug|title|code",
    re.IGNORECASE,
)


_LAYOUTS = frozenset(("print", "printable", "drucken", "imprimer", "full", "single", "mobile"))


class _Names(NamedTuple):
    """What an address says of its article."""

    numbers: set[str]
    days: set[str]
    words: set[str]


def best_canonical(
    declared: Sequence[str], base: str | None, titles: Sequence[str] = ()
) -> str | None:
    """Return the address that a page declares for itself, else its own.

    declared: rel=canonical, og:url and the like, most trusted first.
    base: where the page was found; a declared address must be of the same site, neither a home page
    nor a section, and share number, words or parameters with it or words with one of `titles`.
    Without `base`, as for a saved page, any address but a home page passes.
    """
    own = canonical(base)
    for candidate in declared:
        url = canonical(_joined(base, candidate.strip()))
        if url and not is_home(url) and (own is None or _could_be(url, own, titles)):
            return url
    return own


def _joined(base: str | None, address: str) -> str:
    try:
        return urljoin(base, address) if base else address
    except ValueError:  # such as http://[
        return ""


def _could_be(url: str, own: str, titles: Sequence[str]) -> bool:
    """Tell whether a declared address may name the page at `own`."""
    if url == own:
        return True
    if not same_site(url, own) or urlsplit(url).fragment != urlsplit(own).fragment:
        return False
    one, other = urlsplit(url), urlsplit(own)
    if _named_by_query(other):
        return _keeps_query(one, other) or _titled(one.path, titles)
    same = one.path.rstrip("/") == other.path.rstrip("/")
    if same or not names_article(url):
        return same or (not is_slug(other.path) and _titled(one.path, titles))
    return _same_article(one.path, other.path, titles)


def _named_by_query(own: SplitResult) -> bool:
    """Tell whether the article is named by parameters: /news.php?id=5, not /dam-fails-12?page=2."""
    return bool(own.query) and (not is_slug(own.path) or bool(_PROGRAM.search(own.path)))


def _keeps_query(url: SplitResult, own: SplitResult) -> bool:
    """Tell whether an address has all values that name the article in another's parameters."""
    given = parse_qsl(own.query, keep_blank_values=True)
    values = [value for _, value in given]
    needed = [value for name, value in given if _NAMING.fullmatch(name)] or values
    path = _tokens(url.path)
    kept = {value.casefold() for _, value in parse_qsl(url.query, keep_blank_values=True)}
    return all(
        value.casefold() in kept or (bool(told := _tokens(value)) and set(told) <= set(path))
        for value in needed
    )


def _same_article(url: str, own: str, titles: Sequence[str]) -> bool:
    """Tell whether two different paths of a site may name one article."""
    if own.startswith(start := url.rstrip("/") + "/"):  # a section above it, or its own layout
        return own.removeprefix(start).strip("/").lower() in _LAYOUTS
    if not is_slug(own):
        return True
    one, other = _names(url), _names(own)
    for mine, theirs in ((one.days, other.days), (one.numbers, other.numbers)):
        if mine and theirs and mine.isdisjoint(theirs):
            return not other.words and _titled(url, titles)
    shared_number = not one.numbers.isdisjoint(other.numbers)
    return shared_number or _alike(one.words, other.words) or _titled(url, titles)


def _names(path: str) -> _Names:
    last = _SUFFIX.sub("", path.rstrip("/").rpartition("/")[2])
    days = {f"{y}{int(m):02}{int(d):02}" for y, m, d in _DAY.findall(path)}
    ends = _tokens(last)
    long = [token for token in _tokens(path) if len(token) >= MIN_NUMBER_CHARACTERS]
    numbers = {token for token in [*ends, *long] if any(map(str.isdigit, token))}
    return _Names(numbers, days, {token for token in ends if token.isalpha() and len(token) > 2})


def _titled(path: str, titles: Sequence[str]) -> bool:
    """Tell whether a path is made of the words of one of the page's titles."""
    words = _names(path).words
    return any(_alike(words, set(_tokens(folded(title)))) for title in titles)


def _alike(one: set[str], other: set[str]) -> bool:
    """Tell whether two sets of words share two of them, and half of the smaller one."""
    shared = len(one & other)
    least = min(len(one), len(other))
    return shared >= LEAST_SHARED * least and shared >= min(LEAST_WORDS, max(least, 1))


def _tokens(text: str) -> list[str]:
    """Return the words and figures of a part of an address, without accents' doubt."""
    return _TOKEN.findall(unquote(text).casefold())
