"""Who wrote an article: names out of linked data, `meta` elements and the byline."""

import re
from collections.abc import Iterable, Iterator

from newsloom.extract.headline import folded
from newsloom.extract.linked import Tree
from newsloom.extract.pagemeta import PageMeta
from newsloom.extract.texts import one_line

MAX_NAME_CHARACTERS = 80
MAX_NAME_WORDS = 6
MAX_LINE_CHARACTERS = 200
_NAMES = ("author", "article:author", "dc.creator", "dcterms.creator", "dc.contributor",
          "parsely-author", "sailthru.author", "article.author", "byl", "og:article:author",
          "twitter:data1_author")  # fmt: skip
_NO_NAME = re.compile(
    r"https?:|www\.|@\w|/|\.(?:com|net|org|html?|php)\b|^\W*\d[\d\W]*$|"
    r"^(?:admin|administrator|editor|redaktion|staff|unknown|null|none|author|autor|n/?a)$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:written|reported|posted|story|words|article)\s+)?"
    r"(?:by|von|par|por|di|door|av|af|autor(?:in)?|author|texte?|redaktion|od|pod|tekst|oleh|автор|"
    r"записала?)\b\s*:?\s+",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:;|\||\s+and\s+|\s+und\s+|\s+et\s+|\s+y\s+|\s+&\s+|\n)\s*")
_SHOWN = (
    "//*[@rel='author']",
    "//*[@itemprop='author']//*[@itemprop='name']",
    "//*[@itemprop='author']",
    "//*[self::a or self::span or self::p or self::div or self::address or self::li]"
    "[contains(@class,'author') or contains(@class,'byline') or contains(@data-testid,'byline')"
    " or contains(@class,'Byline') or contains(@class,'autor')]"
    "[string-length(normalize-space(.)) < 200]",
)


def authors(tree: Tree, meta: PageMeta) -> list[str]:
    """Return the authors' names, [] where the page names none for sure."""
    linked = meta.linked.authors
    people = _names(a.name for a in linked if a.is_person)
    site = {folded(name) for name in _site_names(meta)} - {""}
    for given in (people, _cited(meta), _declared(meta)):
        if named := [name for name in given if folded(name) not in site]:
            return named
    shown = [name for name in _shown(tree) if folded(name) not in site]
    organisations = _names((a.name for a in linked if not a.is_person), whole=True)
    return shown or organisations or people


def _site_names(meta: PageMeta) -> list[str]:
    return [meta.first("og:site_name"), meta.first("application-name"), meta.linked.publisher]


def _cited(meta: PageMeta) -> list[str]:
    """Return the authors as journals give them for citation: one element each, surname first."""
    return [_turned(name) for name in _names(meta.all("citation_author"), whole=True)]


def _turned(name: str) -> str:
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and "," not in first else name


def _declared(meta: PageMeta) -> list[str]:
    for name in _NAMES:
        if found := _names(meta.all(name)):
            return found
    return []


def _shown(tree: Tree) -> list[str]:
    """Return the names in the first places of a page that show an author."""
    for path in _SHOWN:
        elements = tree.xpath(path)[:5]
        texts = [text for e in elements if (text := _line(e))]
        if found := _names(texts[:1] if path == _SHOWN[-1] else texts, capitalised=True):
            return found
    return []


def _line(element: Tree) -> str:
    text = one_line(" ".join(element.itertext()))
    return text if len(text) <= MAX_LINE_CHARACTERS else ""


def _names(texts: Iterable[str], *, whole: bool = False, capitalised: bool = False) -> list[str]:
    """Return the names in the texts, each once; `whole` texts are one name each."""
    found = (name for text in texts for name in ([text] if whole else _parts(text)))
    cleaned = (_LEAD.sub("", one_line(name)).strip(" ,.;:|-–—·") for name in found)
    kept = dict.fromkeys(n for n in cleaned if _is_name(n) and not (capitalised and not _like(n)))
    return list(kept)


def _parts(text: str) -> Iterator[str]:
    for part in _BETWEEN.split(text):
        pieces = [piece.strip() for piece in part.split(",")]
        # A comma parts names only where full names stand around it: "AFP, Manila" is one credit.
        yield from pieces if all(2 <= len(p.split()) <= 4 for p in pieces) else [part]


def _is_name(name: str) -> bool:
    """Tell whether a text could be the name of a person, an agency or a desk."""
    if not 2 <= len(name) <= MAX_NAME_CHARACTERS or len(name.split()) > MAX_NAME_WORDS:
        return False
    return not _NO_NAME.search(name) and any(map(str.isalpha, name))


def _like(name: str) -> bool:
    """Tell whether a text on the page looks like a name: no small words, no figures."""
    words = [word for word in name.split() if word.isalpha() or "-" in word or "." in word]
    capital = [word for word in words if not word[0].islower()]
    return bool(capital) and 2 * len(capital) > len(name.split()) and not re.search(r"\d", name)
