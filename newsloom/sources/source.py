"""One source as newsloom.toml describes it, checked."""

import dataclasses
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsloom.discover.addresses import checked, without_secrets
from newsloom.errors import InputError, SettingsError, UsageError
from newsloom.settings import FILE_NAME
from newsloom.vocabulary import SourceKind

ADAPTIVE = "adaptive"
CONTENTS = ("page", "feed")
_EVERY = re.compile(r"every\s+(\d+)\s*(minute|hour|day)s?$", re.IGNORECASE)
_UNIT_SECONDS = {"minute": 60, "hour": 3600, "day": 86_400}
_NO_JOINERS = {ord(joiner): None for joiner in "\u200c\u200d"}
LEAST_SECONDS = 600.0
MOST_SECONDS = 30 * 86_400.0


def _field(default: Any, meaning: str) -> Any:
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True, slots=True)
class Source:
    """A source to poll."""

    name: str = _field("", "What the source is called: articles have it as their `source`")
    address: str = _field("", "The web address of its feed, sitemap or page")
    kind: str = _field("feed", "`feed`, `sitemap` or `site` (a page whose links are articles)")
    schedule: str = _field(
        ADAPTIVE, "`adaptive`, or fixed: `every 30 minutes`, `every 6 hours`, `every 2 days`"
    )
    language: str = _field("", "The language to expect, ISO 639-1: used where detection is unsure")
    country: str = _field("", "The country it reports from, ISO 3166-1 alpha-2")
    tags: tuple[str, ...] = _field((), "Your own words for it")
    paywalled: bool = _field(False, "It has a paywall: stubs are suspected sooner")
    delay_seconds: float = _field(
        0.0, "Pause between two requests to its host, if longer than fetch.per_host_delay_seconds"
    )
    content: str = _field("page", "`page`: fetch each entry's page; `feed`: take the feed's text")
    paused: bool = _field(False, "Leave it alone for now")

    def fixed_seconds(self) -> float | None:
        """Return the interval of a fixed schedule, None for an adaptive one."""
        match = _EVERY.match(self.schedule.strip())
        return int(match[1]) * _UNIT_SECONDS[match[2].lower()] if match else None


FIELDS = {f.name: f for f in dataclasses.fields(Source)}


def load(path: Path | None = None) -> list[Source]:
    """Return the sources that a settings file lists (default: newsloom.toml here, if there).

    Raises SettingsError that names the entry and what would be right.
    """
    file = path or Path(FILE_NAME)
    if not file.is_file():
        return []
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{file} cannot be read: {error}") from error
    entries = table.get("sources", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SettingsError(f"sources in {file} must be tables: [[sources]].")
    return unique([source_of(entry, f"source {n} in {file}") for n, entry in enumerate(entries, 1)])


def unique(sources: list[Source]) -> list[Source]:
    """Return the sources as they are; two of one name raise SettingsError."""
    names = [source.name for source in sources]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise SettingsError(f"Two sources are called {twice!r}.", "Give one another name.")
    return sources


def named(sources: Iterable[Source], names: Iterable[str]) -> list[Source]:
    """Return the sources of these names, each once; an unknown one raises UsageError."""
    known = {source.name: source for source in sources}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UsageError(
            f"No source is called {unknown[0]!r}.",
            f"Listed are: {', '.join(list(known)[:20]) or 'none; newsloom sources add URL'}.",
        )
    return [known[name] for name in dict.fromkeys(names)]


def source_of(entry: Mapping[str, Any], where: str) -> Source:
    """Return one checked source; `where` is how an error calls it."""
    unknown = sorted(set(entry) - set(FIELDS))
    if unknown:
        raise SettingsError(
            f"{where} has unknown fields: {', '.join(unknown)}.",
            f"Known are: {', '.join(FIELDS)}.",
        )
    values = {name: _typed(name, value, where) for name, value in entry.items()}
    source = Source(**values)
    for problem in _problems(source):
        raise SettingsError(f"{where}: {problem}")
    return dataclasses.replace(source, address=checked(source.address))


def _typed(name: str, value: Any, where: str) -> Any:
    default = FIELDS[name].default
    if isinstance(default, tuple) and isinstance(value, list):
        return tuple(str(entry) for entry in value)
    if isinstance(default, float) and type(value) is int:
        return float(value)
    if type(value) is not type(default):
        kinds = {str: "a text", bool: "true or false", float: "a number", tuple: "a list of texts"}
        raise SettingsError(f"{where}: {name} must be {kinds[type(default)]}, not {value!r}.")
    return value


def can_be_printed(name: str) -> bool:
    """Tell whether nothing in a name is unseen, but for the joiners that words are spelt with."""
    return name.translate(_NO_JOINERS).isprintable()


def _problems(source: Source) -> list[str]:
    found = []
    if not source.name.strip() or not can_be_printed(source.name):
        found.append("it needs a name that can be printed.")
    try:
        checked(source.address)
    except InputError as error:
        found.append(f"address {without_secrets(source.address)!r}: {error.detail}")
    if source.kind not in set(SourceKind):
        found.append(f"kind must be one of {', '.join(SourceKind)}, not {source.kind!r}.")
    if source.content not in CONTENTS:
        found.append(f"content must be page or feed, not {source.content!r}.")
    seconds = source.fixed_seconds()
    if seconds is None and source.schedule != ADAPTIVE:
        found.append(
            f"schedule must be adaptive or such as 'every 6 hours', not {source.schedule!r}."
        )
    elif seconds is not None and not LEAST_SECONDS <= seconds <= MOST_SECONDS:
        found.append("a fixed schedule goes from 'every 10 minutes' to 'every 30 days'.")
    if source.language and not re.fullmatch(r"[a-z]{2}", source.language):
        found.append(f"language must be a code of two letters such as en, not {source.language!r}.")
    if source.country and not re.fullmatch(r"[A-Z]{2}", source.country):
        found.append(f"country must be a code such as GB, not {source.country!r}.")
    if not 0 <= source.delay_seconds <= 3600:
        found.append("delay_seconds must be from 0 to 3600.")
    return found
