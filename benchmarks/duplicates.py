"""How well and how quickly copies are found, beside datasketch and rensa on the same texts.

    python -m benchmarks.duplicates --bulk FOLDER

FOLDER holds real news, JSON Lines packed with gzip with a field `text`; copies are made of it by
controlled edits, and which pairs are copies is known exactly (see duplicates_texts.py). Each engine
runs in a process of its own. The floors that no change may lower are in floors.json.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.duplicates_engines import ENGINES, THRESHOLD, Found
from benchmarks.duplicates_stored import store
from benchmarks.duplicates_texts import Pair, exact, gram_set, write_texts

HERE = Path(__file__).parent
FLOORS: dict[str, Any] = json.loads((HERE / "floors.json").read_text("utf-8"))
SIZES = (10_000, 100_000)
STORED = (10_000, 1_000_000)
NEW = 10_000
COPIES_AMONG_NEW = 0.2
RUNS = 3


class Figure(NamedTuple):
    """One measured value. `floor` is the worst it should be, `met` None where there is none."""

    name: str
    value: float
    unit: str = ""
    floor: str = ""
    met: bool | None = None


class Failed(click.ClickException):
    """Something could not be measured."""


def least(name: str, value: float, key: str, unit: str = "") -> Figure:
    """Return a figure that should reach a floor."""
    return Figure(name, value, unit, f"at least {FLOORS[key]:g}", value >= FLOORS[key])


def most(name: str, value: float, key: str, unit: str = "") -> Figure:
    """Return a figure that should not go beyond a bound."""
    return Figure(name, value, unit, f"at most {FLOORS[key]:g}", value <= FLOORS[key])


def quality(texts: Sequence[str], families: Iterable[Pair], found: Found) -> tuple[float, float]:
    """Return precision and recall of the pairs found at THRESHOLD, by exact sets of strings."""
    known = {(pair.a, pair.b): pair.jaccard for pair in families}
    numbers = {(int(a, 16), int(b, 16)) for a, b in found}
    right = 0
    for a, b in numbers:
        similar = known.get((a, b))
        if similar is None:
            # No edits of one original: texts that were alike to begin with.
            similar, _ = exact(gram_set(texts[a]), gram_set(texts[b]))
        right += similar >= THRESHOLD
    wanted = {pair for pair, jaccard in known.items() if jaccard >= THRESHOLD}
    return right / max(len(numbers), 1), len(wanted & numbers) / max(len(wanted), 1)


def compared(bulk: Path, size: int, engines: Iterable[str], folder: Path) -> list[Figure]:
    """Measure the engines on `size` texts."""
    path = folder / f"texts{size}.parquet"
    families = write_texts(bulk, size, path)
    texts = pq.read_table(path)["text"].to_pylist()
    figures, ours = [], 0.0
    for engine in engines:
        times = RUNS if size <= SIZES[0] else 1
        run = _run("duplicates_engines", engine, path, folder / "result.json", times=times)
        precision, recall = quality(texts, families, [(a, b) for a, b in run["pairs"]])
        name, seconds = f"{size:,} texts, {engine}", run["cpu_seconds"]
        if engine == "newsloom":
            ours = seconds
            figures += [
                least(f"{name}: precision", precision, "precision"),
                least(f"{name}: recall", recall, "recall"),
                Figure(f"{name}: processor", seconds, "s"),
                _peak(f"{name}: peak memory", run["peak_bytes"], size),
            ]
            continue
        key = f"times_{engine.split(',')[0]}"
        figures += [
            Figure(f"{name}: precision", precision),
            Figure(f"{name}: recall", recall),
            Figure(f"{name}: processor", seconds, "s"),
            least(f"{name}: times Newsloom's", seconds / ours, key, "x"),
            Figure(f"{name}: peak memory", run["peak_bytes"] / 1e6, "MB"),
        ]
    return figures


def _peak(name: str, peak: int, size: int) -> Figure:
    if size < SIZES[-1]:
        return Figure(name, peak / 1e6, "MB")
    most_bytes = FLOORS["peak_bytes_100k"]
    return Figure(name, peak / 1e6, "MB", f"at most {most_bytes / 1e6:g}", peak <= most_bytes)


def stored(bulk: Path, folder: Path) -> list[Figure]:
    """Measure new texts against few and many stored ones."""
    copies = round(NEW * COPIES_AMONG_NEW)
    all_texts = folder / "all.parquet"
    write_texts(bulk, 2 * NEW, all_texts)
    table = pq.read_table(all_texts)
    # Originals come first, edits last: the new ones are a part of either.
    new = pa.concat_tables([table.slice(0, NEW - copies), table.slice(2 * NEW - copies)])
    real = table.slice(NEW - copies, NEW // 5)
    pq.write_table(new, folder / "new.parquet")
    runs = []
    for count in STORED:
        store(folder / f"lake{count}", real, count)
        made = folder / f"lake{count}"
        runs.append(_run("duplicates_stored", made, folder / "new.parquet", folder / "result.json"))
    few, many = runs
    name = f"{NEW:,} new against {STORED[1]:,} stored"
    limit = FLOORS["stored_peak_bytes"]
    return [
        Figure(f"{NEW:,} new against {STORED[0]:,} stored: processor", few["cpu_seconds"], "s"),
        most(f"{name}: processor", many["cpu_seconds"], "stored_cpu_seconds", "s"),
        Figure(f"{name}: peak memory", many["peak_bytes"] / 1e6, "MB",
               f"at most {limit / 1e6:g}", many["peak_bytes"] <= limit),
        most("growth of the time from few to many stored",
             many["cpu_seconds"] / few["cpu_seconds"], "stored_growth", "x"),
    ]  # fmt: skip


def _run(module: str, *arguments: Path | str, times: int = RUNS) -> dict[str, Any]:
    """Measure a module's process; of several runs, the quickest: other programs only slow it."""
    return min(
        (_once(module, *arguments) for _ in range(times)), key=lambda run: run["cpu_seconds"]
    )


def _once(module: str, *arguments: Path | str) -> dict[str, Any]:
    result = Path(arguments[-1])
    result.unlink(missing_ok=True)
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True)
    if done.returncode:
        raise Failed(f"{' '.join(command[2:4])} failed: {done.stderr.strip()[-1500:]}")
    measured: dict[str, Any] = json.loads(result.read_text("utf-8"))
    return measured


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as aligned text."""
    lines = [("FIGURE", "MEASURED", "FLOOR", "")]
    for figure in figures:
        met = {True: "met", False: "not met", None: ""}[figure.met]
        decimals = 4 if not figure.unit else 0 if figure.unit == "MB" else 2
        value = f"{figure.value:,.{decimals}f} {figure.unit}".rstrip()
        lines.append((figure.name, value, figure.floor, met))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        f"{name:<{widths[0]}}  {value:>{widths[1]}}  {floor:<{widths[2]}}  {met}".rstrip()
        for name, value, floor, met in lines
    )


@click.command("duplicates")
@click.option("--bulk", metavar="FOLDER", type=click.Path(path_type=Path), required=True,
              help="Folder of real news, *.jsonl.gz with a field `text`.")  # fmt: skip
@click.option("--sizes", default=",".join(map(str, SIZES)), show_default=True, metavar="N,N",
              help="How many texts to make and compare.")  # fmt: skip
@click.option("--peers/--no-peers", default=True, help="Measure datasketch and rensa as well.")
@click.option("--stored/--no-stored", "with_stored", default=True,
              help="Measure new texts against very many stored ones.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")
def main(bulk: Path, sizes: str, peers: bool, with_stored: bool, as_json: bool) -> None:
    """Measure copies. The exit code says whether all floors were met."""
    if not any(bulk.glob("*.jsonl.gz")):
        raise click.UsageError(f"There is no *.jsonl.gz in {bulk}: name a folder with real news.")
    click.echo(f"load {os.getloadavg()[0]:.1f} before; texts from {bulk}", err=as_json)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in map(int, sizes.split(",")):
            # At the large size a peer that needs a minute tells nothing new.
            engines = list(ENGINES) if peers and size <= SIZES[0] else ["newsloom"]
            figures += compared(bulk, size, engines, Path(folder))
        if with_stored:
            figures += stored(bulk, Path(folder))
    found = [figure._asdict() for figure in figures]
    click.echo(json.dumps(found, indent=2) if as_json else table(figures))
    sys.exit(any(figure.met is False for figure in figures))


if __name__ == "__main__":
    main()
