"""Shingles, their hashes and sketches: exact, stable and unbiased."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsloom.fingerprints import sign_copies
from newsloom.fingerprints.hashing import hash_runs, hash_text, hash_units
from newsloom.fingerprints.shingles import shingle_sets, shingles, similarity
from newsloom.fingerprints.sketch import band_keys, sketch
from newsloom.fingerprints.tokens import words

SENTENCE = "The council of the old harbour town voted on Monday to rebuild its lighthouse."
JAPANESE = "東京で開かれた会議で、各国の代表は新しい協定に署名した。"
GOLDEN_WORDS = {"lighthouse": 0xE25681069FF135C0, "international": 0x76479C31C03BD5EF}
GOLDEN_SHINGLES = {
    SENTENCE: [0x150AD55FCB002CEB, 0x831D67A147B28F4F],
    JAPANESE: [0x20ED5A1A044086F, 0xDE72296F72723AE],
}
GOLDEN_SET = 0xE33B0852E3763A53
GOLDEN_KEYS = [
    0x1B75A6FD169F3868,
    0x660C88D438BB1D6E,
    0x3259D6B478DF4D8C,
    0xA59D37D2BE71548B,
    0x9204B5B90DA04E3,
]


def test_hashes_never_change() -> None:
    # Stored values: a change here needs a new SIGNATURE_VERSION.
    assert {word: hash_text(word) for word in GOLDEN_WORDS} == GOLDEN_WORDS
    assert {text: shingles(text)[:2].tolist() for text in GOLDEN_SHINGLES} == GOLDEN_SHINGLES
    documents = pa.table({"content_id": ["c"], "title": [""], "text": [SENTENCE]})
    (signed,) = sign_copies(documents).to_pylist()
    assert signed["set_hash"] == GOLDEN_SET
    assert signed["copy_keys"][:3] + signed["copy_keys"][-2:] == GOLDEN_KEYS


@given(st.lists(st.text("abcdefgé0", min_size=1, max_size=30), min_size=1, max_size=20))
def test_a_unit_hashes_alike_wherever_it_stands(units: list[str]) -> None:
    encoded = [unit.encode() for unit in units]
    ends = np.cumsum([len(unit) for unit in encoded])
    starts = ends - [len(unit) for unit in encoded]
    together = hash_units(b"".join(encoded) + b"followed", starts, ends)
    assert together.tolist() == [hash_text(unit) for unit in units]
    assert len(set(together.tolist())) == len(set(units))


def test_a_run_hashes_alike_wherever_it_stands() -> None:
    units = np.arange(9, dtype=np.uint64)
    assert hash_runs(units, 5)[2] == hash_runs(units[2:7], 5)[0]
    assert len(set(hash_runs(units, 5).tolist())) == 5
    assert len(hash_runs(units[:4], 5)) == 0


MANY = [
    SENTENCE,
    "",
    JAPANESE,
    "Two words",
    "é " * 9,
    SENTENCE,
]


@given(st.lists(st.sampled_from(MANY), max_size=8))
def test_texts_are_shingled_together_as_alone(texts: list[str]) -> None:
    sets = shingle_sets(texts)
    for number, text in enumerate(texts):
        assert sets.of(number).tolist() == shingles(text).tolist()


def test_case_quotes_and_spaces_do_not_matter() -> None:
    a = shingles("Ministers can’t  agree on Niger's\nnew budget, they said.")
    b = shingles("ministers CAN'T agree on Niger’s new budget -- they said")
    assert similarity(a, b) == (1.0, 1.0)


def test_a_short_text_is_one_shingle() -> None:
    assert len(shingles("Only four words here")) == 1
    assert len(shingles("")) == 0
    assert len(shingles("… — !")) == 0


def test_scripts_without_spaces_have_units() -> None:
    assert len(words("東京で会議")) == 5
    a = shingles("東京で開かれた会議で、各国の代表は新しい協定に署名した。")
    b = shingles("東京で開かれた会議で、各国の代表は新しい協定に署名しなかった。")
    assert len(a) > 10
    assert 0.5 < similarity(a, b)[0] < 1


def test_a_run_without_end_is_cut() -> None:
    assert max(map(len, words("x" * 100_000))) == 64


@pytest.mark.parametrize("jaccard", [0.2, 0.5, 0.8])
@pytest.mark.parametrize("size", [15, 400])
def test_sketches_agree_as_often_as_the_sets(jaccard: float, size: int) -> None:
    random = np.random.default_rng(7)
    estimates, exact = [], 0.0
    for _ in range(200):
        pool = random.integers(0, 2**63, 2 * size).astype(np.uint64)
        shared = round(size * 2 * jaccard / (1 + jaccard))
        a, b = pool[:size], np.concatenate([pool[:shared], pool[size : 2 * size - shared]])
        exact = shared / (2 * size - shared)
        estimates.append(np.mean(sketch(a, 128) == sketch(b, 128)))
    assert np.mean(estimates) == pytest.approx(exact, abs=0.025)


@settings(max_examples=50)
@given(st.text(max_size=300))
def test_any_text_can_be_signed(text: str) -> None:
    members = shingles(text)
    keys = band_keys(sketch(members, 128), 4)
    assert len(keys) == (32 if len(members) else 0)
