"""Which of the listed entries are taken up: new ones, changed ones, and those due for a look."""

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from newsloom import clock
from newsloom.discover.found import Found
from newsloom.discover.rows import ROW_TYPE
from newsloom.settings import PollSettings
from newsloom.sources import Source
from newsloom.vocabulary import Kind, Status
from tasks.context import Context
from warehouse import polling


@dataclass(slots=True)
class Takings:
    """What is taken up of one list."""

    items: list[Found] = field(default_factory=list)
    new: int = 0
    again: int = 0
    cut: bool = False
    """There was more than is taken up at one look."""


def taken_up(
    context: Context,
    group: Sequence[Source],
    offered: Mapping[str, Sequence[Found]],
    active: Set[str],
) -> dict[str, Takings]:
    """Return by source what of the offered entries to take up.

    An address that several `active` sources list belongs to the one that had it first. What was
    ingested by hand, or came from a source that is polled no more, belongs to who lists it now.
    """
    known = polling.known_entries(
        context.lake, (found.uri for some in offered.values() for found in some)
    )
    limits, now = context.settings.poll, clock.now()
    owner = {uri: row["source"] for uri, row in known.items() if row["source"] in active}
    result: dict[str, Takings] = {}
    for source in group:
        takings = result[source.name] = Takings()
        for found in offered[source.name]:
            if owner.setdefault(found.uri, source.name) != source.name:
                continue
            _take(takings, found, known.get(found.uri), now, limits)
    return result


def _take(
    takings: Takings,
    found: Found,
    before: Mapping[str, Any] | None,
    now: datetime,
    limits: PollSettings,
) -> None:
    if before is None and takings.new >= limits.max_entries:
        takings.cut = True
    elif before is None:
        takings.new += 1
        takings.items.append(found)
    elif not _over(before) and _look_again(found, before, now, limits):
        takings.again += 1
        takings.items.append(found)


def _over(before: Mapping[str, Any]) -> bool:
    """Tell whether an entry was removed on request: it is left alone for ever."""
    return bool(before["removed"] or before["status"] == Status.REMOVED)


def _look_again(
    found: Found, before: Mapping[str, Any], now: datetime, limits: PollSettings
) -> bool:
    """Tell whether a known entry is listed otherwise than before, or due for another look.

    Another headline counts at once. Some feeds date every entry anew at every look: whatever else
    has changed can wait for the time of a first look.
    """
    changed = before["listing_hash"] not in (None, found.listing_hash)
    if changed and _title(found.listing) != _title(before["listing"]):
        return True
    first = timedelta(seconds=limits.revisit_first_seconds)
    if changed and now - before["last_at"] >= first:
        return True
    return found.kind is Kind.PAGE and _due(before, now, limits)


def _title(listing: str | None) -> str:
    return str(json.loads(listing).get("title", "")) if listing else ""


def _due(before: Mapping[str, Any], now: datetime, limits: PollSettings) -> bool:
    """Tell whether to look at a known entry again: at twice the age that it had the last time.

    Most changes come soon after publication; so a week costs eight requests, most of them
    answered with "not modified". What failed is tried again at the same moments.
    """
    if now - before["first_at"] > timedelta(days=limits.revisit_days):
        return False
    age_then = before["last_at"] - before["first_at"]
    return bool(
        now - before["last_at"] >= max(timedelta(seconds=limits.revisit_first_seconds), age_then)
    )


def to_revisit(
    context: Context, group: Sequence[Source], listed: Set[str], active: Set[str]
) -> list[Found]:
    """Return pages due for another look that their lists no longer name."""
    limits, now = context.settings.poll, clock.now()
    by_address = {source.address: source for source in group}
    since = now - timedelta(days=limits.revisit_days)
    rows = polling.lately_found(context.lake, by_address, since)
    return [
        _again(row, by_address[row["via"]])
        for row in rows
        if row["uri"] not in listed
        and (row["source"] not in active or row["source"] == by_address[row["via"]].name)
        and not _over(row)
        and _due(row, now, limits)
    ]


def _again(row: Mapping[str, Any], source: Source) -> Found:
    """Return a page as it was found, with what its list said of it then."""
    listing = row["listing"]
    return Found(
        row["uri"],
        Kind.PAGE,
        row["uri"],
        listing.encode() if listing else None,
        source=source.name,
        source_given=True,
        content_type=ROW_TYPE if listing else None,
        via=source.address,
        listing=listing,
        listing_hash=row["listing_hash"],
        paywalled=source.paywalled or None,
    )
