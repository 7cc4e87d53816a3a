"""The seeds are one story because the computation says so, and look-alikes stay out."""

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from controls import CONTROLS

from newsloom import stories
from newsloom.fingerprints.sketch import EMPTY
from newsloom.stories.candidates import band_pairs
from newsloom.stories.explain import Verdict

WINDOW_DAYS = 30
SEED_IDS = ("seed-0", "seed-1")


def judge(table: pa.Table, a: str, b: str) -> Verdict:
    pair = table.filter(pc.is_in(table["article_id"], pa.array([a, b])))
    return stories.explain(pair, WINDOW_DAYS, stories.load())


def test_minhash_bands_alone_pair_the_seeds(seeds_and_controls: pa.Table) -> None:
    pair = seeds_and_controls.slice(0, 2)
    a, b = band_pairs(pair["story_keys"], pc.is_valid(pair["article_id"]).to_numpy())
    assert (a.tolist(), b.tolist()) == ([0], [1])
    assert int(EMPTY) not in pair["story_keys"][0].as_py()


def test_the_seeds_score_far_above_the_threshold(seeds_and_controls: pa.Table) -> None:
    verdict = judge(seeds_and_controls, *SEED_IDS)
    assert verdict.reports_one_event
    assert verdict.score > 0.95
    assert verdict.days_apart is None


@pytest.mark.parametrize("name", [name for name, control in CONTROLS.items() if control.joins])
@pytest.mark.parametrize("seed", SEED_IDS)
def test_a_report_of_the_event_joins(seeds_and_controls: pa.Table, name: str, seed: str) -> None:
    assert judge(seeds_and_controls, name, seed).score > 0.5


@pytest.mark.parametrize("name", [name for name, control in CONTROLS.items() if not control.joins])
@pytest.mark.parametrize("seed", SEED_IDS)
def test_a_look_alike_stays_out(seeds_and_controls: pa.Table, name: str, seed: str) -> None:
    assert judge(seeds_and_controls, name, seed).score < 0.3


def test_everything_together_gives_one_story_and_singles(seeds_and_controls: pa.Table) -> None:
    model = stories.load()
    table = seeds_and_controls.cast(stories.PROFILE)
    edges = stories.link(table, stories.PROFILE.empty_table(), WINDOW_DAYS, model)
    triples = zip(*(edges[c].to_pylist() for c in ("article_a", "article_b", "score")), strict=True)
    found = [set(c.article_ids) for c in stories.clusters(table, triples, model)]
    joined = {name for name, control in CONTROLS.items() if control.joins} | set(SEED_IDS)
    assert sorted(map(len, found)) == [1] * (len(CONTROLS) - 2) + [4]
    assert joined in found
