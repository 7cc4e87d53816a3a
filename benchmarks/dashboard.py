"""How quickly the dashboard answers over a large warehouse, and what memory that takes.

    python -m benchmarks.dashboard [--warehouse DIR]

The warehouse is made up (benchmarks.history: 500 sources, 100,000 articles, 10,000 runs) and kept
for some hours, as the checks compare with the present. The real `newsloom dashboard` is started on
it, its pages are found by its own links, and each is asked for many times, in random order, over
one connection. The very first requests are told apart. Memory is that of the process, pages shared
with others divided among them (on Linux). A query in the SQL box has a process of its own, with a
limit of its own (`sql_memory`): what both take together at the most is told, too.

No peer shows such pages. What can be compared is the ground under them: the same SQL on the same
published file in a bare DuckDB, for the views that the pages show (`plain`).
"""

import json
import os
import random
import re
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import click
import duckdb
import httpx

from benchmarks.history import LARGE, SMALL, Size, write
from benchmarks.processes import NEWSLOOM, ROOT, Watch
from benchmarks.start import Failed, Figure, table

WAREHOUSE = ROOT / "build" / "history"
FRESH_SECONDS = 3 * 3600
"""A past older than this is made anew: everything would be silent in it."""
MEDIAN_MS, SLOW_MS, PAGE_KB = 300.0, 800.0, 300.0
MEMORY_BYTES = 500_000_000
PAGES, OF_A_KIND = 120, 3
NO_PAGES = ("/data/", "/sql?q")
"""Downloads have all rows, and an SQL query takes what it takes: the figures are for pages."""
START_SECONDS = 120.0
VIEWS = ("articles", "stories", "sources", "runs", "source_health", "rejects", "checks")


@dataclass
class Answers:
    """What came of the requests for pages of one kind."""

    cold: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    size: int = 0


class _Links(HTMLParser):
    """Collects where a page leads to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note the links, pictures and scripts."""
        self.found += [value for name, value in attributes if name in ("href", "src") and value]


def past(folder: Path, size: Size) -> None:
    """Make the warehouse, where there is none of late."""
    file = folder / "news.duckdb"
    if file.is_file() and time.time() - file.stat().st_mtime < FRESH_SECONDS:
        return
    if folder.exists() and not (folder / "made-up").exists():
        raise Failed(f"{folder} is not of this benchmark's making; it is left alone.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "made-up").touch()
    write(folder, size)


@contextmanager
def dashboard(warehouse: Path) -> Iterator[tuple[str, Watch, float]]:
    """Run the dashboard; yield its address, the watch of its memory, the seconds to its start."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("PREFECT_", "NEWSLOOM_"))}
    command = [*NEWSLOOM, "dashboard", "--port", "0", "--warehouse", str(warehouse)]
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=kept | {"PYTHONUNBUFFERED": "1", "COLUMNS": "500"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as process:  # fmt: skip
        watch = Watch(process.pid)
        watch.start()
        try:
            yield _address(process), watch, time.perf_counter() - began
        finally:
            watch.stop()
            process.terminate()
            process.communicate(timeout=30)


def _address(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    told = ""
    for line in process.stdout:
        told += line
        if found := re.search(r"http://[\w.\[\]:]+", line):
            return found[0]
    raise Failed(f"The dashboard did not start: {told}")


def crawl(client: httpx.Client, start: str = "/") -> tuple[dict[str, Answers], list[str]]:
    """Follow the pages' own links, a few of each kind.

    Returns the first answers by path, and the paths that lead nowhere.
    """
    waiting, seen, kinds = [start], {start}, dict[str, int]()
    answers: dict[str, Answers] = {}
    dead: list[str] = []
    while waiting and len(answers) < PAGES:
        path = waiting.pop(0)
        seconds, response = _get(client, path)
        if response.status_code != httpx.codes.OK:
            dead.append(path)
            continue
        answers[path] = Answers(cold=[seconds], size=_sent(response))
        if "html" not in response.headers.get("content-type", ""):
            continue
        for link in _Links(response.text).found:
            there = urlsplit(urldefrag(urljoin(str(response.url), link))[0])
            if there.netloc != urlsplit(str(response.url)).netloc:
                continue
            found = there.path + (f"?{there.query}" if there.query else "")
            if found not in seen and kinds.get(kind(found), 0) < OF_A_KIND:
                seen.add(found)
                kinds[kind(found)] = kinds.get(kind(found), 0) + 1
                waiting.append(found)
    return answers, dead


def kind(path: str) -> str:
    """Return what pages of one making have in common: their path without names, their questions."""
    parts = urlsplit(path)
    first, *others = [part for part in parts.path.split("/") if part] or [""]
    names = sorted({pair.partition("=")[0] for pair in parts.query.split("&") if pair})
    ending = Path(others[-1]).suffix if others else ""
    shown = f"/{first}" + (f"/…{ending}" if others else "")
    return shown + (f"?{'&'.join(names)}" if names else "")


def _get(client: httpx.Client, path: str) -> tuple[float, httpx.Response]:
    began = time.perf_counter()
    response = client.get(path)
    return time.perf_counter() - began, response


def _sent(response: httpx.Response) -> int:
    """Return the bytes on the wire, packed where the server packs them."""
    return int(response.headers.get("content-length", len(response.content)))


def ask(client: httpx.Client, found: dict[str, Answers], rounds: int) -> None:
    """Ask for every page so many times, in random order."""
    paths = sorted(found) * rounds
    random.Random(1).shuffle(paths)
    for path in paths:
        seconds, response = _get(client, path)
        if response.status_code != httpx.codes.OK:
            raise Failed(f"{path} answers {response.status_code}.")
        found[path].warm.append(seconds)


def by_kind(found: dict[str, Answers]) -> dict[str, Answers]:
    """Return the answers of pages of one making together; the size is that of the largest."""
    kinds: dict[str, Answers] = {}
    for path, answers in found.items():
        of = kinds.setdefault(kind(path), Answers())
        of.cold += answers.cold
        of.warm += answers.warm
        of.size = max(of.size, answers.size)
    return kinds


def figures(found: dict[str, Answers]) -> Iterable[Figure]:
    """Yield the figures of each kind of page."""
    for name, of in sorted(by_kind(found).items()):
        median, slow = statistics.median(of.warm) * 1e3, _quantile(of.warm, 0.95) * 1e3
        if name.startswith(NO_PAGES):
            yield Figure(f"{name}: median", median, "ms")
            yield Figure(f"{name}: 95 %", slow, "ms")
            continue
        yield Figure(f"{name}: median", median, "ms", MEDIAN_MS, median <= MEDIAN_MS)
        yield Figure(f"{name}: 95 %", slow, "ms", SLOW_MS, slow <= SLOW_MS)
        yield Figure(f"{name}: first request", max(of.cold) * 1e3, "ms")
        yield Figure(f"{name}: sent", of.size / 1e3, "kB", PAGE_KB, of.size / 1e3 <= PAGE_KB)


def _quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]


def plain(warehouse: Path) -> Iterable[Figure]:
    """Yield how long a bare DuckDB takes for whole views of the published file."""
    with duckdb.connect(str(warehouse / "news.duckdb"), read_only=True) as connection:
        for view in VIEWS:
            began = time.perf_counter()
            connection.execute(f"SELECT count(COLUMNS(*)) FROM {view}").fetchall()
            yield Figure(f"plain DuckDB: {view}", time.perf_counter() - began, "s")


@click.command("dashboard")
@click.option("--warehouse", default=WAREHOUSE, type=click.Path(path_type=Path), metavar="DIR",
              show_default=True, help="Where the made-up warehouse is, or is to be.")  # fmt: skip
@click.option("--rounds", default=20, show_default=True, help="Requests for each page.")
@click.option("--short", is_flag=True, help="A small warehouse, two rounds: does it work at all?")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")
def main(warehouse: Path, rounds: int, short: bool, as_json: bool) -> None:
    """Measure the dashboard. The exit code says whether it could be measured."""
    past(warehouse, SMALL if short else LARGE)
    load = os.getloadavg()[0]
    with dashboard(warehouse) as (address, watch, start):
        with httpx.Client(base_url=address, timeout=START_SECONDS, trust_env=False) as client:
            found, dead = crawl(client)
            ask(client, found, 2 if short else rounds)
        peak, whole = watch.root_peak_bytes, watch.peak_bytes
    measured = [
        Figure("start to first answer", start, "s"),
        Figure("peak memory", peak, "B", MEMORY_BYTES, peak <= MEMORY_BYTES),
        Figure("peak memory, SQL box at work", whole, "B"),
        Figure("pages", len(found), ""),
        Figure("links that lead nowhere", len(dead), "", 0, not dead),
        *figures(found),
        *plain(warehouse),
    ]
    if as_json:
        shown = [figure._asdict() for figure in measured]
        click.echo(json.dumps({"load": load, "figures": shown}, indent=2))
        return
    for path in dead:
        click.echo(f"leads nowhere: {path}", err=True)
    click.echo(f"load {load:.1f} before; {len(found)} pages, {rounds} requests each")
    click.echo(table(measured))


if __name__ == "__main__":
    main()
