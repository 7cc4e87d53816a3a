"""Clusters: the outcome depends on the set of articles, not on how they came in."""

import random
from datetime import datetime, timedelta
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsloom import stories
from newsloom.fingerprints import sign
from newsloom.stories import cluster

WINDOW_DAYS = 30
Edge = tuple[str, str, float]
TOPICS = [
    "volcano eruption ash villages evacuated lava crater seismologists tremor airport flights",
    "dockworkers strike harbour wages containers union mediator picket cargo terminal cranes",
    "measles outbreak vaccine clinics schoolchildren epidemiologist quarantine rash nurses doses",
    "orchestra conductor resigns concert hall acoustics violinists ministry subsidy premiere opera",
]


def articles(count: int, seed: int = 3) -> pa.Table:
    """Make short articles of four topics over two weeks, as a table of PROFILE."""
    chance = random.Random(seed)
    texts = []
    for number in range(count):
        topic = TOPICS[number % len(TOPICS)].split()
        texts.append(" ".join(chance.sample(topic, 8)) + f" report {number}")
    documents = pa.table(
        {
            "content_id": [f"c{n:03}" for n in range(count)],
            "title": [""] * count,
            "text": texts,
            "language": ["en"] * count,
        }
    )
    signed = sign(documents)
    dates = [datetime(2024, 3, 1) + timedelta(hours=chance.randrange(300)) for _ in texts]
    kept = {name: signed[name] for name in stories.PROFILE.names if name in signed.column_names}
    return pa.table(
        {
            "article_id": [f"a{n:03}" for n in range(count)],
            "published_at": pa.array(dates, pa.timestamp("us")),
            "word_count": pa.array([9] * count, pa.int32()),
            "language": ["en"] * count,
            **kept,
        }
    ).cast(stories.PROFILE)


def edges_of(table: pa.Table) -> list[tuple[str, str, float]]:
    columns = (table[name].to_pylist() for name in ("article_a", "article_b", "score"))
    return list(zip(*columns, strict=True))


def partition(found: list[stories.Cluster]) -> set[frozenset[str]]:
    return {frozenset(one.article_ids) for one in found}


@pytest.fixture(scope="module")
def table() -> pa.Table:
    return articles(48)


@pytest.fixture(scope="module")
def at_once(table: pa.Table) -> list[tuple[str, str, float]]:
    return edges_of(stories.link(table, table.slice(0, 0), WINDOW_DAYS, stories.load()))


def test_topics_come_apart(table: pa.Table, at_once: list[tuple[str, str, float]]) -> None:
    found = stories.clusters(table, at_once, stories.load())
    for one in found:
        assert len({int(article[1:]) % len(TOPICS) for article in one.article_ids}) == 1
    assert max(len(one.article_ids) for one in found) > 3


@pytest.mark.parametrize("seed", range(6))
def test_edges_do_not_depend_on_order_or_split(
    table: pa.Table, at_once: list[tuple[str, str, float]], seed: int
) -> None:
    chance = random.Random(seed)
    order = chance.sample(range(table.num_rows), table.num_rows)
    cuts = sorted(chance.sample(range(1, table.num_rows), 3))
    shuffled, gathered = table.take(order), []
    for start, end in pairwise([0, *cuts, table.num_rows]):
        new, stored = shuffled.slice(start, end - start), shuffled.slice(0, start)
        gathered += edges_of(stories.link(new, stored, WINDOW_DAYS, stories.load()))
    assert sorted(gathered) == sorted(at_once)
    model = stories.load()
    assert partition(stories.clusters(shuffled, gathered, model)) == partition(
        stories.clusters(table, at_once, model)
    )


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 12), st.sampled_from([500, 20, 5, 3]))
def test_runs_that_recluster_what_they_reach_give_the_whole(
    table: pa.Table,
    at_once: list[tuple[str, str, float]],
    chance: random.Random,
    runs: int,
    limit: int,
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cluster, "MAX_COMPONENT", limit)
        _run_after_run(table, at_once, chance, runs)


def _run_after_run(table: pa.Table, at_once: list[Edge], chance: random.Random, runs: int) -> None:
    model = stories.load()
    order = chance.sample(range(table.num_rows), table.num_rows)
    cuts = sorted(chance.choices(range(1, table.num_rows), k=runs - 1))
    shuffled = table.take(order)
    edges: list[tuple[str, str, float]] = []
    groups: dict[str, frozenset[str]] = {}
    for start, end in pairwise([0, *cuts, table.num_rows]):
        new, stored = shuffled.slice(start, end - start), shuffled.slice(0, start)
        edges += edges_of(stories.link(new, stored, WINDOW_DAYS, model))
        strong = [edge for edge in edges if edge[2] >= model.join_score]

        def fetch(wanted: set[str], strong: list[Edge] = strong) -> list[Edge]:
            return [edge for edge in strong if edge[0] in wanted or edge[1] in wanted]

        parts = stories.reach(set(new["article_id"].to_pylist()), set(), set(), fetch, model)
        affected = set[str]().union(*(members for members, _ in parts))
        held = pc.is_in(shuffled["article_id"], pa.array(sorted(affected), pa.string()))
        found = stories.clusters(shuffled.filter(held), fetch(affected), model, parts)
        for group in partition(found):
            groups.update(dict.fromkeys(group, group))
    assert set(groups.values()) == partition(stories.clusters(table, at_once, model))


def test_components_can_be_clustered_one_by_one(
    table: pa.Table, at_once: list[tuple[str, str, float]]
) -> None:
    model = stories.load()
    whole = partition(stories.clusters(table, at_once, model))
    names = table["article_id"].to_pylist()
    separate: set[frozenset[str]] = set()
    for topic in range(len(TOPICS)):
        mask = pa.array([int(name[1:]) % len(TOPICS) == topic for name in names])
        separate |= partition(stories.clusters(table.filter(mask), at_once, model))
    assert separate == whole


def test_articles_far_apart_in_time_are_not_linked(table: pa.Table) -> None:
    late = table.set_column(
        1, "published_at", pa.array([datetime(2025, 3, 1)] * table.num_rows, pa.timestamp("us"))
    ).set_column(0, "article_id", pa.array([f"b{n:03}" for n in range(table.num_rows)]))
    linked = edges_of(stories.link(late.cast(table.schema), table, WINDOW_DAYS, stories.load()))
    assert all(a[0] == b[0] == "b" for a, b, _ in linked)


def test_two_languages_are_never_one_story(table: pa.Table) -> None:
    model, place = stories.load(), table.schema.get_field_index("language")
    for languages, joins in ((["en", "fr"], False), (["en", "und"], True), (["fr", "fr"], True)):
        twins = pa.concat_tables([table.slice(0, 1)] * 2)
        twins = twins.set_column(0, table.schema.field(0), pa.array(["x", "y"]))
        twins = twins.set_column(place, table.schema.field(place), pa.array(languages))
        edges = edges_of(stories.link(twins, twins.slice(0, 0), WINDOW_DAYS, model))
        assert bool(edges) == joins
        if not joins:
            assert len(stories.clusters(twins, [("x", "y", 0.99)], model)) == 2


def test_an_outsize_component_is_cut_not_swallowed(
    table: pa.Table, at_once: list[tuple[str, str, float]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "MAX_COMPONENT", 5)
    found = stories.clusters(table, at_once, stories.load())
    assert sorted(a for one in found for a in one.article_ids) == table["article_id"].to_pylist()
    assert max(len(one.article_ids) for one in found) <= 5
    assert any(one.raised_to and one.raised_to > stories.load().join_score for one in found)


def test_a_story_that_lasts_too_long_is_cut_at_a_higher_bar(
    table: pa.Table, at_once: list[Edge], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stories.clusters(table, at_once, stories.load())
    assert all(one.raised_to is None for one in before)
    monkeypatch.setattr(cluster, "MAX_SPAN_DAYS", 3.0)
    found = stories.clusters(table, at_once, stories.load())
    assert all(max(one.days) - min(one.days) <= 3 for one in found)
    assert any(one.raised_to for one in found if len(one.article_ids) > 1)


def test_a_single_article_is_a_cluster_of_its_own(table: pa.Table) -> None:
    found = stories.clusters(table.slice(0, 1), [], stories.load())
    assert [(one.article_ids, one.cohesion) for one in found] == [(["a000"], None)]
