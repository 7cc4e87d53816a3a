"""From an address that a person gives to a source: what is there, and what it would bring."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from newsloom.discover.addresses import checked, looks_like_url
from newsloom.errors import InputError, UsageError
from newsloom.extract.urls import host_source
from newsloom.fetch import Answer, Hosts, Request, get
from newsloom.listings import Entry, find_listings, read_listing
from newsloom.settings import Settings
from newsloom.sources.reading import Reading, both_ends, read
from newsloom.sources.source import Source
from newsloom.vocabulary import SourceKind

USUAL_PLACES = ("/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json")
"""Where feeds lie that no page names; the first that is one counts."""
SITEMAP_PLACES = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/sitemap.xml")


@dataclass(frozen=True, slots=True)
class Offer:
    """Something at an address that can be polled."""

    address: str
    kind: SourceKind
    title: str
    entries: Sequence[Entry]


def find(url: str, settings: Settings, hosts: Hosts) -> list[Offer]:
    """Return what can be polled at an address, the best first.

    That is the address itself where it is a feed or sitemap; else the feeds that its page names;
    else feeds and sitemaps in the usual places; else the page itself, for its links. Raises
    UsageError where the address gives nothing.
    """
    address = _complete(url)
    (answer,) = get([Request(address, listing=True)], settings, hosts)
    if answer.reason is not None or answer.content is None:
        raise UsageError(
            f"{address} could not be read: {answer.detail or answer.reason}",
            "Check the address; newsloom sources add takes a site, a feed or a sitemap.",
        )
    offer = _listing(answer, settings)
    if offer is not None:
        return [offer]
    named = find_listings(answer.content, answer.content_type, answer.final_url or address)
    offers = _usable([c.address for c in named], settings, hosts)
    if not offers:
        base = answer.final_url or address
        offers = _first_usable([urljoin(base, p) for p in USUAL_PLACES], settings, hosts)
        offers += _first_usable([urljoin(base, p) for p in SITEMAP_PLACES], settings, hosts)
    return offers or [_site(answer, settings)]


def look(source: Source, settings: Settings, hosts: Hosts) -> Reading:
    """Return what the list of a source holds now; a failure to fetch is said in it."""
    (answer,) = get([Request(source.address, listing=True)], settings, hosts)
    if answer.reason is not None or answer.content is None:
        return Reading(reason=str(answer.reason or ""), detail=answer.detail)
    url = answer.final_url or answer.url
    reading = read(source.kind, answer.content, answer.content_type, url, settings.ingest)
    if not reading.more or source.kind != SourceKind.SITEMAP:
        return reading
    further = [
        entry
        for offer in _usable(both_ends(reading.more, settings.poll.max_lists), settings, hosts)
        for entry in offer.entries
    ]
    return dataclasses.replace(reading, entries=(*reading.entries, *further))


def _complete(url: str) -> str:
    """Return a fetchable address; example.org alone means its secure page."""
    given = url.strip() if looks_like_url(url.strip()) else f"https://{url.strip()}"
    try:
        return checked(given)
    except InputError as error:
        raise UsageError(f"{url!r} is no web address: {error.detail}") from error


def _listing(answer: Answer, settings: Settings) -> Offer | None:
    """Return the list in an answer, None where it holds none."""
    url = answer.final_url or answer.url
    try:
        listing = read_listing(answer.content or b"", answer.content_type, url, settings.ingest)
    except InputError:
        return None
    if not listing.entries and not listing.more:
        return None
    return Offer(url, listing.kind, listing.title or host_source(url) or url, listing.entries)


def _usable(addresses: list[str], settings: Settings, hosts: Hosts) -> list[Offer]:
    """Return the lists among the addresses, in their order."""
    answers = get([Request(url, listing=True) for url in addresses], settings, hosts)
    good = [a for a in answers if a.reason is None and a.content is not None]
    return [offer for answer in good if (offer := _listing(answer, settings))]


def _first_usable(addresses: list[str], settings: Settings, hosts: Hosts) -> list[Offer]:
    """Ask one address after the other, and stop at the first list."""
    for address in addresses:
        if offers := _usable([address], settings, hosts):
            return offers
    return []


def _site(answer: Answer, settings: Settings) -> Offer:
    url = answer.final_url or answer.url
    reading = read(
        SourceKind.SITE, answer.content or b"", answer.content_type, url, settings.ingest
    )
    if not reading.entries:
        raise UsageError(
            f"{url} is no feed or sitemap, names none, and has no links to articles.",
            "Give the address of its feed, sitemap or front page.",
        )
    return Offer(url, SourceKind.SITE, host_source(url) or url, reading.entries)
