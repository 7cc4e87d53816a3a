"""Settings: newsloom.toml in the working directory, each overridable by a NEWSLOOM_* variable.

    [fetch]                              NEWSLOOM_FETCH_MAX_PAGE_BYTES=5000000
    max_page_bytes = 10_000_000

The same file lists the sources to poll (newsloom/sources/).

Every setting has a default, so the file is optional. An unknown name is an error that lists the
known ones: a misspelt setting must not be ignored in silence.
"""

import dataclasses
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import urlsplit

from newsloom.errors import SettingsError

FILE_NAME = "newsloom.toml"


def setting(default: Any, meaning: str) -> Any:
    """Declare one setting with its default and its one-sentence meaning."""
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True, slots=True)
class IngestSettings:
    """How inputs are read and worked on."""

    batch_size: int = setting(500, "Items that go through the stages, and into one commit, at once")
    batch_bytes: int = setting(32_000_000, "A batch is closed early when its content gets this big")
    workers: int = setting(0, "Worker processes for the heavy stages; 0 means one a core, up to 8")
    max_document_bytes: int = setting(10_000_000, "A larger file or row is rejected as too_large")
    reject_payload_bytes: int = setting(
        1_000_000, "How much of a reject's content is kept; what is cut cannot be replayed from it"
    )


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How pages are fetched."""

    user_agent: str = setting(
        "Newsloom/0.1 (news reader; +https://pypi.org/project/newsloom)",
        "How Newsloom names itself to web servers",
    )
    connect_timeout_seconds: float = setting(10.0, "Longest wait for a connection")
    read_timeout_seconds: float = setting(20.0, "Longest silence within an answer")
    total_timeout_seconds: float = setting(60.0, "Longest time for one page, redirects included")
    max_page_bytes: int = setting(10_000_000, "A page that grows larger, unpacked, is rejected")
    max_listing_bytes: int = setting(
        52_428_800, "The same for a feed or sitemap; this is what the sitemap standard allows"
    )
    max_file_bytes: int = setting(
        10_000_000_000, "The same for a file of data or an archive, which goes to a temporary file"
    )
    max_redirects: int = setting(10, "Redirects that are followed for one page")
    concurrency: int = setting(8, "Pages that are fetched at the same time")
    per_host_concurrency: int = setting(1, "Pages that are fetched at the same time from one host")
    per_host_delay_seconds: float = setting(0.5, "Pause between two requests to one host")
    max_crawl_delay_seconds: float = setting(
        60.0, "A robots.txt that asks for a longer pause between two requests gets this one"
    )
    max_wait_seconds: float = setting(
        900.0, "A page whose host's turn does not come sooner is left to a later run: rate_limited"
    )
    max_retry_after_seconds: float = setting(
        30.0, "A longer pause that a host asks for is left to a later run: rate_limited"
    )
    retry_delay_seconds: float = setting(
        2.0, "Pause before the one further try after a passing failure"
    )
    trust_validators_days: float = setting(
        2.0, "A page is fetched in full after so long, though the server calls it unchanged"
    )
    allow_addresses: tuple[str, ...] = setting(
        (), "Private networks that may be fetched from all the same, such as 127.0.0.0/8"
    )


@dataclass(frozen=True, slots=True)
class PollSettings:
    """How sources are polled."""

    min_interval_seconds: float = setting(600.0, "A source is looked at no more often than this")
    max_interval_seconds: float = setting(86_400.0, "A source that works, no more seldom than this")
    full_every: int = setting(
        10, "Every so many looks the whole list is asked for, not only whether it has changed"
    )
    full_after_hours: float = setting(
        36.0, "The whole list is asked for once the last one is so old, however few the looks were"
    )
    max_entries: int = setting(500, "New entries of one list that are taken up at one look")
    max_lists: int = setting(20, "Lists that are followed from one sitemap index at one look")
    max_age_days: float = setting(
        30.0, "Entries of a sitemap or site that are dated earlier are passed over"
    )
    revisit_days: float = setting(
        7.0, "For so long an article is looked at again, at growing intervals, for changes"
    )
    revisit_first_seconds: float = setting(3600.0, "When an article is first looked at again")


@dataclass(frozen=True, slots=True)
class ExtractSettings:
    """What counts as an article."""

    min_page_characters: int = setting(
        200, "A fetched page with less text is rejected as too_short; other inputs are not"
    )


@dataclass(frozen=True, slots=True)
class LanguageSettings:
    """When a text's language counts as known."""

    min_characters: int = setting(20, "Shorter texts are 'und', undetermined")
    min_confidence: float = setting(0.8, "Less sure texts are 'und', undetermined")


@dataclass(frozen=True, slots=True)
class WarehouseSettings:
    """How the warehouse is kept."""

    lock_wait_seconds: float = setting(600.0, "Longest wait for another writer")
    memory_limit: str = setting("600MB", "What DuckDB may use while it writes")
    compact_after_files: int = setting(
        400, "Data files after which a run's end merges the small ones"
    )
    keep_old_files_hours: float = setting(
        24.0, "Replaced data files stay this long for readers that have them open"
    )


@dataclass(frozen=True, slots=True)
class StoriesSettings:
    """Which articles are compared."""

    window_days: int = setting(
        30, "Dated articles further apart than this never join one story directly"
    )


@dataclass(frozen=True, slots=True)
class HealthSettings:
    """When a check wants a look, and who is told."""

    limits: tuple[str, ...] = setting(
        (), 'Other limits of checks, each "NAME WARN BAD", such as "failure_share 0.1 0.3"'
    )
    notify: tuple[str, ...] = setting(
        (),
        "Where alerts go: addresses as Apprise takes them (mailto:, slack:, json: ...); ${NAME} in "
        "one stands for an environment variable, so that no secret is in the file",
    )
    page: str = setting("", "The dashboard's web address, for links in alerts")


@dataclass(frozen=True, slots=True)
class DashboardSettings:
    """Who may see the dashboard, and what it may take."""

    token: str = setting("", "Whoever opens the dashboard must know this; empty: anybody may")
    user: str = setting("", "With `password`: the name for the browser's own question")
    password: str = setting("", "The password that goes with it")
    sql_rows: int = setting(1000, "Rows that a query in the dashboard gives at most")
    sql_seconds: float = setting(10.0, "A query in the dashboard is ended after so long")
    sql_memory: str = setting("256MB", "What a query in the dashboard may use")


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, by section."""

    ingest: IngestSettings = field(default_factory=IngestSettings)
    fetch: FetchSettings = field(default_factory=FetchSettings)
    poll: PollSettings = field(default_factory=PollSettings)
    extract: ExtractSettings = field(default_factory=ExtractSettings)
    language: LanguageSettings = field(default_factory=LanguageSettings)
    warehouse: WarehouseSettings = field(default_factory=WarehouseSettings)
    stories: StoriesSettings = field(default_factory=StoriesSettings)
    health: HealthSettings = field(default_factory=HealthSettings)
    dashboard: DashboardSettings = field(default_factory=DashboardSettings)


def load(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from `path` (default: newsloom.toml here, if there) and the environment.

    Raises SettingsError with the known names or the expected kind of value.
    """
    file = path or Path(FILE_NAME)
    if path is not None and not file.is_file():
        raise SettingsError(f"There is no settings file {file}.")
    table = _read(file) if file.is_file() else {}
    table.pop("sources", None)  # see newsloom.sources
    environ = os.environ if environ is None else environ
    sections = get_type_hints(Settings)
    _refuse_unknown(table, sections, f"section in {file}")
    return Settings(
        **{name: _section(name, kind, table.get(name, {}), environ, file)
           for name, kind in sections.items()}
    )  # fmt: skip


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file} cannot be read: {error}") from error


def _section(name: str, kind: type, table: Any, environ: Mapping[str, str], file: Path) -> Any:
    if not isinstance(table, dict):
        raise SettingsError(f"[{name}] in {file} must be a section with settings in it.")
    known = {f.name: f for f in dataclasses.fields(kind)}
    _refuse_unknown(table, known, f"setting in [{name}] of {file}")
    values = {key: _checked(f"{name}.{key}", value, known[key].default)
              for key, value in table.items()}  # fmt: skip
    prefix = f"NEWSLOOM_{name}_".upper()
    given = {v.removeprefix(prefix).lower(): 0 for v in environ if v.startswith(prefix)}
    _refuse_unknown(given, known, f"setting in the variables {prefix}*")
    for key, declared in known.items():
        variable = f"{prefix}{key.upper()}"
        if variable in environ:
            values[key] = _parsed(variable, environ[variable], declared.default)
    return kind(**values)


def _refuse_unknown(given: Mapping[str, Any], known: Mapping[str, Any], what: str) -> None:
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise SettingsError(
            f"Unknown {what}: {', '.join(unknown)}.", f"Known are: {', '.join(sorted(known))}."
        )


def _checked(name: str, value: Any, default: Any) -> Any:
    """Accept a TOML value of the default's type (an integer also passes for a float)."""
    if isinstance(default, tuple) and isinstance(value, list):
        return tuple(str(entry) for entry in value)
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not type(default):
        raise SettingsError(f"{name} must be {_kind(default)}, not {value!r}.")
    return _in_range(name, value)


def _parsed(variable: str, text: str, default: Any) -> Any:
    if isinstance(default, tuple):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    try:
        return _in_range(variable, type(default)(text))
    except ValueError as error:
        raise SettingsError(f"{variable} must be {_kind(default)}, not {text!r}.") from error


def _in_range(name: str, value: Any) -> Any:
    # NaN fails the comparison too.
    if isinstance(value, int | float) and not 0 <= value < 2**53:
        raise SettingsError(f"{name} must not be negative or endless, as {value!r} is.")
    dotted = name.lower().replace("_", ".")
    if dotted.endswith(_AT_LEAST_ONE) and value < 1:
        raise SettingsError(f"{name} must be 1 or more, not {value!r}.")
    if dotted.endswith(_SIZES) and not re.fullmatch(_SIZE, value):
        raise SettingsError(f"{name} must be a size such as 256MB, not {value!r}.")
    if dotted.endswith("health.page") and not _is_address(value):
        raise SettingsError(f"{name} must be an address such as http://host:4280, not {value!r}.")
    return value


_AT_LEAST_ONE = (
    "batch.size", "batch.bytes", "concurrency", "max.document.bytes", "max.page.bytes",
    "max.listing.bytes", "max.file.bytes", "full.every", "max.entries", "sql.rows", "sql.seconds",
)  # fmt: skip
_SIZES = ("memory.limit", "sql.memory")
_SIZE = r"(?i)\s*([0-9]+(\.[0-9]+)?|\.[0-9]+)\s*[kmgt](i?b)?\s*"


def _is_address(text: str) -> bool:
    """Say whether a text is an address of the web, or none at all."""
    if not text:
        return True
    try:
        parts = urlsplit(text)
        known = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
    return known and text.isprintable() and " " not in text


def _kind(default: Any) -> str:
    names = {int: "a whole number", float: "a number", str: "a text", tuple: "a list of texts"}
    return names[type(default)]
