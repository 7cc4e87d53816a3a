"""Boilerplate: what many articles of one site share, and not what many sites print."""

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsloom.fingerprints.boilerplate import (
    MIN_CARRIERS,
    WINDOW,
    Page,
    boilerplate,
    picked,
    picks,
    telling,
)
from newsloom.fingerprints.hashing import U64
from newsloom.fingerprints.shingles import shingles_in_order
from newsloom.fingerprints.tokens import tokenise


def prose(seed: int, count: int) -> str:
    chance = random.Random(seed)
    return " ".join(f"w{chance.randrange(10_000)}" for _ in range(count))


def ordered(text: str) -> U64:
    return shingles_in_order(tokenise([text])).values


FOOTER = prose(1, 60)
PAGES = [ordered(f"{prose(100 + number, 80)} {FOOTER}") for number in range(MIN_CARRIERS)]


def pages(site: str = "gaceta") -> list[Page]:
    return [Page(site, f"a{number}", picks(text)) for number, text in enumerate(PAGES)]


def test_a_footer_is_boilerplate_and_the_article_is_not() -> None:
    known = boilerplate(pages())["gaceta"]
    kept = telling(PAGES[0], known)
    assert kept[:76].all()
    # Picks guard all of the footer but what lies before its first and behind its last one.
    assert kept[80:].sum() <= 2 * WINDOW


def test_fewer_pages_make_none() -> None:
    assert boilerplate(pages()[1:]) == {}


def test_a_wire_story_that_eighty_papers_print_is_none() -> None:
    story = picks(ordered(prose(2, 300)))
    assert boilerplate(Page(f"paper{n}", "story", story) for n in range(80)) == {}


def test_copies_and_revisions_of_one_article_count_once() -> None:
    story = picks(ordered(prose(2, 300)))
    assert boilerplate(Page("gaceta", "story", story) for _ in range(80)) == {}


def test_the_order_is_no_matter() -> None:
    some = [*pages(), *pages("el-faro")[:4], *pages("radio-costa")]
    forth = boilerplate(some)
    assert sorted(forth) == ["gaceta", "radio-costa"]
    for seed in range(3):
        shuffled = random.Random(seed).sample(some, len(some))
        again = boilerplate(shuffled)
        assert {site: p.tolist() for site, p in again.items()} == {
            site: p.tolist() for site, p in forth.items()
        }


@given(st.lists(st.integers(0, 50), max_size=60))
def test_every_window_has_a_pick(values: list[int]) -> None:
    places = picked(np.array(values, np.uint64)).tolist()
    for start in range(len(values) - WINDOW + 1):
        assert any(start <= place < start + WINDOW for place in places)


@given(st.lists(st.integers(0, 2**64 - 1), min_size=2 * WINDOW, max_size=40, unique=True))
def test_a_shared_passage_has_the_same_picks_anywhere(values: list[int]) -> None:
    passage = np.array(values, np.uint64)
    before = np.arange(5, dtype=np.uint64)
    moved = picks(np.concatenate([before, passage]))
    inner = picks(passage)
    assert len(np.intersect1d(inner, moved)) >= 1


def test_a_text_without_shingles_has_none() -> None:
    empty = np.empty(0, np.uint64)
    assert len(picks(empty)) == 0
    assert len(telling(empty, np.array([1], np.uint64))) == 0
