"""The ingest flow: the inputs that a user names, into the warehouse."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from flows.report import Report
from flows.run import carry_out
from newsloom.discover import Discovery
from newsloom.settings import Settings
from tasks.stage import Call, directly


def ingest(
    inputs: Sequence[str],
    warehouse: Path,
    settings: Settings,
    *,
    source: str | None = None,
    stdin: BinaryIO | None = None,
    call: Call = directly,
    prefect_run_id: str | None = None,
) -> Report:
    """Ingest `inputs` into the warehouse folder and return what came of them.

    Raises NewsloomError where the run as a whole cannot go on; bad inputs end as rejects instead.
    """
    return carry_out(
        "ingest",
        list(inputs),
        warehouse,
        settings,
        lambda context: Discovery(inputs, settings, source=source, stdin=stdin),
        call=call,
        prefect_run_id=prefect_run_id,
    )
