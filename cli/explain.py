"""newsloom explain A B: are two articles one story, or the same text, and why."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from cli import eventview
from cli.output import (
    console,
    grid,
    json_option,
    listing,
    print_json,
    shown,
    warehouse_option,
    with_example,
)  # fmt: skip
from cli.storyview import count, headline
from newsloom import settings as settings_
from newsloom import stories
from newsloom.duplicates import copy_kind
from newsloom.duplicates.verify import COPY_JACCARD, EXCERPT_CONTAINMENT
from newsloom.errors import UsageError
from newsloom.fingerprints import SIGNATURE_VERSION, shingles, similarity
from warehouse.groups import any_profiles
from warehouse.published import Published


@click.command("explain")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@json_option
@warehouse_option
@with_example("newsloom explain a1f0c2a9b seeds/001_f87232939a568b16.txt")
def command(a: str, b: str, as_json: bool, warehouse: Path) -> int:
    """Say why two articles are, or are not, one story or the same text.

    A and B are article ids (or their first characters), URLs, or paths as they were ingested.
    """
    with Published(warehouse) as news:
        first, second = news.find_article(a), news.find_article(b)
        if first == second:
            raise UsageError("A and B are the same article.", "Name two different ones.")
        explained = _explain(news, first, second)
    if as_json:
        print_json(explained)
    else:
        _print(console(), explained)
    return 0


def _explain(news: Published, first: str, second: str) -> dict[str, Any]:
    a, b = (news.rows("article", article=article)[0] for article in (first, second))
    pair = any_profiles(news, [first, second], SIGNATURE_VERSION)
    pair = pair.select(stories.PROFILE.names).cast(stories.PROFILE)
    window = settings_.load().stories.window_days
    verdict = stories.explain(pair, window, stories.load())
    left, right = (shingles(row["text"] or row["title"]) for row in (a, b))
    jaccard, containment = similarity(left, right)
    names = [
        {e["name"]: None for e in news.rows("article_entities", article=x)} for x in (first, second)
    ]
    first_words, second_words = (
        stories.wording(row["title"], row["text"], row["language"]) for row in (a, b)
    )
    shared_names = [name for name in names[0] if name in names[1]]
    evidence = stories.evidence(first_words, second_words, shared_names)
    return {
        "a": _card(a),
        "b": _card(b),
        "story": {
            **verdict._asdict(),
            "features": [line._asdict() for line in verdict.features],
            "same_story_now": a["story_id"] is not None and a["story_id"] == b["story_id"],
            "evidence": [line._asdict() for line in evidence],
        },
        "event": eventview.explained(a, b),
        "copy": {
            "jaccard": jaccard,
            "containment": containment,
            "kind": copy_kind(jaccard, containment, min(len(left), len(right))),
            "jaccard_from": COPY_JACCARD,
            "containment_from": EXCERPT_CONTAINMENT,
        },
    }


def _card(row: dict[str, Any]) -> dict[str, Any]:
    return {**{name: row[name] for name in _CARD}, "beginning": row["text"][:120]}


_CARD = ("article_id", "title", "source", "published_at", "word_count", "story_id", "duplicate_of")


def _print(out: Console, explained: dict[str, Any]) -> None:
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
    out.print(
        Text.assemble(
            "Same event?  ", word, f"  score {story['score']:.3f} (joined from "
            f"{story['join_score']:.2f}, linked from {story['keep_score']:.2f})",
        )
    )  # fmt: skip
    if not story["within_window"]:
        out.print(f"  They lie {story['days_apart']:.0f} days apart, outside the window.")
    if story["same_story_now"] != yes:
        out.print(
            "  Together with the other articles they are now in "
            + ("one story." if story["same_story_now"] else "two stories.")
        )
    columns: dict[str, dict[str, Any]] = {
        "FEATURE": {}, "VALUE": {"justify": "right"}, "ADDS": {"justify": "right"}, "MEANING": {},
    }  # fmt: skip
    rows = [("intercept", "", _signed(story["intercept"]), "Where every pair starts.")]
    rows += [
        (line["name"], f"{line['value']:.3f}", _signed(line["adds"]), line["meaning"])
        for line in story["features"]
    ]
    out.print(listing(columns, rows))
    by_kind: dict[str, list[str]] = {"entity": [], "term": []}
    for line in story["evidence"]:
        by_kind[line["kind"]].append(line["name"])
    out.print(
        grid(
            [
                ("shared entities", ", ".join(by_kind["entity"]) or "none"),
                ("shared rare words", ", ".join(by_kind["term"]) or "none"),
                ("MinHash bands shared", f"{story['shared_bands']} of 128"),
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
    out.print(
        grid(
            [
                ("Jaccard", f"{copy['jaccard']:.3f} of the word 5-grams; a copy from "
                            f"{copy['jaccard_from']:.2f} on"),
                ("containment", f"{copy['containment']:.3f} of the shorter text; an excerpt from "
                                f"{copy['containment_from']:.2f} on"),
            ]
        )
    )  # fmt: skip
