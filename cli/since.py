"""The moment that --since names: a length of time before now, or a date."""

import re
from datetime import UTC, datetime, timedelta

from newsloom.errors import UsageError

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def moment(text: str, now: datetime) -> datetime:
    """Return the moment, as UTC without a zone: 90m, 24h, 7d, 2w, 2024-03-01, 2024-03-01T18:00.

    A time with a zone is taken at its word, one without is UTC.
    """
    given = text.strip()
    match = re.fullmatch(r"(\d{1,6})([mhdw])", given.lower())
    if match:
        try:
            return now - timedelta(**{_UNITS[match[2]]: int(match[1])})
        except OverflowError as error:
            raise _no_time(text) from error
    try:
        found = datetime.fromisoformat(given)
        return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found
    except (ValueError, OverflowError) as error:
        raise _no_time(text) from error


def _no_time(text: str) -> UsageError:
    return UsageError(
        f"{text!r} is neither a length of time nor a date.",
        "Write it as 90m, 24h, 7d or 2w, or as 2024-03-01 or 2024-03-01T18:00 (UTC).",
    )
