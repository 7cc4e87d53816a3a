"""What the stages of one run share."""

from dataclasses import dataclass, field
from datetime import datetime

from newsloom import clock
from newsloom.fetch import Hosts
from newsloom.pool import Pool
from newsloom.settings import Settings
from warehouse.lake import Lake


@dataclass
class Context:
    """The run's settings, warehouse, worker processes and identity."""

    settings: Settings
    lake: Lake
    pool: Pool
    run_id: str
    prefect_run_id: str | None = None
    hosts: Hosts = field(default_factory=Hosts)
    """Robots.txt files and pauses; what is learnt of them is written with each commit."""
    timings: list[dict[str, object]] = field(default_factory=list)

    def take_timings(self) -> list[dict[str, object]]:
        """Return the stage timings since the last call."""
        taken, self.timings = self.timings, []
        return taken


def utc_now() -> datetime:
    """Return the moment in UTC, without a zone, as the warehouse stores it."""
    return clock.now()
