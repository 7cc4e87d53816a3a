"""Reports of one event are linked across languages, look-alikes are not, in any order."""

import random
from datetime import datetime
from itertools import combinations

import pyarrow as pa
import pytest
from event_texts import FERRY, LATER, MINE, REPORTS, Report

from newsloom import events
from newsloom.events import profiles
from newsloom.events.grouping import Edge, Story

MODEL = events.load()
NAMES = [f"{report.event}-{report.language}" for report in REPORTS]


def _table(reports: list[Report]) -> pa.Table:
    documents = pa.Table.from_pylist(
        [
            {"content_id": f"{r.event}-{r.language}", "title": r.title, "text": r.text,
             "language": r.language}
            for r in reports
        ]
    )  # fmt: skip
    made = events.mark(documents)
    days = pa.array([datetime.fromisoformat(r.day) for r in reports], pa.timestamp("us"))
    return pa.table(
        {
            "article_id": made["content_id"],
            "language": documents["language"],
            "published_at": days,
            **{name: made[name] for name in made.column_names[2:]},
        }
    ).cast(events.MARKED)


TABLE = _table(REPORTS)
EDGES = events.link(TABLE, TABLE.slice(0, 0), MODEL)


def _scores(edges: pa.Table) -> dict[tuple[str, str], float]:
    return {(row["article_a"], row["article_b"]): row["score"] for row in edges.to_pylist()}


def test_every_two_reports_of_an_event_are_linked() -> None:
    scores = _scores(EDGES)
    for group in (FERRY, MINE):
        for a, b in combinations(sorted(f"{r.event}-{r.language}" for r in group), 2):
            assert scores[a, b] > 0.9


def test_look_alikes_are_not_linked() -> None:
    others = {f"{report.event}-{report.language}" for report in LATER}
    linked = [pair for pair, s in _scores(EDGES).items() if s >= MODEL.link_score]
    assert not [pair for pair in linked if others & set(pair)]


def test_stored_marks_score_as_fresh_ones_do() -> None:
    fresh = events.explain(
        *((r.title, r.text, r.language) for r in FERRY[:2]), days_apart=0.0, model=MODEL
    )
    assert _scores(EDGES)["ferry-de", "ferry-en"] == pytest.approx(fresh.score, abs=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_increments_give_the_edges_of_the_whole(seed: int) -> None:
    draw = random.Random(seed)
    order = draw.sample(range(len(REPORTS)), len(REPORTS))
    cuts = sorted(draw.sample(range(1, len(REPORTS)), 3))
    found: dict[tuple[str, str], float] = {}
    for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True):
        new, stored = (TABLE.take(pa.array(part, pa.int64())) for part in
                       (order[start:end], order[:start]))  # fmt: skip
        found |= _scores(events.link(new, stored, MODEL))
    assert found == _scores(EDGES)


def test_undated_articles_need_more() -> None:
    undated = TABLE.set_column(
        2, profiles.MARKED.field(2), pa.nulls(TABLE.num_rows, pa.timestamp("us"))
    )
    scores = _scores(events.link(undated, undated.slice(0, 0), MODEL))
    assert (
        MODEL.link_score < scores["ferry-de", "ferry-en"] < _scores(EDGES)["ferry-de", "ferry-en"]
    )
    assert ("mine-en", "minister's visit-de") not in scores


def test_articles_outside_the_window_are_no_pair() -> None:
    assert not [pair for pair in _scores(EDGES) if "minister's visit-de" in pair]
    late, early = (next(r for r in REPORTS if r.event == e) for e in ("minister's visit", "mine"))
    verdict = events.explain(
        (late.title, late.text, late.language), (early.title, early.text, early.language),
        days_apart=54.0, model=MODEL,
    )  # fmt: skip
    assert not verdict.within_window
    assert not verdict.reports_one_event


def test_one_language_makes_no_pair() -> None:
    twice = pa.concat_tables([TABLE.slice(0, 1), TABLE.slice(0, 1)])
    assert events.link(twice, TABLE.slice(0, 0), MODEL).num_rows == 0


def test_the_verdict_adds_up_and_names_what_is_shared() -> None:
    a, _, _, b = ((r.title, r.text, r.language) for r in FERRY)
    verdict = events.explain(a, b, 0.0, MODEL)
    total = verdict.intercept + sum(line.adds for line in verdict.features)
    assert verdict.score == pytest.approx(1 / (1 + 2.718281828459045**-total))
    assert verdict.reports_one_event
    shared = {line.name: line.kind for line in verdict.evidence}
    assert shared["Ingrid Brekkestad / Ингрид Бреккестад"] == "name"
    assert shared["Norway"] == "place"
    assert shared["3500000"] == "number"
    assert shared["07-26"] == "day"


def _stories(*ids: str) -> list[Story]:
    """Make stories of one article each, named after their language: "en1" is English."""
    return [events.story(id_, {f"a-{id_}": id_[:2]}) for id_ in ids]


def _edge(a: str, b: str, score: float) -> Edge:
    return f"a-{a}", f"a-{b}", score


def _grouped(stories: list[Story], edges: list[Edge]) -> set[frozenset[str]]:
    return {frozenset(e.story_ids) for e in events.events(stories, edges, MODEL)}


def test_each_language_gives_its_best_story() -> None:
    edges = [_edge("en1", "de1", 0.9), _edge("en1", "de2", 0.8), _edge("en2", "de1", 0.7)]
    assert _grouped(_stories("en1", "en2", "de1", "de2"), edges) == {frozenset(("en1", "de1"))}


def test_a_chain_is_not_joined() -> None:
    edges = [_edge("en1", "de1", 0.9), _edge("de1", "es1", 0.8)]
    assert _grouped(_stories("en1", "de1", "es1"), edges) == {frozenset(("en1", "de1"))}
    closed = [*edges, _edge("en1", "es1", MODEL.keep_score)]
    assert _grouped(_stories("en1", "de1", "es1"), closed) == {frozenset(("en1", "de1", "es1"))}


def test_a_large_story_needs_several_good_pairs() -> None:
    large = events.story("en1", {f"e{n}": "en" for n in range(5)})
    small = events.story("de1", {"d": "de"})
    one = [("e0", "d", 0.9)]
    assert not events.events([large, small], one, MODEL)
    assert events.events([large, small], [*one, ("e1", "d", 0.8), ("e2", "d", 0.7)], MODEL)


@pytest.mark.parametrize("seed", range(30))
def test_the_outcome_depends_on_the_set_alone(seed: int) -> None:
    draw = random.Random(seed)
    stories = _stories(*(f"{language}{n}" for language in ("en", "de", "es", "ru") for n in "123"))
    edges = [
        _edge(a.story_id, b.story_id, draw.choice((0.3, 0.45, 0.6, 0.6, 0.9)))
        for a, b in combinations(stories, 2)
        if a.language != b.language and draw.random() < 0.5
    ]
    expected = events.events(stories, edges, MODEL)
    for _ in range(5):
        draw.shuffle(stories)
        draw.shuffle(edges)
        turned = [(b, a, s) if draw.random() < 0.5 else (a, b, s) for a, b, s in edges]
        assert events.events(stories, turned, MODEL) == expected
    languages = [[s[:2] for s in event.story_ids] for event in expected]
    assert all(len(set(found)) == len(found) > 1 for found in languages)
    homes = [s for event in expected for s in event.story_ids]
    assert len(homes) == len(set(homes))
