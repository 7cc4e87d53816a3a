"""What is known of web hosts: their robots.txt, and when they may be asked again.

Kept for all requests of a run, and between runs by the table of HOST (facts.hosts).
"""

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa

from newsloom import clock
from newsloom.errors import InputError

HOST = pa.schema(
    [
        pa.field("host", pa.string(), nullable=False),
        pa.field("robots", pa.string()),
        pa.field("robots_status", pa.int32()),
        pa.field("robots_at", pa.timestamp("us")),
        pa.field("ready_at", pa.timestamp("us")),
    ]
)
"""A row is all that is known of a host; meanings in warehouse/schema/."""

MAX_PAUSE = datetime.timedelta(days=1)
"""A host that asks for a longer pause is asked again after this, once."""

DOWN_SECONDS = 300.0
"""So long no further request of the same run is made to a host that is down."""
MAX_TIMEOUTS = 3
"""A host that lets so many requests in a row run out of time is down too."""


def host_of(url: str) -> str:
    """Return the host of a web address, with its port where it is an unusual one."""
    parts = urlsplit(url)
    name = (parts.hostname or "").rstrip(".")
    name = f"[{name}]" if ":" in name else name
    usual = parts.port in (None, 80, 443)
    return name if usual else f"{name}:{parts.port}"


class Down(InputError):
    """No request was made, because others to the host have just failed."""


@dataclass(slots=True)
class Host:
    """One host. `robots` is None where there is none; `robots_at` is None before it was asked for.

    delay: seconds between two requests that the user wants for it, None for the setting's.
    """

    robots: str | None = None
    robots_status: int | None = None
    robots_at: datetime.datetime | None = None
    ready_at: datetime.datetime | None = None
    delay: float | None = None
    changed: bool = False
    rules: Any = None
    """The parsed robots.txt, made when it is first needed."""
    limited: int = 0
    """So many answers in a row asked for a pause."""
    timeouts: int = 0
    """So many requests in a row ended without an answer in time."""
    down: tuple[float, InputError] | None = None
    """When (clock.monotonic) and how it was found to be down: not tried again for every page."""

    def failed(self, error: InputError, *, unreached: bool) -> None:
        """Note that a request got no answer; the host is down if it was not reached at all."""
        self.timeouts += 1
        if unreached or self.timeouts >= MAX_TIMEOUTS:
            self.down = (clock.monotonic(), error)

    def answered(self) -> None:
        """Note that a request got what it asked for."""
        self.timeouts = self.limited = 0
        self.down = None

    def refuse_down(self) -> None:
        """Raise Down, as the former failure, where that was a short while ago."""
        if self.down and 0 <= clock.monotonic() - self.down[0] < DOWN_SECONDS:
            raise Down(self.down[1].reason, self.down[1].detail)


class Hosts:
    """Hosts by name."""

    def __init__(self) -> None:
        self._hosts: dict[str, Host] = {}

    @classmethod
    def from_table(cls, table: pa.Table) -> "Hosts":
        """Return the hosts that are the rows of a table of HOST."""
        hosts = cls()
        for row in table.select(HOST.names).to_pylist():
            name = row.pop("host")
            hosts._hosts[name] = Host(**row)
        return hosts

    def of(self, url: str) -> Host:
        """Return what is known of the host of a web address."""
        return self.named(host_of(url))

    def named(self, name: str) -> Host:
        """Return what is known of a host."""
        return self._hosts.setdefault(name, Host())

    def set_delay(self, host: str, seconds: float | None) -> None:
        """Ask a host only so often, whatever the setting; its own wish for longer pauses counts."""
        self.named(host).delay = seconds

    def pause(self, host: str, seconds: float, *, keep: bool = True) -> None:
        """Let a host rest for so long, at most MAX_PAUSE; `keep` it for later runs."""
        known = self.named(host)
        until = clock.now() + min(datetime.timedelta(seconds=min(seconds, 1e9)), MAX_PAUSE)
        if known.ready_at is None or until > known.ready_at:
            known.ready_at = until
            known.changed = known.changed or keep

    def seconds_to_wait(self, host: str) -> float:
        """Return how long a host still rests; 0 where it may be asked."""
        known = self._hosts.get(host)
        if known is None or known.ready_at is None:
            return 0.0
        return max(0.0, (known.ready_at - clock.now()).total_seconds())

    def changes(self) -> pa.Table:
        """Return, once, what was learnt since the last call: a table of HOST."""
        found = {name: host for name, host in self._hosts.items() if host.changed}
        rows = [
            {"host": name, **{field: getattr(host, field) for field in HOST.names[1:]}}
            for name, host in sorted(found.items())
        ]
        for host in found.values():
            host.changed = False
        return pa.Table.from_pylist(rows, schema=HOST)
