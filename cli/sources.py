"""newsloom sources: the list of sources in newsloom.toml, and what each would bring."""

from pathlib import Path
from typing import Any

import click
from rich.text import Text

from cli.output import (
    console,
    fitted,
    json_option,
    listing,
    print_json,
    program,
    shown,
    warehouse_option,
    whole_span,
    with_example,
)  # fmt: skip
from cli.sourcenames import free_name, importable
from cli.sourceview import as_dict, print_preview
from newsloom import clock
from newsloom import settings as settings_
from newsloom.errors import InputError, UsageError, WarehouseMissing
from newsloom.fetch import Hosts
from newsloom.listings import read_opml
from newsloom.settings import FILE_NAME
from newsloom.sources import FIELDS, Source, SourceFile, load
from newsloom.sources.finding import find, look
from newsloom.sources.source import source_of
from newsloom.vocabulary import SourceKind
from warehouse.published import Published

settings_option = click.option(
    "--settings", "settings_file", metavar="FILE", default=Path(FILE_NAME), show_default=True,
    type=click.Path(path_type=Path, dir_okay=False), help="Settings file that lists the sources.",
)  # fmt: skip


@click.group("sources")
def command() -> None:
    """Add, list, test and pause the sources that `newsloom poll` looks at.

    \b
    Example:
      newsloom sources add example.org
      newsloom sources list
    """


@command.command("add")
@click.argument("url")
@click.option("--name", metavar="NAME", help="What to call it.  [default: the feed's title]")
@click.option("--kind", type=click.Choice([str(kind) for kind in SourceKind]),
              help="Take this kind of list where the site has several.")  # fmt: skip
@click.option("--schedule", default=FIELDS["schedule"].default, show_default=True, metavar="TEXT",
              help="adaptive, or fixed: 'every 6 hours'.")  # fmt: skip
@click.option("--language", default="", metavar="CODE", help="Language to expect, such as en.")
@click.option("--country", default="", metavar="CODE", help="Country that it reports from: GB.")
@click.option("--tag", "tags", multiple=True, metavar="WORD", help="Your own word for it.")
@click.option("--paywalled", is_flag=True, help="It has a paywall: suspect stubs sooner.")
@click.option("--content", type=click.Choice(["page", "feed"]), default="page", show_default=True,
              help="Fetch each entry's page, or take the feed's own text.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Only show what it would bring.")
@json_option
@settings_option
@with_example(
    "newsloom sources add example.org --tag local\n"
    "newsloom sources add https://example.org/feed.xml --schedule 'every 6 hours'"
)
def add(
    url: str,
    name: str | None,
    kind: str | None,
    dry_run: bool,
    as_json: bool,
    settings_file: Path,
    **given: Any,
) -> int:
    """Add the feed at an address as a source, and show what it would bring."""
    settings = settings_.load(settings_file if settings_file.is_file() else None)
    hosts = Hosts()
    offers = [o for o in find(url, settings, hosts) if kind in (None, o.kind)]
    if not offers:
        raise UsageError(f"There is no {kind} at {url}.", "Leave --kind out to see what there is.")
    file = SourceFile(settings_file)
    present = file.sources()
    source = source_of(
        {
            **given,
            "tags": list(given["tags"]),
            "name": free_name(offers[0], present) if name is None else name,
            "kind": str(offers[0].kind),
            "address": offers[0].address,
        },
        "the source",
    )
    if not dry_run:
        file.add(source)
    reading = look(source, settings, hosts)
    if as_json:
        print_json(as_dict(source, reading, settings, hosts, offers[1:]) | {"added": not dry_run})
        return 0
    out = console()
    print_preview(out, source, reading, settings, hosts, [offer.address for offer in offers[1:]])
    out.print()
    if dry_run:
        out.print("Nothing was changed (--dry-run).", style="dim")
    else:
        out.print(Text.assemble(("Added to ", "bold"), shown(settings_file), "."), soft_wrap=True)
        out.print(f"  {program()} poll   looks at it now, newsloom up keeps looking.", style="dim")
    return 0


@command.command("test")
@click.argument("source", metavar="NAME|URL")
@json_option
@settings_option
@with_example("newsloom sources test 'Example Gazette'")
def test(source: str, as_json: bool, settings_file: Path) -> int:
    """Show what a source would bring now; nothing is stored. Exit code 1: it brings nothing."""
    settings = settings_.load(settings_file if settings_file.is_file() else None)
    hosts = Hosts()
    tested = next((s for s in load(settings_file) if s.name == source), None)
    if tested is None:
        offer = find(source, settings, hosts)[0]
        tested = Source(name=offer.title, kind=str(offer.kind), address=offer.address)
    reading = look(tested, settings, hosts)
    if as_json:
        print_json(as_dict(tested, reading, settings, hosts))
    else:
        print_preview(console(), tested, reading, settings, hosts, [])
    return 0 if reading.entries else 1


@command.command("list")
@json_option
@settings_option
@warehouse_option
@with_example("newsloom sources list")
def list_(as_json: bool, settings_file: Path, warehouse: Path) -> int:
    """List the sources: how they are doing, and when they are due."""
    sources = load(settings_file)
    health = _health(warehouse)
    rows = [_listed(source, health.get(source.name, {})) for source in sources]
    if as_json:
        print_json(rows)
        return 0
    out = console()
    if not rows:
        out.print(f"No sources yet. Add one: {program()} sources add URL")
        return 0
    right = {"justify": "right", "no_wrap": True}
    columns: dict[str, dict[str, Any]] = {
        "SOURCE": {"no_wrap": True}, "KIND": {}, "STATE": {"no_wrap": True}, "NEW 7D": right,
        "LAST NEW": {"no_wrap": True}, "EVERY": right, "DUE": right,
    }  # fmt: skip
    cells = [
        (row["source"], row["kind"], _state(row), row["new_7d"] or "·", row["last_new_at"],
         _pause(row["interval_seconds"]), _due(row))
        for row in rows
    ]  # fmt: skip
    out.print(listing(columns, fitted(cells, 0, out.width, columns)))
    for row in rows:
        if row["failures"]:
            out.print()
            out.print(Text.assemble((shown(row["source"]).plain, "bold"), ": ",
                                    (row["last_reason"] or "failed", "yellow"), "  ",
                                    shown(row["last_detail"])))  # fmt: skip
    return 0


def _health(warehouse: Path) -> dict[str, dict[str, Any]]:
    try:
        with Published(warehouse) as news:
            return {row["source"]: row for row in news.rows("sources")}
    except WarehouseMissing:
        return {}


def _listed(source: Source, health: dict[str, Any]) -> dict[str, Any]:
    names = ("last_poll_at", "outcome", "last_reason", "last_detail", "failures", "new_7d",
             "last_new_at", "interval_seconds", "due_at")  # fmt: skip
    stands = health if health.get("address") == source.address else {}
    values = {name: getattr(source, name) for name in FIELDS if name != "name"}
    return {"source": source.name, **values, **{name: stands.get(name) for name in names}}


def _state(row: dict[str, Any]) -> Text:
    if row["paused"]:
        return Text("paused", style="dim")
    if row["failures"]:
        return Text(f"failing ({row['failures']})", style="yellow")
    return Text("ok", style="green") if row["last_poll_at"] else Text("never polled", style="dim")


def _pause(seconds: float | None) -> Text:
    return shown(None) if seconds is None else Text(whole_span(seconds))


def _due(row: dict[str, Any]) -> Text:
    if row["paused"]:
        return shown(None)
    wait = (row["due_at"] - clock.now()).total_seconds() if row["due_at"] else 0.0
    return Text("now" if wait <= 0 else f"in {whole_span(wait)}")


@command.command("pause")
@click.argument("name")
@settings_option
@with_example("newsloom sources pause 'Example Gazette'")
def pause(name: str, settings_file: Path) -> int:
    """Leave a source alone until it is resumed."""
    SourceFile(settings_file).pause(name, True)
    console().print(Text.assemble("Paused ", (name, "bold"), "."))
    return 0


@command.command("resume")
@click.argument("name")
@settings_option
@with_example("newsloom sources resume 'Example Gazette'")
def resume(name: str, settings_file: Path) -> int:
    """Look at a paused source again."""
    SourceFile(settings_file).pause(name, False)
    console().print(Text.assemble("Resumed ", (name, "bold"), "."))
    return 0


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only show what would be added.")
@json_option
@settings_option
@with_example("newsloom sources import subscriptions.opml")
def import_(file: Path, dry_run: bool, as_json: bool, settings_file: Path) -> int:
    """Add the feeds of an OPML file, as feed readers export it, that are not listed yet."""
    try:
        outlines = read_opml(file.read_bytes())
    except InputError as error:
        raise UsageError(f"{file}: {error.detail}", "Give an OPML file.") from error
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.", "Check the path.") from error
    target = SourceFile(settings_file)
    added, refused = importable(outlines, target.sources())
    known = len(outlines) - len(added) - len(refused)
    if not dry_run and added:
        target.add(*added)
    if as_json:
        print_json({"added": [s.name for s in added], "known": known, "refused": refused})
        return 0
    out = console()
    for source in added:
        out.print(Text.assemble("  ", (source.name, "bold"), "  ", (source.address, "dim")),
                  soft_wrap=True)  # fmt: skip
    verb = "would be added" if dry_run else "added"
    for row in refused:
        out.print(Text.assemble("  ", ("refused", "yellow"), "  ", shown(row["name"]), "  ",
                                shown(row["address"]), ": ", shown(row["detail"])),
                  soft_wrap=True)  # fmt: skip
    ending = f", {len(refused):,} refused" if refused else ""
    out.print(f"{len(added):,} {verb}, {known:,} listed already{ending}.")
    return 0
