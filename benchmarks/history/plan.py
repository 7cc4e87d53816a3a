"""What happened when: the sources, their articles by the hour, and the runs that found them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.history.words import LANGUAGES, source_name

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

DAY, HOUR = 86_400.0, 3600.0
LAST_RUN_SECONDS = 100.0
"""So long before the present the last run began; it has ended."""
LONGEST_POLL_SECONDS = 6 * HOUR
WEEKLY_EVERY = 12
"""Of so many sources one publishes on one hour of the week."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much past to make."""

    sources: int
    days: int
    articles_a_day: float
    runs_a_day: int
    seed: int = 1

    @property
    def run_seconds(self) -> float:
        """The time from one run to the next."""
        return DAY / self.runs_a_day

    @property
    def runs(self) -> int:
        """How many there are."""
        return self.days * self.runs_a_day


SMALL = Size(sources=12, days=29, articles_a_day=140, runs_a_day=96)
LARGE = Size(sources=500, days=30, articles_a_day=3_500, runs_a_day=345)


@dataclass(frozen=True, slots=True)
class Source:
    """One source. The folder is not polled, but read by the daily ingest."""

    number: int
    name: str
    language: str
    a_day: float
    every: int
    """It is looked at in every so many runs."""
    words: float
    untitled: float
    undated: float
    folder: bool = False

    @property
    def address(self) -> str:
        """Its feed."""
        return f"https://{self.name}/feed.xml"


class Plan:
    """Times are seconds since `begin`; runs and articles are numbered from 0."""

    def __init__(self, size: Size, now: datetime) -> None:
        self.size = size
        self.now = now
        self.begin = now - timedelta(days=size.days)
        self.chance = np.random.default_rng(size.seed)
        self.sources = self._sources()
        span = size.run_seconds
        last = size.days * DAY - LAST_RUN_SECONDS
        self.run_at: Floats = last - np.arange(size.runs - 1, -1, -1) * np.float64(span)
        self.is_ingest = np.arange(size.runs) % size.runs_a_day == 0
        self.source_of, self.published = self._articles()
        self.run_of = self.found_by(self.source_of, self.published)

    def at(self, seconds: float) -> datetime:
        """Return the moment in UTC."""
        return self.begin + timedelta(seconds=round(float(seconds), 3))

    def found_by(self, source: Ints, seconds: Floats) -> Ints:
        """Return the first run after these moments that looks at these sources; maybe to come."""
        every = np.array([s.every for s in self.sources])[source]
        folder = np.array([s.folder for s in self.sources])[source]
        first = np.ceil((seconds - self.run_at[0]) / self.size.run_seconds).astype(np.int64)
        first = np.maximum(first, 0)
        runs = first + (np.where(folder, 0, source) - first) % every
        # An ingest looks at no source; the poll after it does.
        ingest = runs % self.size.runs_a_day == 0
        return np.asarray(np.where(ingest & ~folder, runs + 1, runs))

    def look_runs(self, source: Source) -> Ints:
        """Return the runs that look at the list of a source."""
        runs = np.arange(source.number % source.every, self.size.runs, source.every)
        runs = np.where(self.is_ingest[runs], runs + 1, runs)
        return runs[runs < self.size.runs]

    def _sources(self) -> list[Source]:
        size, chance = self.size, self.chance
        worth = np.arange(1, size.sources + 1) ** -1.15
        rates = size.articles_a_day * worth / worth.sum()
        made = []
        for number, rate in enumerate(rates.tolist()):
            folder = number == size.sources // 2 and size.sources > 1
            wanted = min(max(DAY / rate / 3, size.run_seconds), LONGEST_POLL_SECONDS)
            made.append(Source(
                number, "wire-drop" if folder else source_name(number),
                LANGUAGES[number % len(LANGUAGES)],
                1 / 7 if self._weekly(number) else rate,
                size.runs_a_day if folder else max(round(wanted / size.run_seconds), 1),
                float(chance.lognormal(5.3, 0.35)), float(chance.beta(1, 80)),
                float(chance.beta(1, 30)), folder,
            ))  # fmt: skip
        return made

    def _weekly(self, number: int) -> bool:
        return number % WEEKLY_EVERY == WEEKLY_EVERY - 1

    def _articles(self) -> tuple[Ints, Floats]:
        """Return the source of each article, and when it was published, in order of that."""
        hours = np.arange(int(self.size.days * 24))
        starts = [self.begin + timedelta(hours=int(hour)) for hour in hours]
        of_day = np.array([t.hour + t.minute / 60 for t in starts])
        of_week = np.array([t.weekday() for t in starts])
        busy = self.chance.gamma(60, 1 / 60, self.size.days)[hours // 24]
        counts = np.stack([
            self._expected(source, of_day, of_week) * busy for source in self.sources
        ])  # fmt: skip
        made = self.chance.poisson(counts)
        for source in self.sources:
            if self._weekly(source.number):
                slot = of_week * 24 + of_day.astype(int)
                made[source.number] = slot == (37 * source.number + 9) % 168
        of, hour = np.divmod(np.repeat(np.arange(made.size), made.ravel()), len(hours))
        published = (hour + self.chance.random(len(hour))) * HOUR
        order = np.argsort(published, kind="stable")
        return of[order], published[order]

    def _expected(self, source: Source, of_day: Floats, of_week: Ints) -> Floats:
        """Return the articles to expect in each hour: quiet nights, quiet weekends."""
        zone = (source.number * 5) % 9 - 2
        local = (of_day + zone) % 24
        day = 0.15 + np.exp(-(((local - 11) / 4.0) ** 2)) + 0.7 * np.exp(-(((local - 17) / 3) ** 2))
        weekend = 0.35 + 0.1 * (source.number % 5)
        profile: Any = np.where(of_week >= 5, weekend, 1.0) * day
        return np.asarray(profile / profile.mean() * source.a_day / 24)
