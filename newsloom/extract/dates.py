"""Dates as people and programs write them, as UTC moments with their precision.

Nothing is guessed: a form that could mean two days, such as 05/06/2023, is no date, and so is
whatever lacks a year. An undated article is judged with care later; a wrongly dated one is not.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from functools import partial

from newsloom.vocabulary import Doubt

EARLIEST_YEAR = 1600
DOUBTED_BEFORE = datetime(1990, 1, 1)
"""No news was on the web before: programs write the epoch, or nothing at all, as such dates."""
FUTURE_SLACK = timedelta(days=1)
"""A page may be dated by the clock of another zone, or for tomorrow morning's edition."""
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_TIME = (
    r"(?:[T,\s]+(?:at\s+)?(?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$"
)
_DAY_OF_WEEK = r"(?:[a-z]{3,9}\.?,?\s+)?"
_WRITTEN = [
    re.compile(pattern + _TIME, re.IGNORECASE)
    for pattern in (
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})",
        r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})",
        _DAY_OF_WEEK
        + r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s-](?P<mon>[a-z]{3,9})\.?,?[\s-](?P<y>\d{4})",
        _DAY_OF_WEEK + r"(?P<mon>[a-z]{3,9})\.?\s(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<y>\d{4})",
    )
]
_SLASHED = re.compile(r"(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<y>\d{4})" + _TIME, re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?Z?)?$")
_IN_PATH = re.compile(
    r"/(?P<y>(?:19|20)\d\d)(?P<mark>[/-]?)(?P<m>0[1-9]|1[0-2]|(?<=/)[1-9](?=/))(?P=mark)"
    r"(?P<d>0[1-9]|[12]\d|3[01]|(?<=/)[1-9](?=/))(?=[/_.-]|$)"
)
_EPOCH = re.compile(r"\d{9,10}(\.\d+)?$|\d{12,13}$|\d{15,16}$|\d{18,19}$")


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in UTC without zone; `precision` is "day" or "second"."""

    at: datetime
    precision: str


def parse_date(text: str, *, day_first: bool = False) -> Moment | None:
    """Return the moment that `text` names, None where it names none for sure.

    day_first: 05/06/2023 is in June; without it, such a date is none.
    A time without a zone counts as UTC; midnight without a zone is a day, as exports write it.
    """
    text = text.strip()[:80]
    slashed = partial(_slashed, day_first=day_first)
    for parse in (_iso, _compact, _epoch, _rfc2822, _written, slashed):
        try:
            moment = parse(text)
        except (ValueError, OverflowError, OSError):
            continue
        if moment is not None and moment.at.year >= EARLIEST_YEAR:
            return moment
    return None


def doubt_of(moment: Moment, read_at: datetime) -> Doubt | None:
    """Return why a date of something that was read then is doubted, None where it is not."""
    if moment.at > read_at + FUTURE_SLACK:
        return Doubt.FUTURE
    return Doubt.OLD if moment.at < DOUBTED_BEFORE else None


def in_path(url: str) -> Moment | None:
    """Return the day that the path of an address names, as /2024/05/03/ or /20240503-."""
    match = _IN_PATH.search(url.partition("://")[2].partition("?")[0])
    if match is None:
        return None
    try:
        day = datetime(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
    return Moment(day, "day")


def moment_of(value: datetime, *, day: bool = False) -> Moment:
    """Return an aware or naive datetime as a moment."""
    naive_midnight = value.tzinfo is None and value.time() == value.time().min
    if value.tzinfo is not None:
        value = value.astimezone(UTC).replace(tzinfo=None)
    return Moment(value, "day" if day or naive_midnight else "second")


def _iso(text: str) -> Moment | None:
    if not re.match(r"\d{4}-\d", text):
        return None
    # Arrow and others write nine digits of a second; Python reads six.
    text = re.sub(r"(\.\d{6})\d+", r"\1", re.sub(r"\s+(UTC|GMT|Z)$", "Z", text))
    return moment_of(datetime.fromisoformat(re.sub(r"\s+([+-]\d)", r"\1", text)))


def _compact(text: str) -> Moment | None:
    match = _COMPACT.match(text)
    if match is None:
        return None
    return moment_of(datetime(*(int(part) for part in match.groups() if part)))  # type: ignore[arg-type]


def _epoch(text: str) -> Moment | None:
    if not _EPOCH.match(text):
        return None
    whole = text.partition(".")[0]
    divisor = 10 ** max(0, (len(whole) - 8) // 3 * 3)
    seconds = float(text) if divisor == 1 else int(whole) / divisor
    moment = datetime(1970, 1, 1) + timedelta(seconds=seconds)
    return Moment(moment.replace(microsecond=0), "second")


def _rfc2822(text: str) -> Moment | None:
    """Read `Tue, 22 Aug 2023 10:00:00 +0200`, and the same with a zone by name."""
    if not re.match(r"([A-Za-z]{3},?\s+)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d{1,2}:\d{2}", text):
        return None
    parts = parsedate_tz(text)
    if parts is None:
        return None
    zone = timezone(timedelta(seconds=parts[9] or 0))
    return moment_of(datetime(*parts[:6], tzinfo=zone))


def _written(text: str) -> Moment | None:
    for pattern in _WRITTEN:
        if match := pattern.match(text):
            parts = match.groupdict()
            month = _MONTHS.get((parts.get("mon") or "").lower()) or int(parts.get("m") or 0)
            return _assembled(parts, month, int(parts["d"]))
    return None


def _slashed(text: str, day_first: bool) -> Moment | None:
    """Read 22/08/2023 and 08/22/2023, where only one of the numbers can be a month."""
    match = _SLASHED.match(text)
    if match is None:
        return None
    first, second = int(match["a"]), int(match["b"])
    if first <= 12 and second <= 12 and first != second and not day_first:
        return None
    day, month = (first, second) if first > 12 or day_first else (second, first)
    return _assembled(match.groupdict(), month, day)


def _assembled(parts: dict[str, str | None], month: int, day: int) -> Moment:
    year = int(parts["y"] or 0)
    if parts["h"] is None:
        return moment_of(datetime(year, month, day), day=True)
    hour = int(parts["h"])
    if half := parts["half"]:
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    zone = _zone(parts["zone"])
    return moment_of(
        datetime(year, month, day, hour, int(parts["mi"] or 0), int(parts["s"] or 0), tzinfo=zone)
    )


def _zone(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text[0] not in "+-":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=minutes if text[0] == "+" else -minutes))
