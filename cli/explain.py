"""newsloom explain A B: are two articles one story, or the same text, and why."""

from pathlib import Path
from typing import Any

import click

from cli import eventview
from cli.explaincopy import judge
from cli.explaingroup import grouping
from cli.explainview import print_explained
from cli.output import console, json_option, print_json, warehouse_option, with_example
from newsloom import settings as settings_
from newsloom import stories
from newsloom.errors import UsageError
from newsloom.fingerprints import SIGNATURE_VERSION
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
        print_explained(console(), explained)
    return 0


def _explain(news: Published, first: str, second: str) -> dict[str, Any]:
    a, b = (news.rows("article", article=article)[0] for article in (first, second))
    same_content = len(_contents(news, first, second)) == 1
    copy = judge(a["text"] or a["title"], b["text"] or b["title"], same_content)
    verdict = _verdict(news, first, second)
    now = grouping(news, a, b, verdict)
    return {
        "a": _card(a),
        "b": _card(b),
        "story": {
            **verdict._asdict(),
            "features": [line._asdict() for line in verdict.features],
            "evidence": _evidence(news, a, b),
            "same_story_now": now.same_story,
            "now": now._asdict(),
        },
        "event": eventview.explained(a, b),
        "copy": {**copy._asdict(), "now": _copy_now(a, b)},
    }


def _verdict(news: Published, first: str, second: str) -> stories.Verdict:
    pair = any_profiles(news, [first, second], SIGNATURE_VERSION)
    pair = pair.select(stories.PROFILE.names).cast(stories.PROFILE)
    return stories.explain(pair, settings_.load().stories.window_days, stories.load())


def _contents(news: Published, first: str, second: str) -> set[str]:
    found = news.query(
        "SELECT content_id FROM facts.live_revisions WHERE article_id IN (?, ?)", [first, second]
    )
    return set(found["content_id"].to_pylist())


def _evidence(news: Published, a: dict[str, Any], b: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what the two share, by weight; a copy has the entities of its original."""
    names = [
        {e["name"]: e["times"] for e in news.rows("article_entities", article=row["article_id"])}
        for row in (a, b)
    ]
    both = [name for name in names[0] if name in names[1]]
    both.sort(key=lambda name: -min(names[0][name], names[1][name]))
    words = [stories.wording(row["title"], row["text"], row["language"]) for row in (a, b)]
    return [line._asdict() for line in stories.evidence(words[0], words[1], both)]


def _copy_now(a: dict[str, Any], b: dict[str, Any]) -> str:
    """Say how the warehouse has the two: '' where neither copies the other, nor both a third."""
    if a["duplicate_of"] == b["article_id"]:
        return "In the warehouse, A is kept as a copy of B."
    if b["duplicate_of"] == a["article_id"]:
        return "In the warehouse, B is kept as a copy of A."
    if a["duplicate_of"] and a["duplicate_of"] == b["duplicate_of"]:
        return f"In the warehouse, both are kept as copies of {a['duplicate_of']}."
    return ""


def _card(row: dict[str, Any]) -> dict[str, Any]:
    return {**{name: row[name] for name in _CARD}, "beginning": row["text"][:120]}


_CARD = ("article_id", "title", "source", "published_at", "word_count", "story_id", "duplicate_of")
