"""How often the health checks alarm while all is well, and how soon they see a source go silent.

python -m benchmarks.alarms [--pasts 10] [--step-hours 1]

Each past is made up (benchmarks.history): twelve sources, all well, from the first article on. The
checks look at it as they would have looked at the time, from the empty warehouse to the end. For
the silences, what a source published from some moment on is taken out.
"""

import json
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import click
import pyarrow.compute as pc

from benchmarks.history import SMALL, Facts, make, present
from benchmarks.history.plan import Plan
from benchmarks.history.rewind import Rewound, hours_between
from warehouse.health import Health

DAYS = 58
RATES = (100.0, 30.0, 10.0, 3.0, 1.0)
"""Articles a day of the sources that fall silent."""
LONGEST_HOURS = 24 * 20


def healthy(seed: int, step_hours: float, now: datetime) -> tuple[Counter[str], Counter[str], int]:
    """Return how often each check was not well, how often it began to be so, and the moments."""
    size = replace(SMALL, days=DAYS, seed=seed)
    times, began = Counter[str](), Counter[str]()
    moments = hours_between(now - timedelta(days=DAYS), now, step_hours)
    before: set[str] = set()
    with Rewound(make(size, now)) as news:
        for moment in moments:
            news.go_to(moment)
            odd = {n for n, f in news.findings().items() if f.status is not Health.OK}
            for name in odd - before:
                reason = news.finding(name).reason
                click.echo(f"  {seed} {moment:%a %m-%d %H:%M} {name}: {reason}", err=True)
            times.update(odd)
            began.update(odd - before)
            before = odd
    return times, began, len(moments)


def noticed_after(rate: float, seed: int, now: datetime) -> float | None:
    """Return the hours from the first missing article until a silence is told, None if never."""
    size = replace(SMALL, sources=1, articles_a_day=rate, seed=seed, days=60)
    silent_from = now - timedelta(hours=LONGEST_HOURS - 7 * (seed % 24))
    name = Plan(size, now).sources[0].name
    facts = without_new(make(size, now), name, silent_from)
    with Rewound(facts) as news:
        low, high = 0, LONGEST_HOURS - 7 * 24
        while low < high:
            middle = (low + high) // 2
            news.go_to(silent_from + timedelta(hours=middle))
            if news.finding("silent_sources").status is Health.OK:
                low = middle + 1
            else:
                high = middle
        return low if low < LONGEST_HOURS - 7 * 24 else None


def without_new(facts: Facts, source: str, since: datetime) -> Facts:
    """Return the facts as if a source had published nothing from a moment on."""
    events = facts["item_events"]
    gone = pc.and_(pc.equal(events["source"], source), pc.greater(events["seen_at"], since))
    return facts | {"item_events": events.filter(pc.invert(gone))}


@click.command("alarms")
@click.option("--pasts", default=10, show_default=True, help="So many pasts are looked at.")
@click.option("--step-hours", default=1.0, show_default=True, help="From one look to the next.")
@click.option("--silences", default=12, show_default=True, help="So many are made of each rate.")
@click.option("--first-seed", default=1, show_default=True, help="Others give other pasts.")
def main(pasts: int, step_hours: float, silences: int, first_seed: int) -> None:
    """Measure false alarms and the time to notice a silence; print JSON."""
    now = present()
    times, began, looks = Counter[str](), Counter[str](), 0
    for seed in range(first_seed, first_seed + pasts):
        some, beginnings, count = healthy(seed, step_hours, now)
        times, began, looks = times + some, began + beginnings, looks + count
    months = pasts * DAYS / 30
    noticed = {}
    for rate in RATES:
        hours = [noticed_after(rate, first_seed + number, now) for number in range(silences)]
        noticed[f"{rate:g} a day"] = sorted(-1.0 if hour is None else hour for hour in hours)
    click.echo(json.dumps({
        "looks": looks, "months": round(months, 1), "alarms": sum(began.values()),
        "alarms_a_month": round(sum(began.values()) / months, 2) if months else None,
        "share_not_well": {n: round(c / max(looks, 1), 5) for n, c in times.most_common()},
        "alarms_by_check": dict(began.most_common()),
        "hours_until_noticed": noticed,
    }, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
