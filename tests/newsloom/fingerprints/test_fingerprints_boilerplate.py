"""Boilerplate: what many articles of one site share, and not the versions of one article."""

import random

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from newsloom.duplicates import verify
from newsloom.fingerprints import sign
from newsloom.fingerprints.boilerplate import (
    MIN_CARRIERS,
    WINDOW,
    are_many,
    carrier,
    cut,
    picked,
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
KNOWN = carrier(ordered(FOOTER)).picks


def many(texts: list[str]) -> bool:
    return are_many([carrier(ordered(text)).marks.tolist() for text in texts])


def test_pages_under_one_footer_or_header_are_many() -> None:
    own = [prose(100 + number, 80) for number in range(2 * MIN_CARRIERS)]
    assert many([f"{text} {FOOTER}" for text in own])
    assert many([f"{FOOTER} {text}" for text in own])
    assert not many([f"{text} {FOOTER}" for text in own[: MIN_CARRIERS - 1]])


def test_versions_of_one_text_are_not_many() -> None:
    chance, text = random.Random(4), prose(2, 300).split()
    versions = []
    for number in range(80):
        edited = list(text)
        for place in chance.sample(range(300), 6):
            edited[place] = f"edit{number}"
        versions.append(" ".join(edited))
    assert not many(versions)
    # Not even if each one has a first sentence of its own.
    assert not many([f"{prose(500 + n, 20)} {' '.join(text)}" for n in range(40)])


@given(st.lists(st.tuples(*[st.integers(0, 6)] * 4), max_size=60), st.randoms())
def test_more_texts_never_make_fewer(marks: list[tuple[int, ...]], chance: random.Random) -> None:
    spread = [tuple(7 * m + n % 7 for m in mark) for n, mark in enumerate(marks)]
    some = chance.sample(spread, len(spread) // 2)
    assert are_many(spread) or not are_many(some)


def test_a_footer_is_boilerplate_and_the_article_is_not() -> None:
    kept = telling(ordered(f"{prose(100, 80)} {FOOTER}"), KNOWN)
    assert kept[:76].all()
    assert kept[80:].sum() < WINDOW


def test_a_footer_is_cut_to_the_word_where_a_line_or_sentence_begins() -> None:
    own = prose(100, 80)
    assert cut(f"{own}\n\n{FOOTER}", KNOWN).strip() == own
    assert cut(f"{own}. {FOOTER}", KNOWN).strip() == f"{own}."
    assert cut(f"{FOOTER}\n{own}", KNOWN).strip() == own
    assert cut(f"{own}\n{FOOTER}\n{own}", KNOWN).split() == [*own.split(), *own.split()]
    assert cut(FOOTER, KNOWN).strip() == ""
    assert cut(own, KNOWN) == own


def test_scripts_without_spaces_are_cut_too() -> None:
    chance = random.Random(6)
    own, footer = ("".join(chr(chance.randrange(0x4E00, 0x9000)) for _ in range(90))
                   for _ in range(2))  # fmt: skip
    known = carrier(ordered(footer)).picks
    assert cut(f"{own}\n{footer}", known).strip() == own
    assert cut(f"{own}。{footer}", known).strip() == f"{own}。"


@given(st.text(max_size=300))
def test_any_text_can_be_cut(text: str) -> None:
    known = carrier(ordered(text)).picks
    left = cut(text, known)
    assert len(left) <= len(text)


def test_a_masked_text_is_signed_as_if_it_had_no_footer() -> None:
    own = prose(100, 80)

    def signed(text: str, masks: dict[str, np.ndarray]) -> dict[str, object]:  # type: ignore[type-arg]
        row = {"content_id": "c", "title": "Titular", "text": text, "language": "es"}
        (made,) = sign(pa.Table.from_pylist([row]), masks).to_pylist()
        return made

    plain, masked = signed(own, {}), signed(f"{own}\n\n{FOOTER}", {"c": KNOWN})
    counted = ("marks", "picks")
    assert [plain[n] for n in plain if n not in counted] == [
        masked[n] for n in masked if n not in counted
    ]
    # By what it counts for its site it stays the whole text.
    assert masked["picks"] == signed(f"{own}\n\n{FOOTER}", {})["picks"]
    bare = signed(FOOTER, {"c": KNOWN})
    assert bare["copy_keys"] == []
    assert bare["shingle_count"] == 0


def test_a_footer_makes_no_copy() -> None:
    texts = {name: f"{prose(seed, 12)}\n{FOOTER}" for name, seed in (("a", 7), ("b", 8))}
    assert verify([("a", "b")], texts).num_rows == 1
    assert verify([("a", "b")], texts, dict.fromkeys(texts, KNOWN)).num_rows == 0


@given(st.lists(st.integers(0, 50), max_size=60))
def test_every_window_has_a_pick(values: list[int]) -> None:
    places = picked(np.array(values, np.uint64)).tolist()
    assert places == sorted(set(places))
    for start in range(len(values) - WINDOW + 1):
        assert any(start <= place < start + WINDOW for place in places)


@given(st.lists(st.integers(0, 2**64 - 1), min_size=2 * WINDOW, max_size=40, unique=True))
def test_a_shared_passage_has_the_same_picks_anywhere(values: list[int]) -> None:
    passage = np.array(values, np.uint64)
    before = np.arange(5, dtype=np.uint64)
    moved = carrier(np.concatenate([before, passage])).picks
    assert len(np.intersect1d(carrier(passage).picks, moved)) >= 1


def test_a_text_without_shingles_has_none() -> None:
    empty = np.empty(0, np.uint64)
    assert len(carrier(empty).picks) == 0
    assert len(telling(empty, np.array([1], np.uint32))) == 0
