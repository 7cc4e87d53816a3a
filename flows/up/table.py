"""What `newsloom up` shows once everything runs: where each thing is."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.up.server import POOL, WORKER


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where everything is that `newsloom up` has started."""

    api_url: str
    ui_url: str
    warehouse: Path
    logs: Mapping[str, Path]
    dashboard_url: str
    deployments: Mapping[str, str]
    """What starts each deployment, by name."""
    pool: str = POOL
    worker: str = WORKER

    def as_table(self) -> str:
        """Return the lines that the user sees."""
        rows = [
            ("Dashboard", self.dashboard_url),
            ("Prefect UI", self.ui_url),
            ("Prefect API", self.api_url),
            ("Worker", f"{self.worker!r}, on the process work pool {self.pool!r}"),
            *_under("Deployments", (f"{n}: {what}" for n, what in self.deployments.items())),
            ("Warehouse", str(self.warehouse)),
            *_under("Logs", (str(log) for log in self.logs.values())),
        ]
        width = max(len(name) for name, _ in rows)
        lines = [f"  {name:<{width}}  {value}" for name, value in rows]
        return "\n".join(["Newsloom is up.", "", *lines, "", "Ctrl-C ends all."])


def _under(title: str, values: Any) -> list[tuple[str, str]]:
    """Write the title beside the first value only."""
    return [(title if number == 0 else "", value) for number, value in enumerate(values)]


def what_starts(deployment: Mapping[str, Any]) -> str:
    """Say in a few words when a deployment runs."""
    schedules = deployment["schedules"]
    if not schedules:
        return "runs when you start it"
    return "; ".join(_schedule(schedule) for schedule in schedules)


def _schedule(schedule: Mapping[str, Any]) -> str:
    rule = schedule["schedule"]
    when = schedule["slug"] or rule.get("cron") or rule.get("rrule")
    when = when or f"every {rule.get('interval')} s"
    state = "on" if schedule["active"] else "off, switch it on in the UI"
    return f"schedule {when!r} is {state}"
