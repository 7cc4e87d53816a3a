"""What a source's address gave, read in a worker process: a hostile list must not stop a poll."""

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from newsloom.discover.found import Found
from newsloom.discover.rows import encoded
from newsloom.errors import InputError
from newsloom.extract.dates import parse_date
from newsloom.extract.urls import without_tracking
from newsloom.listings import Entry, Listing, article_links, entry_item, read_listing
from newsloom.settings import IngestSettings, PollSettings
from newsloom.sources.source import Source
from newsloom.vocabulary import Kind, Reason, SourceKind


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one list: its entries, or why there are none."""

    entries: tuple[Entry, ...] = ()
    more: tuple[str, ...] = ()
    """Addresses of further lists, of a sitemap index."""
    reason: str | None = None
    detail: str | None = None


def read(
    kind: str, content: bytes, content_type: str | None, url: str, limits: IngestSettings
) -> Reading:
    """Return what the list at `url` holds; whatever is wrong with it is said, not raised."""
    try:
        if kind == SourceKind.SITE:
            return Reading(tuple(article_links(content, content_type, url)))
        listing: Listing = read_listing(content, content_type, url, limits)
    except InputError as error:
        return Reading(reason=str(error.reason), detail=error.detail)
    except Exception as error:  # a defect met on one list must not end the poll
        return Reading(reason=str(Reason.INTERNAL), detail=f"{type(error).__name__}: {error}"[:500])
    return Reading(tuple(listing.entries), tuple(listing.more))


def both_ends(lists: Sequence[str], most: int) -> list[str]:
    """Return so many lists of an index: where none is dated, the latest stand at either end."""
    if len(lists) <= most:
        return list(lists)
    half = most // 2
    return [*lists[: most - half], *lists[len(lists) - half :]]


def chosen(
    entries: Iterable[Entry], source: Source, at: datetime, limits: PollSettings
) -> list[tuple[Entry, datetime | None]]:
    """Return the entries to take up with their dates, the latest first.

    A feed lists what is new; a sitemap may list everything there ever was, so there the old are
    passed over.
    """
    dated = [(entry, _date(entry)) for entry in entries]
    if source.kind != SourceKind.FEED:
        oldest = at - timedelta(days=limits.max_age_days)
        dated = [pair for pair in dated if pair[1] is None or pair[1] >= oldest]
    return sorted(dated, key=lambda pair: pair[1] or datetime.min, reverse=True)


def _date(entry: Entry) -> datetime | None:
    moment = parse_date(entry.updated_at or "") or parse_date(entry.published_at or "")
    return moment.at if moment else None


def item(entry: Entry, source: Source) -> Found:
    """Return an entry as an item of its source: a page to fetch, or the feed's own text."""
    told = dataclasses.replace(
        entry,
        language=entry.language or source.language or None,
        # Some feeds mark their links anew at every look: that makes no other page of them.
        url=without_tracking(entry.url) if entry.url else None,
    )
    found = entry_item(
        told,
        source=source.name,
        source_given=True,
        via=source.address,
        paywalled=source.paywalled or None,
    )
    fields = {name: value for name, value in told.fields().items() if name not in _TEXTS}
    text = entry.html or entry.summary
    if source.content == "feed" and entry.url and text and found.reason is None:
        content = encoded(fields | {"html": text})
        found = dataclasses.replace(found, kind=Kind.ROW, content=content, content_type=None)
    return dataclasses.replace(found, listing=encoded(fields).decode())


_TEXTS = ("feed_html", "html", "summary")
"""What of an entry is too long to be kept with every reading of it."""
