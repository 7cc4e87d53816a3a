"""The progress bar of a long run: stage, count, rate and time left, on standard error."""

import sys
import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from cli.output import span

_STAGE_WORDS = {
    "discover": "reading",
    "recognise": "recognising known inputs",
    "fetch": "fetching pages",
    "extract": "extracting",
    "compare": "looking for copies",
    "tag": "tagging entities",
    "decide": "deciding",
    "copies": "settling copies",
    "stories": "finding stories",
    "load": "writing",
}
_LOG_SECONDS = 15.0


class Bar:
    """A watcher of a flow. On a terminal a live bar; elsewhere a line every 15 seconds."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._console = Console(stderr=True, highlight=False)
        self._live = sys.stderr.isatty() and not quiet
        self._quiet = quiet
        self._began = self._logged = 0.0  # at the first stage, not while an orchestrator starts
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description:<26}"),
            BarColumn(bar_width=28),
            TextColumn("{task.fields[figures]}"),
            TimeElapsedColumn(),
            console=self._console,
            disable=not self._live,
            transient=True,
        )
        self._task = self._progress.add_task("starting", total=None, figures="")

    def __enter__(self) -> "Bar":
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def say(self, line: str) -> None:
        """Print a line above the bar."""
        if not self._quiet:
            self._console.print(Text(line), style="dim", soft_wrap=True)

    def stage(self, name: str, rows: int) -> None:
        """Show the stage that begins."""
        if not self._began:
            self._began = self._logged = time.monotonic()
        words = _STAGE_WORDS.get(name, name)
        self._progress.update(self._task, description=f"{words} {rows}" if rows else words)

    def batch(self, items: int, bytes_done: int, bytes_total: int | None) -> None:
        """Show how far the run is, how fast it goes and how long it still takes."""
        seconds = time.monotonic() - self._began
        figures = f"{items:,} items  {items / max(seconds, 0.001):,.0f}/s"
        if bytes_total and bytes_done:
            left = seconds * max(bytes_total - bytes_done, 0) / bytes_done
            figures += f"  {span(left)} left"
            self._progress.update(self._task, total=bytes_total, completed=bytes_done)
        self._progress.update(self._task, figures=figures)
        if not self._live and time.monotonic() - self._logged > _LOG_SECONDS:
            self._logged = time.monotonic()
            self.say(figures)
