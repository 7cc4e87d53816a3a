"""What listings are made of: entries, and the addresses of further lists."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from newsloom.discover.addresses import checked, without_secrets
from newsloom.errors import InputError
from newsloom.ids import digest
from newsloom.plain import one_line
from newsloom.vocabulary import SourceKind


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as a listing presents it; dates are as written there.

    `summary` and `html` are HTML. `link_only`: a link on a page; its title is that of the
    link, no headline, so it is shown but not given to the article.
    """

    url: str | None = None
    id: str | None = None
    title: str = ""
    published_at: str | None = None
    updated_at: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    summary: str | None = None
    html: str | None = None
    link_only: bool = False

    def fields(self) -> dict[str, Any]:
        """Return the fields of a row: of a page to fetch, or of an article that is all here.

        Where a page is to be fetched, the feed's own text waits as `feed_html`.
        """
        text = {"feed_html": self.html} if self.url else {"html": self.html or self.summary}
        found = {
            "url": self.url,
            "id": self.id,
            "title": None if self.link_only else self.title,
            "published_at": self.published_at,
            "updated_at": self.updated_at,
            "authors": list(self.authors),
            "language": self.language,
            "summary": self.summary,
            **text,
        }
        return {name: value for name, value in found.items() if value}

    @property
    def listing_hash(self) -> str | None:
        """Identify what the listing says about the article; None where it only links to it.

        White space does not count, and neither do addresses inside the text: many carry a counter.
        """
        from newsloom.listings.words import words

        if self.link_only:
            return None
        said = (self.title, self.published_at, self.updated_at, self.summary, self.html)
        if not any(said):
            return None
        return digest("l", *(words(part or "") for part in said))


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of articles that was read.

    more: addresses of further lists, as a sitemap index has them, those changed last first.
    passed_over: entries with neither an address nor a text; left_out: entries beyond the limit.
    broken: what is wrong with the list itself, where the readable part of it was taken.
    """

    kind: SourceKind
    title: str = ""
    language: str | None = None
    entries: list[Entry] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    passed_over: int = 0
    left_out: int = 0
    broken: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A listing that a start page names."""

    address: str
    kind: SourceKind
    title: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of an OPML file; tags are the folders that it stands in.

    refused: why its address cannot be used; the address is without secrets then.
    """

    name: str
    address: str
    tags: tuple[str, ...] = ()
    refused: str | None = None


def address_of(link: str | None, base: str | None) -> str | None:
    """Return a link as a complete http(s) address without secrets, None where it is none."""
    if not link or not link.strip():
        return None
    try:
        joined = urljoin(base or "", one_line(link).replace(" ", "%20"))
        return checked(without_secrets(joined))
    except (InputError, ValueError):
        return None


def distinct(entries: Iterable[Entry], limit: int) -> tuple[list[Entry], int, int]:
    """Return usable entries, each once and at most `limit`.

    Also returned: how many have neither address nor text, and how many are beyond the limit.
    """
    seen: set[str] = set()
    kept: list[Entry] = []
    passed_over = left_out = 0
    for entry in entries:
        text = entry.html or entry.summary
        key = entry.url or entry.id or text
        if key is None or not (entry.url or text):
            passed_over += 1
        elif key not in seen and len(kept) >= limit:
            left_out += 1
        elif key not in seen:
            seen.add(key)
            kept.append(entry)
    return kept, passed_over, left_out
