"""Limits that the settings give in place of those in the catalog."""

import math
from collections.abc import Iterable

from newsloom.errors import SettingsError
from warehouse.health.catalog import CHECK


def read_limits(lines: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Return (warn, bad) by the name of the check; each line is "NAME WARN BAD".

    Raises SettingsError for an unknown check, one without fixed limits, or what is no number.
    """
    return dict(map(_read, lines))


def _read(line: str) -> tuple[str, tuple[float, float]]:
    fixed = sorted(name for name, check in CHECK.items() if check.warn is not None)
    try:
        name, warn, bad = line.split()
        limits = float(warn), float(bad)
    except ValueError as error:
        raise SettingsError(
            f"A limit is written NAME WARN BAD, not {line!r}.",
            'For example: limits = ["failure_share 0.1 0.3"]',
        ) from error
    if not all(math.isfinite(limit) and limit >= 0 for limit in limits):
        raise SettingsError(f"A limit is a number from 0 on, which {line!r} has not.")
    if name not in fixed:
        raise SettingsError(
            f"{name!r} is no check with fixed limits.", f"Those are: {', '.join(fixed)}."
        )
    usual = CHECK[name]
    if usual.warn is not None and usual.bad is not None and usual.warn != usual.bad:
        upwards = usual.warn < usual.bad
        if (limits[0] <= limits[1]) != upwards and limits[0] != limits[1]:
            raise SettingsError(
                f"In {line!r} WARN must not be {'more' if upwards else 'less'} than BAD.",
                f"The catalog has {name} {usual.warn:g} {usual.bad:g}.",
            )
    return name, limits
