"""What `newsloom explain` prints: both verdicts, each with its figures, thresholds and reasons."""

from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from cli import eventview
from cli.output import grid, listing, shown
from cli.storyview import count, headline


def print_explained(out: Console, explained: dict[str, Any]) -> None:
    """Print the two articles and both verdicts."""
    for name in ("a", "b"):
        card = explained[name]
        title = headline(card["title"], card["beginning"])
        title.truncate(out.width - 3, overflow="ellipsis")
        out.print(Text.assemble((f"{name.upper()}  ", "bold cyan"), title))
        out.print(f"   {_line(card)}", style="dim")
    out.print()
    _print_story(out, explained["story"])
    out.print()
    eventview.print_verdict(out, explained["event"])
    _print_copy(out, explained["copy"])


def _line(card: dict[str, Any]) -> str:
    published = card["published_at"]
    date = f"{published:%Y-%m-%d}" if published else "undated"
    source = shown(card["source"], 24).plain
    return f"{card['article_id']} · {source} · {date} · {count(card['word_count'], 'word')}"


def _print_story(out: Console, story: dict[str, Any]) -> None:
    yes = story["reports_one_event"]
    word = ("one story", "bold green") if yes else ("not one story", "bold yellow")
    out.print(Text.assemble("Same event?  ", word, f"  score {story['score']:.3f}"))
    out.print(grid(_thresholds(story)))
    now = story["now"]
    if now["why"]:
        where = "one story" if now["same_story"] else "two stories"
        out.print(Padding(Text(f"They are now in {where}. {now['why']}"), (0, 0, 0, 2)))
    out.print()
    _print_features(out, story)
    _print_evidence(out, story)


def _thresholds(story: dict[str, Any]) -> list[tuple[str, str]]:
    window = f"{story['window_days']:g} days"
    if story["days_apart"] is None:
        apart = "one is undated, so the window does not count"
    elif story["within_window"]:
        apart = f"{story['days_apart']:.1f}, within the window of {window}"
    else:
        apart = f"{story['days_apart']:.1f}, outside the window of {window}: never joined directly"
    return [
        (
            "joined from",
            f"{story['join_score']:.2f} on, in a crowd from more; as the mean over all pairs",
        ),
        ("linked from", f"{story['keep_score']:.2f} on"),
        ("days apart", apart),
    ]


def _print_features(out: Console, story: dict[str, Any]) -> None:
    """Print what each feature adds, and that it comes to the score."""
    columns: dict[str, dict[str, Any]] = {
        "FEATURE": {}, "VALUE": {"justify": "right"}, "ADDS": {"justify": "right"}, "MEANING": {},
    }  # fmt: skip
    odds = story["intercept"] + sum(line["adds"] for line in story["features"])
    rows = [("intercept", "", _signed(story["intercept"]), "Where every pair starts.")]
    rows += [
        (line["name"], f"{line['value']:.3f}", _signed(line["adds"]), line["meaning"])
        for line in story["features"]
    ]
    meaning = f"Log-odds of one event: a score of {story['score']:.3f}."
    rows.append(("sum", "", _signed(odds), meaning))
    out.print(listing(columns, rows))


def _print_evidence(out: Console, story: dict[str, Any]) -> None:
    """Print the shared entities, those mentioned most first, and the shared words with weights."""
    entities = [line["name"] for line in story["evidence"] if line["kind"] == "entity"]
    terms = [
        f"{line['name']} {line['weight']:.0f}"
        for line in story["evidence"]
        if line["kind"] == "term"
    ]
    out.print(
        grid(
            [
                ("shared entities", ", ".join(entities) or "none"),
                ("shared rare words", ", ".join(terms) or "none"),
                ("MinHash bands shared", f"{story['shared_bands']} of {story['band_count']}"),
            ]
        )
    )


def _signed(value: float) -> str:
    """Return a number with its sign; what rounds to nothing has none."""
    return f"{value:+.2f}" if abs(value) >= 0.005 else "0.00"


def _print_copy(out: Console, copy: dict[str, Any]) -> None:
    kind = copy["kind"]
    word = (f"a copy ({kind})", "bold green") if kind else ("no copy", "bold yellow")
    out.print(Text.assemble("Same text?   ", word))
    for sentence in (copy["rule"], copy["now"]):
        if sentence:
            out.print(Padding(Text(sentence), (0, 0, 0, 2)))
    out.print(
        grid(
            [
                ("word 5-grams", f"{copy['shingles_a']:,} in A, {copy['shingles_b']:,} in B"),
                ("Jaccard", f"{copy['jaccard']:.3f} of them are in both; a near copy from "
                            f"{copy['jaccard_from']:.2f} on"),
                ("containment", f"{copy['containment']:.3f} of the shorter text; an excerpt from "
                                f"{copy['containment_from']:.2f} on, of "
                                f"{copy['excerpt_shingles_from']} 5-grams or more"),
            ]
        )
    )  # fmt: skip
