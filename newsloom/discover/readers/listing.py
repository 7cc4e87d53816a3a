"""Feeds and sitemaps that were saved as files: what they list becomes pages to fetch."""

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsloom.discover.found import Found
from newsloom.discover.origin import Origin
from newsloom.discover.streams import read_at_most
from newsloom.errors import InputError
from newsloom.vocabulary import Kind, Reason

if TYPE_CHECKING:
    from newsloom.listings import Listing


def read_listing_file(origin: Origin) -> Iterator[Found]:
    """Yield the entries of a feed or a sitemap, and a reject for each kind of thing left out."""
    from newsloom.listings.sitemap import MAX_BYTES

    content = read_at_most(origin.stream, MAX_BYTES)
    if not content:
        raise InputError(Reason.EMPTY, "The file is empty.")
    yield from listing_items(origin, content)


def listing_items(origin: Origin, content: bytes) -> Iterator[Found]:
    """Yield the entries of a listing, given as its bytes."""
    from newsloom.listings import entry_item, read_listing

    listing = read_listing(content, None, origin.base, origin.limits)
    if not (listing.entries or listing.more or listing.passed_over):
        raise InputError(Reason.NOTHING_USABLE, "The list is in order, but has no entries.")
    for number, entry in enumerate(listing.entries, 1):
        found = entry_item(entry, source=origin.stem, via=origin.uri, limits=origin.limits)
        yield dataclasses.replace(found, locator=f"{origin.locator}#{number}")
    for reason, detail in _left_out(listing):
        yield origin.reject(Kind.INPUT, InputError(reason, detail))


def _left_out(listing: "Listing") -> Iterator[tuple[Reason, str]]:
    """Say what of a listing did not become items."""
    if listing.more:
        yield (
            Reason.NOTHING_USABLE,
            (
                f"It names {len(listing.more)} further sitemaps, which are not fetched here; "
                f"`newsloom sources add` takes its address. The first: {listing.more[0]}"
            ),
        )
    if listing.passed_over:
        yield Reason.NO_TEXT, f"Entries with neither an address nor a text: {listing.passed_over}."
    if listing.left_out:
        yield Reason.TOO_LARGE, f"Entries beyond the limit of one list: {listing.left_out}."
    if listing.broken:
        yield (
            Reason.MALFORMED,
            (
                f"Broken XML: {listing.broken}. {len(listing.entries)} entries could be "
                "read, and were taken."
            ),
        )
