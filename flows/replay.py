"""The replay flow: rejects once more, through today's code."""

from pathlib import Path

from flows.report import Report
from flows.run import carry_out
from newsloom.settings import Settings
from tasks.context import Context
from tasks.replay import Choice, Rejected, Way, outlook
from tasks.stage import Call, directly
from warehouse import rejected
from warehouse.published import Published

__all__ = ["Choice", "Way", "preview", "replay"]


def preview(warehouse: Path, choice: Choice) -> list[tuple[str, Way, int]]:
    """Return how many rejects of each reason a replay would deal with in which way."""
    with Published(warehouse) as news:
        rows = rejected.listed(news, choice.reasons, choice.since_utc(), choice.limit)
    return outlook(rows, choice)


def replay(
    warehouse: Path,
    settings: Settings,
    choice: Choice,
    *,
    call: Call = directly,
    prefect_run_id: str | None = None,
) -> Report:
    """Try the chosen rejects again and return what came of them.

    What succeeds leaves the list; what fails again stays, with today's reason.
    """
    finders: list[Rejected] = []

    def find(context: Context) -> Rejected:
        finders.append(Rejected(context.lake, settings, choice))
        return finders[0]

    report = carry_out(
        "replay", list(choice.reasons), warehouse, settings, find,
        call=call, prefect_run_id=prefect_run_id,
    )  # fmt: skip
    report.remarks.update(finders[0].left_alone)
    return report
