"""What a source would bring: its latest entries, and one of them read to the end."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
from rich.console import Console
from rich.text import Text

from cli.output import fitted, grid, shown
from cli.storyview import count, headline
from newsloom import clock
from newsloom.discover.batches import batches
from newsloom.fetch import Hosts, fetch
from newsloom.listings import Entry
from newsloom.prepare import prepare
from newsloom.settings import Settings
from newsloom.sources import Source
from newsloom.sources.finding import Offer
from newsloom.sources.reading import Reading, chosen, item

MOST_ENTRIES = 6


def as_dict(
    source: Source,
    reading: Reading,
    settings: Settings,
    hosts: Hosts,
    others: Sequence[Offer] = (),
) -> dict[str, Any]:
    """Return what there is to see for a program."""
    taken = chosen(reading.entries, source, clock.now(), settings.poll)
    return {
        "source": source.name,
        "kind": source.kind,
        "address": source.address,
        "reason": reading.reason,
        "detail": reading.detail,
        "entries": [
            {"url": entry.url, "title": entry.title, "published_at": date} for entry, date in taken
        ],
        "sample": _sample(source, taken[0][0], settings, hosts) if taken else None,
        "other_addresses": [offer.address for offer in others],
    }


def print_preview(
    out: Console,
    source: Source,
    reading: Reading,
    settings: Settings,
    hosts: Hosts,
    others: Sequence[str],
) -> None:
    """Print it for a person."""
    out.print(Text.assemble(("Source  ", "bold cyan"), (source.name, "bold")), soft_wrap=True)
    facts: list[tuple[str, object]] = [("kind", source.kind), ("address", source.address)]
    facts += [("also there", address) for address in others[:3]]
    if reading.reason:
        facts.append(("failed", Text(f"{reading.reason}: {reading.detail}", style="yellow")))
    taken = chosen(reading.entries, source, clock.now(), settings.poll)
    facts.append(("entries", f"{len(taken):,} of {len(reading.entries):,} would be taken up"))
    out.print(grid(facts))
    if not taken:
        return
    out.print()
    rows = [(date, headline(entry.title or entry.url or "")) for entry, date in taken]
    out.print(grid(fitted(rows[:MOST_ENTRIES], 1, out.width - 4), indent=4))
    if len(rows) > MOST_ENTRIES:
        out.print(f"    … and {len(rows) - MOST_ENTRIES:,} more", style="dim")
    _print_sample(out, _sample(source, taken[0][0], settings, hosts))


def _print_sample(out: Console, sample: dict[str, Any]) -> None:
    out.print()
    if sample["reason"]:
        out.print(Text.assemble("  The latest would be rejected: ", (sample["reason"], "yellow")))
        out.print(Text.assemble("    ", shown(sample["detail"])), style="dim")
        return
    out.print("  The latest, read to the end", style="dim")
    out.print(
        grid(
            [
                ("headline", headline(sample["title"])),
                ("published", sample["published_at"] or "undated"),
                ("authors", sample["authors"] or None),
                ("language", sample["language"]),
                ("length", count(sample["word_count"], "word")),
                ("text", shown(sample["text"], 160)),
            ],
            indent=4,
        )
    )


def _sample(source: Source, entry: Entry, settings: Settings, hosts: Hosts) -> dict[str, Any]:
    """Return the article in an entry, or the reject that it would be."""
    items = pa.concat_tables(batches([item(entry, source)], settings.ingest, None))
    documents, _ = prepare(fetch(items, settings, hosts), settings)
    row: dict[str, Any] = documents.to_pylist()[0]
    names = ("reason", "detail", "title", "published_at", "authors", "language", "word_count",
             "text", "canonical_url")  # fmt: skip
    return {name: row[name] for name in names}
