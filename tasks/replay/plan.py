"""What another try of a reject consists of."""

import os
import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit

from newsloom.discover.addresses import looks_like_url
from newsloom.discover.remote import is_store
from newsloom.discover.rows import ROW_TYPE
from newsloom.vocabulary import Kind, Reason

Row = dict[str, Any]


class Choice(NamedTuple):
    """Which rejects, and how."""

    reasons: tuple[str, ...] = ()
    """These only; none for all."""
    since: datetime | None = None
    """Rejected then or later."""
    limit: int | None = None
    """The oldest so many."""
    refetch: bool = False
    """Fetch pages anew even where their content was kept."""

    def since_utc(self) -> datetime | None:
        """Return `since` as the warehouse keeps time."""
        if self.since is None or self.since.tzinfo is None:
            return self.since
        return self.since.astimezone(UTC).replace(tzinfo=None)


class Way(Enum):
    """What is done with a reject; the value says so to a person."""

    CONTENT = "read from the content that was kept"
    FETCH = "fetched again"
    FILE = "read again from its file"
    BAD_ADDRESS = "left alone: the address itself cannot be fetched; ingest the right one"
    STREAM = "left alone: from standard input, and only its beginning was kept"
    GONE = "left alone: its file is not there any more, and only its beginning was kept"
    NOT_INSIDE = "left alone: its file does not hold it any more"

    @property
    def tried(self) -> bool:
        """Whether there is another try at all."""
        return self in (Way.CONTENT, Way.FETCH, Way.FILE)


class Planned(NamedTuple):
    """A reject with what is to be done with it."""

    row: Row
    way: Way
    place: str | None = None
    """The file or folder to read again."""


NOT_FETCHED = {
    Reason.BLOCKED_ADDRESS, Reason.FETCH_FAILED, Reason.FETCH_TIMEOUT, Reason.HTTP_ERROR,
    Reason.REDIRECTS, Reason.HTTP_GONE, Reason.RATE_LIMITED, Reason.ROBOTS, Reason.ROBOTS_UNKNOWN,
    Reason.NOT_ARTICLE_TYPE, Reason.TOO_LARGE,
}  # fmt: skip
"""Reasons of pages whose content, as far as there is any, is not that of the page."""
_NOT_A_ROW = {Reason.MALFORMED, Reason.ENCODING, Reason.BINARY, Reason.TOO_LARGE}
"""Reasons of rows whose payload is a raw line, not the row as JSON."""
_INSIDE = re.compile(r"!/.*|#\d+$", re.DOTALL)
"""What a locator has after the file: a member of an archive, a row."""


def plan(row: Row, choice: Choice) -> Planned:
    """Return what is to be done with a reject, from `warehouse.rejected.listed`."""
    if row["reason"] == Reason.BAD_URL:
        return Planned(row, Way.BAD_ADDRESS)
    if row["kind"] == Kind.PAGE:
        return _page(row, choice)
    good = is_whole(row) and not (row["kind"] == Kind.ROW and row["reason"] in _NOT_A_ROW)
    if row["kind"] == Kind.ROW and good:
        return Planned(row, Way.CONTENT)
    return _file(row, fallback=Way.CONTENT if is_whole(row) else Way.GONE)


def is_whole(row: Row) -> bool:
    """Tell whether all of a reject's content was kept. What was too large was never read whole.

    The content of a page that came with a row and could not be fetched is the row.
    """
    read = row["reason"] != Reason.TOO_LARGE or (row["kind"] == Kind.PAGE and is_row(row))
    return read and bool(row["kept"] and row["kept"] >= row["whole"])


def is_row(row: Row) -> bool:
    """Tell whether a page came with the other fields of a row."""
    return bool((row["content_type"] or "").startswith(ROW_TYPE))


def _page(row: Row, choice: Choice) -> Planned:
    live = not row["via"] or looks_like_url(row["via"])
    if row["reason"] not in NOT_FETCHED and is_whole(row) and not (choice.refetch and live):
        return Planned(row, Way.CONTENT)
    if is_whole(row) or (live and not is_row(row)):
        return Planned(row, Way.FETCH)
    # Out of an archive, or with fields of a row that were not kept whole.
    return _file(row, fallback=Way.FETCH)


def _file(row: Row, fallback: Way) -> Planned:
    place = place_of(row)
    if place is None:
        return Planned(row, fallback if fallback is not Way.GONE else Way.STREAM)
    # Without anything to fall back on, what is missing is looked for again: it may be there now.
    if row["kind"] == Kind.INPUT or os.path.lexists(place) or looks_like_url(place):
        return Planned(row, Way.FILE, place)
    return Planned(row, fallback if row["kept"] or row["kind"] == Kind.PAGE else Way.FILE, place)


def base_of(locator: str) -> str:
    """Return the file or folder of a locator, without the row or member inside."""
    return _INSIDE.sub("", locator)


def place_of(row: Row) -> str | None:
    """Return the path or address of the file that a reject came from; None: it came by a pipe."""
    base = base_of(row["locator"])
    if base == "-":
        return None
    if looks_like_url(base):
        return base if row["kind"] != Kind.PAGE or is_store(base) else None
    file = row["uri"] if row["uri"].startswith("file:") else row["via"] or ""
    # A locator is relative to where the ingest ran; the URI is not, but follows symbolic links.
    resolved = base and "\0" not in base and Path(os.path.realpath(base)).as_uri()
    if resolved and (not file.startswith("file:") or file.startswith(resolved)):
        return base
    path = os.fsdecode(unquote_to_bytes(urlsplit(base_of(file)).path))
    return path if file.startswith("file:") else base


def outlook(rows: Iterable[Row], choice: Choice) -> list[tuple[str, Way, int]]:
    """Return how many rejects of each reason would be dealt with in which way, most first."""
    planned = (plan(row, choice) for row in rows)
    counts = Counter((item.row["reason"], item.way) for item in planned)
    listed = [(reason, way, number) for (reason, way), number in counts.items()]
    return sorted(listed, key=lambda line: (-line[2], line[0], line[1].value))
