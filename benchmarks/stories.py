"""How well stories are found, beside peers on the same texts; and what strain and size cost.

    python -m benchmarks.stories DATA

Newsloom's figures are held out: for each set, the model is learned without it (the features, how
much a crowd counts and where the cut is were settled with such scores in sight, though). The sets
`allsides` and `excerpts` come from one collection, so both are left out at once as well. The peers
have one setting for all sets, the best on their labels. No change may lower BCubed F1 below the
floors of floors.json.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from benchmarks import story_engines, story_report, story_sets, story_strain, story_training
from benchmarks.story_engines import Grouped
from benchmarks.story_margins import Margin, margins
from benchmarks.story_measures import Agreement, agreement
from benchmarks.story_sets import NewsSet
from newsloom import stories

FLOORS_FILE = Path(__file__).with_name("floors.json")
ONE_COLLECTION = ("allsides", "excerpts")


class Measured(NamedTuple):
    """What an engine came to on a set. `floor` is that of BCubed F1, None without one."""

    set: str
    engine: str
    articles: int
    found: Agreement
    cpu_seconds: float
    floor: float | None = None

    @property
    def met(self) -> bool:
        """Tell whether there is no floor, or it is reached."""
        return self.floor is None or self.found.bcubed_f1 >= self.floor


def floors() -> dict[str, float]:
    """Return the least BCubed F1 of each set."""
    read: dict[str, float] = json.loads(FLOORS_FILE.read_text("utf-8"))["stories"]
    return read


def measured(given: NewsSet, engine: str, grouped: Grouped, floor: float | None = None) -> Measured:
    """Compare what an engine found with the labels."""
    found = agreement(given.labels, grouped.groups)
    return Measured(given.name, engine, len(given), found, grouped.cpu_seconds, floor)


def held_out(sets: Sequence[NewsSet], lessons: list[story_training.Lesson]) -> Iterator[Measured]:
    """Measure Newsloom on each set, by models that have not seen it."""
    least = floors()
    for given in sets:
        model = story_training.learn(lessons, without=[given.name])
        grouped = story_engines.newsloom(given, model)
        yield measured(given, "Newsloom", grouped, least[given.name])
    neither = story_training.learn(lessons, without=ONE_COLLECTION)
    for given in sets:
        if given.name in ONE_COLLECTION:
            grouped = story_engines.newsloom(given, neither)
            yield measured(given, "Newsloom, both unseen", grouped)


def beside(sets: Sequence[NewsSet]) -> Iterator[Measured]:
    """Measure the peers that are installed."""
    for engine, (peer, module) in story_engines.PEERS.items():
        if not story_engines.installed(module):
            click.echo(f"skipped: {engine} ({module} is not installed; see `make help`)", err=True)
            continue
        for given, grouped in zip(sets, peer(sets), strict=True):
            yield measured(given, engine, grouped)


def quality_table(found: Iterable[Measured]) -> str:
    """Return the lines, set by set."""
    order = list(story_sets.LABELLED)
    rows = [
        story_report.quality_row(*line)
        for line in sorted(found, key=lambda line: order.index(line.set))
    ]
    return story_report.aligned(story_report.QUALITY_HEAD, rows, left=2)


def as_json(lines: Iterable[Measured], rest: Mapping[str, Iterable[Any]]) -> str:
    """Return everything for a program."""
    quality = [{**line._asdict(), "found": line.found._asdict()} for line in lines]
    others = {name: [row._asdict() for row in rows] for name, rows in rest.items()}
    return json.dumps({"quality": quality, **others}, indent=2)


def missing(data: Path | None) -> str | None:
    """Return what to tell who named no folder, or one that lacks a file."""
    if data is None:
        return "Name the folder of the public research data: make bench-stories DATA=FOLDER"
    wanted = [f"stories/{name}" for name in (*story_sets.LABELLED.values(), story_sets.PAIRS)]
    wanted += [f"bulk/{story_training.POLITICS}"]
    absent = [name for name in wanted if not (data / name).is_file()]
    if not absent:
        return None
    return (
        f"There is no {absent[0]} in {data}. "
        "Name the folder of the public research data: make bench-stories DATA=FOLDER"
    )


@click.command("stories")
@click.argument("data", type=click.Path(path_type=Path), required=False)
@click.option("--peers/--no-peers", default=True, help="Measure the peers as well.")
@click.option("--strain/--no-strain", default=True, help="Measure templates, footers and the like.")
@click.option("--scale/--no-scale", default=True, help="Measure all articles at once: minutes.")
@click.option("--json", "json_file", metavar="FILE", type=click.Path(path_type=Path),
              help="Write everything to a file for a program, too.")  # fmt: skip
def main(data: Path | None, peers: bool, strain: bool, scale: bool, json_file: Path | None) -> None:
    """Measure stories on the labelled sets in DATA. The exit code says whether floors were met."""
    if problem := missing(data):
        raise click.ClickException(problem)
    assert data
    click.echo(f"load {os.getloadavg()[0]:.1f} before; texts from {data}")
    seen: list[Margin] = margins(stories.load())
    click.echo(f"\n{story_report.margin_table(seen)}\n")
    sets = [story_sets.labelled(data, name) for name in story_sets.LABELLED]
    click.echo("learning from all sets but one, for each …", err=True)
    lines = list(held_out(sets, story_training.lessons(data)))
    if peers:
        lines += beside(sets)
    click.echo(quality_table(lines))
    if peers:
        click.echo(f"embeddings: {story_engines.EMBEDDING}")
    strains = [story_strain.run(case, data) for case in story_strain.CASES] if strain else []
    if strains:
        click.echo(f"\n{story_report.strain_table(strains)}")
    largest = [story_strain.run("scale", data)] if scale else []
    for found in largest:
        click.echo(f"\n{story_report.scale_table(found)}")
    if json_file:
        rest: dict[str, list[Any]] = {"margins": seen, "strain": strains, "scale": largest}
        json_file.write_text(as_json(lines, rest), encoding="utf-8")
    sys.exit(not all(line.met for line in lines))


if __name__ == "__main__":
    main()
