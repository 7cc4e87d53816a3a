"""Stories under strain: templates, footers, identical and huge texts, and very many articles.

    python -m benchmarks.story_strain CASE DATA

Prints what it measured as JSON. A case is run in a process of its own, for its peak memory.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks import processes, story_sets
from benchmarks.story_engines import WINDOW_DAYS, grouped
from benchmarks.story_sets import NewsSet
from newsloom import stories

POLITICS = "politics_10k.jsonl.gz"
REPORTS, PAGES, IDENTICAL, UNTITLED = 500, 1_000, 10_000, 1_000
HUGE_BYTES = 5_000_000
BODY_WORDS = 150
FOOTER = (
    "Subscribe to the Harbour Gazette and get the morning letter with everything that matters on "
    "the coast, in your inbox before six. The Harbour Gazette has reported from the port, the town "
    "hall and the fishing villages since 1887 and belongs to its readers, who own it as a "
    "cooperative. Our newsroom is in Quayside Lane 12; call the duty editor with tips, complaints "
    "or corrections at any hour. All rights reserved, the use of texts and pictures for machine "
    "learning is forbidden without a licence. Imprint, privacy, cookies, jobs, advertising, terms."
)


class Strain(NamedTuple):
    """What a case came to. `cpu_seconds`, by steps, and the peak memory, of all its processes."""

    case: str
    articles: int
    largest_story: int
    stories: int
    cpu_seconds: dict[str, float]
    counts: dict[str, int] = {}  # noqa: RUF012 (never changed)
    wall_seconds: float = 0.0
    peak_bytes: int = 0


def weather(data: Path) -> NewsSet:
    """Return a report a day, all of one template."""
    random = np.random.default_rng(1)
    skies = ("sunny", "cloudy", "rainy", "windy", "foggy", "stormy")
    rows = []
    for day in range(REPORTS):
        when = datetime(2024, 1, 1) + timedelta(days=day)
        low, sky = int(random.integers(-5, 20)), skies[int(random.integers(6))]
        text = (
            f"It will be {sky} along the coast on {when:%A}, the office at Port Alma said. "
            f"Temperatures will range from {low} to {low + 8} degrees Celsius, and the wind will "
            f"reach {int(random.integers(5, 90))} kilometres an hour in the Bay of Marren. "
            f"The chance of rain is {int(random.integers(101))} percent. Boats should keep to the "
            f"advice of the harbour master. The sun rises at {int(random.integers(5, 8))} and sets "
            f"at {int(random.integers(17, 21))}. Tomorrow will be {skies[int(random.integers(6))]}."
        )
        rows.append({"title": f"Weather for {when:%A}, {when:%d %B}", "text": text, "date": when})
    return story_sets.news("weather", rows)


def footer(data: Path) -> NewsSet:
    """Return pages of one site: real articles, cut short, each with the same long footer."""
    pages = _politics(data, PAGES).without(words=BODY_WORDS)
    texts = [f"{text}\n{FOOTER}" for text in pages.texts]
    return NewsSet(**{**pages.__dict__, "texts": texts})


def no_footer(data: Path) -> NewsSet:
    """Return the same pages without the footer, to compare."""
    return _politics(data, PAGES).without(words=BODY_WORDS)


def identical(data: Path) -> NewsSet:
    """Return one text many times; in the product, copies are gone before stories are made."""
    one = _politics(data, 1).without(words=BODY_WORDS)
    row = {"title": one.titles[0], "text": one.texts[0], "date": one.moments[0]}
    return story_sets.news("identical", [row] * IDENTICAL)


def huge(data: Path) -> NewsSet:
    """Return one text of megabytes among a few usual ones."""
    rows = _rows(data, 2_000)
    text = "\n".join(row["text"] or "" for row in rows)
    while len(text.encode()) < HUGE_BYTES:
        text += "\n" + text
    big = {
        "title": "Everything at once",
        "text": text.encode()[:HUGE_BYTES].decode(errors="ignore"),
    }
    return story_sets.news("huge", [big, *rows[:100]])


def untitled(data: Path) -> NewsSet:
    """Return articles without their headlines."""
    return _politics(data, UNTITLED).without(titles=True)


def _politics(data: Path, count: int) -> NewsSet:
    return story_sets.news("politics", _rows(data, count))


def _rows(data: Path, count: int) -> list[dict[str, Any]]:
    return story_sets.rows(data / "bulk" / POLITICS)[:count]


CASES: dict[str, tuple[Callable[[Path], NewsSet], str]] = {
    "weather": (weather, f"{REPORTS} daily weather reports of one template"),
    "no_footer": (no_footer, f"{PAGES:,} short pages of one site"),
    "footer": (footer, f"{PAGES:,} short pages of one site, one footer"),
    "identical": (identical, f"{IDENTICAL:,} identical texts"),
    "huge": (huge, "a text of 5 MB among 100 usual ones"),
    "untitled": (untitled, f"{UNTITLED:,} articles without headlines"),
}


def measure(case: str, given: NewsSet) -> Strain:
    """Sign, link and cluster in this process."""
    model, clock = stories.load(), Clock()
    table = story_sets.profiles(given)
    clock.lap("sign")
    edges = stories.link(table, table.slice(0, 0), WINDOW_DAYS, model)
    clock.lap("link")
    sizes = Counter(grouped(table, edges, model).tolist())
    clock.lap("cluster")
    return Strain(case, len(given), max(sizes.values()), len(sizes), clock.laps)


class Clock:
    """Processor seconds, of this process and ended children, of the steps that follow each other.

    Unlike wall time, they hardly depend on what else the machine does.
    """

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._since = self._now()

    def lap(self, name: str) -> None:
        """End a step."""
        now = self._now()
        self.laps[name], self._since = now - self._since, now

    def _now(self) -> float:
        return sum(os.times()[:4])


def run(case: str, data: Path) -> Strain:
    """Run a case, or "scale", in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.story_strain", case, str(data.absolute())]
    done = processes.run(command, dict(os.environ))
    if done.exit_code:
        raise RuntimeError(f"{case} failed: {done.errors.strip()[-1500:]}")
    found = Strain(**json.loads(done.output))
    return found._replace(wall_seconds=done.wall_seconds, peak_bytes=done.peak_bytes)


def main() -> None:
    """Run one case and print what it came to."""
    case, data = sys.argv[1], Path(sys.argv[2])
    if case == "scale":
        from benchmarks.story_scale import scale

        found = scale(data)
    else:
        found = measure(case, CASES[case][0](data))
    print(json.dumps(found._asdict()))


if __name__ == "__main__":
    main()
