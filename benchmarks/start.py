"""How quickly an ingest starts, repeats and streams, measured as whole processes.

    python -m benchmarks.start --bulk FILE.jsonl.gz

The first two figures are medians after a warm-up run. Processor seconds stand beside the wall
times, because other programs on the machine lengthen the latter. Memory is that of all processes of
a run together, pages that they share counted once (on Linux; elsewhere in each).
"""

import json
import os
import statistics
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from benchmarks.processes import Measured, newsloom
from benchmarks.rows import write_rows

FIRST_SECONDS = 6.0
REPEAT_SECONDS = 3.0
STREAM_BYTES = 2_000_000_000
RUNS = 5
ROWS = 20_000
SHORT_RUNS, SHORT_ROWS = 1, 120


class Figure(NamedTuple):
    """One measured value. `target` is the most it should be, `met` None where there is none."""

    name: str
    value: float
    unit: str
    target: float | None = None
    met: bool | None = None


class Failed(click.ClickException):
    """A measured process did not do its work, so there is nothing to measure."""


def start_figures(runs: int, warm_up: bool) -> list[Figure]:
    """Measure ingests of seeds/: into a new warehouse, and again with nothing new."""
    with tempfile.TemporaryDirectory() as folder:
        count = runs + warm_up
        places = [Path(folder) / str(number) for number in range(count)]
        first = [_seeds(place, {"new": 2}) for place in places][warm_up:]
        again = [_seeds(places[-1], {"unchanged": 2}) for _ in range(count)][warm_up:]
    return [
        *_figures("first ingest of seeds/", first, FIRST_SECONDS),
        *_figures("repeat, nothing new", again, REPEAT_SECONDS),
    ]


def _figures(name: str, measured: Sequence[Measured], target: float) -> Iterable[Figure]:
    wall = statistics.median(run.wall_seconds for run in measured)
    yield Figure(f"{name}: wall", wall, "s", target, wall <= target)
    yield Figure(f"{name}: processor", statistics.median(run.cpu_seconds for run in measured), "s")
    yield Figure(f"{name}: peak memory", max(run.peak_bytes for run in measured), "B")


def _seeds(warehouse: Path, expected: dict[str, int]) -> Measured:
    measured, report = _ingest("seeds/", warehouse)
    if report["statuses"] != expected:
        raise Failed(f"The ingest of seeds/ gave {report['statuses']}, not {expected}.")
    return measured


def stream_figures(rows: int, bulk: Path | None) -> list[Figure]:
    """Measure one ingest of many rows."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "rows.jsonl"
        count = write_rows(given, rows, bulk)
        measured, report = _ingest(str(given), Path(folder) / "data")
    ended = sum(report["statuses"].values())
    peak = measured.peak_bytes
    return [
        Figure("streaming: rows", count, ""),
        Figure("streaming: wall", measured.wall_seconds, "s"),
        Figure("streaming: processor", measured.cpu_seconds, "s"),
        Figure("streaming: rate", count / measured.wall_seconds, "rows/s"),
        Figure("streaming: peak memory", peak, "B", STREAM_BYTES, peak <= STREAM_BYTES),
        Figure("streaming: items without a status", count - ended, "", 0, count == ended),
    ]


def _ingest(given: str, warehouse: Path) -> tuple[Measured, dict[str, Any]]:
    measured = newsloom("ingest", given, "--direct", "--json", "--warehouse", str(warehouse))
    try:
        report: dict[str, Any] = json.loads(measured.output)
    except ValueError as error:
        raise Failed(f"The ingest failed: {measured.errors.strip()[-2000:]}") from error
    return measured, report


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as aligned text."""
    lines = [("FIGURE", "MEASURED", "TARGET", "")]
    for figure in figures:
        target = "" if figure.target is None else f"at most {_readable(figure, figure.target)}"
        met = {True: "met", False: "not met", None: ""}[figure.met]
        lines.append((figure.name, _readable(figure, figure.value), target, met))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        f"{name:<{widths[0]}}  {measured:>{widths[1]}}  {target:<{widths[2]}}  {met}".rstrip()
        for name, measured, target, met in lines
    )


def _readable(figure: Figure, value: float) -> str:
    if figure.unit == "B":
        return f"{value / 1e9:.2f} GB" if value >= 1e9 else f"{value / 1e6:,.0f} MB"
    decimals = 1 if figure.unit.endswith("s") else 0
    return f"{value:,.{decimals}f} {figure.unit}".rstrip()


def _source(bulk: Path | None) -> str:
    if bulk is None:
        return "made-up text (name real news with --bulk FILE.jsonl.gz)"
    return bulk.name


def _cores() -> int:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return usable or 1


@click.command("start")
@click.option("--bulk", metavar="FILE", type=click.Path(path_type=Path),
              help="Real news to stream, JSON Lines packed with gzip.")  # fmt: skip
@click.option("--rows", type=click.IntRange(1), default=ROWS, show_default=True, metavar="N",
              help="Rows to stream, or as many as the file has.")  # fmt: skip
@click.option("--runs", type=click.IntRange(1), default=RUNS, show_default=True, metavar="N",
              help="Runs that the medians are over.")  # fmt: skip
@click.option("--short", is_flag=True, help="One run of each and few rows: does it work at all?")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")
def main(bulk: Path | None, rows: int, runs: int, short: bool, as_json: bool) -> None:
    """Measure start, repeat and streaming. The exit code says whether it could be measured."""
    if bulk is not None and not bulk.is_file():
        click.echo(f"There is no {bulk}: made-up text is streamed instead.", err=True)
        bulk = None
    if short:
        rows, runs = min(rows, SHORT_ROWS), SHORT_RUNS
    load, cores = os.getloadavg()[0], _cores()
    click.echo(f"{cores} cores, load {load:.1f} before; streaming {_source(bulk)}", err=as_json)
    figures = start_figures(runs, warm_up=not short) + stream_figures(rows, bulk)
    if as_json:
        found = [figure._asdict() for figure in figures]
        click.echo(json.dumps({"cores": cores, "load": load, "figures": found}, indent=2))
    else:
        click.echo(table(figures))


if __name__ == "__main__":
    main()
