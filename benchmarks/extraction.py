"""How well, and how fast, articles are read off real pages, beside plain trafilatura.

    python -m benchmarks.extraction DATA

DATA holds pages of many publishers with their text, headline, date and authors as checked by hand.
Both programs get the same bytes and no address. Publishers are split in two by their names alone:
the rules were made with the figures of one half in sight only, so the other half says how they
hold elsewhere. The floors that no change may lower are in floors.json.
"""

import json
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from benchmarks.extraction_measures import MEASURES, Marks, marks, mean
from benchmarks.extraction_pages import FOLDER, READERS, Page, Reader, load

FLOORS: dict[str, float] = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))[
    "extraction"
]
OURS = "newsloom"
HALVES = ("all", "half in sight", "half held back")


class Read(NamedTuple):
    """What one program made of the pages."""

    marks: list[Marks]
    pages_per_second: float  # of processor time, one core


def in_sight(page: Page) -> bool:
    """Tell whether a page's publisher is of the half that the rules were made with."""
    return zlib.crc32(page.publisher.encode()) % 2 == 0


def read(pages: Sequence[Page], reader: Reader) -> Read:
    """Let a program read all pages."""
    reader(pages[0].content)  # loads its libraries
    began = time.process_time()
    answers = [reader(page.content) for page in pages]
    seconds = time.process_time() - began
    found = [
        marks(page.gold, answer, with_authors=page.has_authors)
        for page, answer in zip(pages, answers, strict=True)
    ]
    return Read(found, len(pages) / seconds)


def report(data: Path) -> dict[str, Any]:
    """Measure every program on all pages and on the two halves."""
    pages = load(data)
    done = {name: read(pages, reader) for name, reader in READERS.items()}
    sight = [in_sight(page) for page in pages]
    chosen = ([True] * len(pages), sight, [not here for here in sight])
    figures = {
        half: {name: _means(found.marks, keep) for name, found in done.items()}
        for half, keep in zip(HALVES, chosen, strict=True)
    }
    return {
        "pages": dict(zip(HALVES, map(sum, chosen), strict=True)),
        "publishers": len({page.publisher for page in pages}),
        "figures": figures,
        "pages_per_second": {name: found.pages_per_second for name, found in done.items()},
        "below": failures(figures["all"]),
    }


def _means(found: Sequence[Marks], keep: Sequence[bool]) -> dict[str, float]:
    kept = [m for m, wanted in zip(found, keep, strict=True) if wanted]
    return {measure: mean(kept, measure) for measure in MEASURES}


def failures(figures: dict[str, dict[str, float]]) -> list[str]:
    """Return, in words, where Newsloom is below a floor or no better than a peer."""
    ours = figures[OURS]
    below = [
        f"{measure} is {ours[measure]:.4f}, below the floor of {FLOORS[measure]:g}"
        for measure in MEASURES
        if ours[measure] < FLOORS[measure]
    ]
    return below + [
        f"{measure} is {ours[measure]:.4f}, no better than {peer} with {theirs[measure]:.4f}"
        for peer, theirs in figures.items()
        for measure in MEASURES
        if peer != OURS and ours[measure] <= theirs[measure]
    ]


@click.command()
@click.argument("data", type=click.Path(path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def main(data: Path | None, as_json: bool) -> None:
    """Measure extraction on the pages in DATA/extraction."""
    if data is None or not any(data.glob(f"{FOLDER}/*/*.json")):
        raise click.ClickException(
            f"There is no folder {FOLDER} with pages in {data or 'the folder (none was given)'}. "
            "Name the folder of the public research data: make bench-extraction DATA=DIR"
        )
    found = report(data)
    if as_json:
        click.echo(json.dumps(found, indent=2))
    else:
        _print(found)
    if found["below"]:
        raise click.ClickException("; ".join(found["below"]) + ".")


def _print(found: dict[str, Any]) -> None:
    for half, by_program in found["figures"].items():
        pages = f"{half}: {found['pages'][half]} pages"
        click.echo(f"{pages:30}{'text':>8}{'title':>8}{'date':>8}{'authors':>9}")
        for name, figures in by_program.items():
            text, title, date, authors = (figures[measure] for measure in MEASURES)
            click.echo(f"  {name:28}{text:8.3f}{title:8.3f}{date:8.3f}{authors:9.3f}")
    for name, speed in found["pages_per_second"].items():
        click.echo(f"{name}: {speed:.0f} pages a second and core")


if __name__ == "__main__":
    main()
