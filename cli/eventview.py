"""Events across languages on the screen: what else reports a story, and why two articles agree."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from cli.output import grid, listing, shown
from newsloom import events
from warehouse.published import Published

_HEADINGS = {"name": "shared names", "place": "places", "number": "numbers", "day": "days named"}
INDENT = 4


def print_translations(out: Console, news: Published, story_id: str) -> None:
    """Print the stories of the same event in other languages, with what they share."""
    rows = news.rows("translations", story=story_id)
    if not rows:
        return
    out.print("  also in", style="dim")
    for row in rows:
        title = Text.assemble(
            " " * INDENT, (", ".join(row["languages"]), "bold green"), "  ", shown(row["title"]),
            (f"  {row['story_id']}", "dim"),
        )  # fmt: skip
        title.truncate(out.width, overflow="ellipsis")
        out.print(title)
        if row["evidence"]:
            out.print(
                f"{' ' * INDENT}  at {row['score']:.3f}, sharing "
                + ", ".join(shown(line["name"]).plain for line in row["evidence"][:6]),
                style="dim",
                markup=False,
            )


def explained(a: Mapping[str, Any], b: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the verdict on two articles (rows of the query `article`), None in one language."""
    languages = {a["language"], b["language"]}
    if len(languages) < 2 or languages & {None, "und"}:
        return None
    apart = None
    if a["published_at"] and b["published_at"]:
        apart = abs((a["published_at"] - b["published_at"]).total_seconds()) / 86_400
    first, second = ((row["title"] or "", row["text"] or "", row["language"]) for row in (a, b))
    verdict = events.explain(first, second, apart, events.load())
    return {
        **verdict._asdict(),
        "languages": sorted(languages),
        "features": [line._asdict() for line in verdict.features],
        "evidence": [line._asdict() for line in verdict.evidence],
    }


def print_verdict(out: Console, event: Mapping[str, Any] | None) -> None:
    """Print what `explained` returned; nothing for two articles of one language."""
    if event is None:
        return
    word = (
        ("one event", "bold green")
        if event["reports_one_event"]
        else ("not one event", "bold yellow")
    )
    out.print(
        Text.assemble(
            f"Across languages ({' and '.join(event['languages'])})?  ", word,
            f"  score {event['score']:.3f} (linked from {event['link_score']:.2f})",
        )
    )  # fmt: skip
    if not event["within_window"]:
        out.print(f"  They lie {event['days_apart']:.0f} days apart: never one event.")
    columns: dict[str, dict[str, Any]] = {
        "FEATURE": {}, "VALUE": {"justify": "right"}, "ADDS": {"justify": "right"}, "MEANING": {},
    }  # fmt: skip
    rows = [("intercept", "", f"{event['intercept']:+.2f}", "Where every pair starts.")]
    rows += [
        (line["name"], f"{line['value']:.3f}", f"{line['adds']:+.2f}", line["meaning"])
        for line in event["features"]
        if line["value"]
    ]
    out.print(listing(columns, rows))
    out.print(grid(_by_kind(event["evidence"])))
    out.print()


def _by_kind(evidence: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    names = defaultdict(list)
    for line in evidence:
        names[line["kind"]].append(shown(line["name"]).plain)
    return [(heading, ", ".join(names[kind]) or "none") for kind, heading in _HEADINGS.items()]
