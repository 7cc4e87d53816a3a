"""The backfill flow: folders of archives, resumed where an earlier run stopped."""

from collections.abc import Sequence
from pathlib import Path

from flows.report import Report
from flows.run import carry_out
from newsloom.errors import UsageError
from newsloom.settings import Settings
from tasks.backfill import FINISHED, Files
from tasks.context import Context
from tasks.stage import Call, directly

__all__ = ["FINISHED", "backfill"]


def backfill(
    inputs: Sequence[str],
    warehouse: Path,
    settings: Settings,
    *,
    source: str | None = None,
    again: bool = False,
    call: Call = directly,
    prefect_run_id: str | None = None,
) -> Report:
    """Take files and folders into the warehouse folder and return what came of them.

    again: take files that were finished before from their beginning, too. Raises UsageError for
    standard input, which cannot be resumed.
    """
    if "-" in inputs:
        raise UsageError(
            "A backfill cannot go on with standard input where it stopped.",
            "Name the file, or pipe into: newsloom ingest -",
        )
    finders: list[Files] = []

    def find(context: Context) -> Files:
        finders.append(Files(context, inputs, settings, source=source, again=again))
        return finders[0]

    report = carry_out(
        "backfill", list(inputs), warehouse, settings, find,
        call=call, prefect_run_id=prefect_run_id,
    )  # fmt: skip
    report.remarks.update(finders[0].files)
    return report
