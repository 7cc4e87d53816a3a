"""Copies among many texts: found in any split, kept together, and without a blow-up."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from newsloom.duplicates import Copy, Member, settle, verify
from newsloom.fingerprints import SIGNATURE_VERSION, sign_copies
from newsloom.fingerprints.copies import COPY_KEYS
from newsloom.fingerprints.tokens import words
from tasks.copies import bands_of, compare_with
from warehouse import known
from warehouse.commit import Commit
from warehouse.lake import Lake

VOCABULARY = [a + b for a in ("bar", "cor", "den", "fil", "gor", "lum") for b in ("ta", "ne", "mi")]
Rows = Sequence[tuple[str, str, str]]
"""Content id, headline, text."""


def prose(seed: int, count: int = 120) -> list[str]:
    chance = random.Random(seed)
    return [chance.choice(VOCABULARY) + str(chance.randrange(60)) for _ in range(count)]


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    with Lake(tmp_path) as opened:
        yield opened


class Store:
    """A warehouse's copy tables, written batch by batch as an ingest does."""

    def __init__(self, lake: Lake) -> None:
        self.lake = lake
        self.pairs = pa.table({})
        self.texts: dict[str, str] = {}
        self.candidates = 0

    def add(self, rows: Rows) -> list[tuple[str, str]]:
        """Compare and write a batch; return the new pairs."""
        signed = _signed(rows)
        self.texts |= {content: text or title for content, title, text in rows}
        # Texts of earlier batches stand beside the new ones, as the lake has no articles here.
        everything = pa.table(
            {
                "content_id": list(self.texts),
                "title": [""] * len(self.texts),
                "text": list(self.texts.values()),
            }
        )
        self.candidates = known.copy_candidates(self.lake, signed, SIGNATURE_VERSION).num_rows
        found = compare_with(self.lake, everything, signed)
        first = known.new_sets(self.lake, signed, SIGNATURE_VERSION)
        commit = Commit(self.lake)
        commit.append("copy_bands", bands_of(signed, first))
        commit.append("signatures", signed)
        self.pairs = pa.concat_tables([self.pairs, found]) if self.pairs.num_rows else found
        columns = (found[name].to_pylist() for name in ("content_a", "content_b"))
        return list(zip(*columns, strict=True))

    def settled(self) -> dict[str, Copy]:
        """Return what each content copies; contents are dated in the order of their ids."""
        first = datetime(2024, 1, 1)
        members = [
            Member(content, content, first + timedelta(hours=at), len(words(self.texts[content])))
            for at, content in enumerate(sorted(self.texts))
        ]
        return settle(
            members,
            zip(*(column.to_pylist() for column in self.pairs.columns), strict=True),
            lambda pairs: zip(
                *(c.to_pylist() for c in verify(pairs, self.texts).columns), strict=True
            ),
        )[0]


@pytest.mark.parametrize("batches", [1, 4])
def test_ten_thousand_identical_texts_have_one_original(lake: Lake, batches: int) -> None:
    text = " ".join(prose(1))
    rows = [(f"{number:05}", f"Headline {number}", text) for number in range(10_000)]
    store = Store(lake)
    found = [pair for part in range(batches) for pair in store.add(rows[part::batches])]
    assert len(found) == 9_999
    copies = store.settled()
    assert len(copies) == 9_999
    assert {copy[:2] for copy in copies.values()} == {("00000", "exact")}
    assert lake.query("SELECT count(*) AS n FROM facts.copy_bands")["n"].to_pylist() == [COPY_KEYS]


@pytest.mark.parametrize("batches", [1, 3])
def test_a_text_in_very_many_versions_has_one_original(lake: Lake, batches: int) -> None:
    count, base = 400, prose(2)
    rows = []
    for number in range(count):
        edited = list(base)
        edited[10 + number % 100] = f"edit{number}"
        rows.append((f"{number:05}", "", " ".join(edited)))
    store = Store(lake)
    for part in range(batches):
        store.add(rows[part::batches])
    copies = store.settled()
    assert {copy.original_id for copy in copies.values()} == {"00000"}
    assert len(copies) == count - 1
    assert store.pairs.num_rows < 40 * count  # of count * count / 2


def test_reports_of_one_template_are_no_flood(lake: Lake) -> None:
    chance = random.Random(3)
    template = prose(4)
    rows = []
    for number in range(500):
        report = [chance.choice(VOCABULARY) + str(number) if at % 4 == 0 else word
                  for at, word in enumerate(template)]  # fmt: skip
        rows.append((f"{number:05}", "Weather", " ".join(report)))
    store = Store(lake)
    assert store.add(rows) == []
    assert store.candidates < 40 * len(rows)


def test_pages_of_one_site_with_a_footer_are_no_copies(lake: Lake) -> None:
    footer = prose(5, 60)
    rows = [
        (f"{number:05}", "", " ".join(prose(100 + number, 100) + footer)) for number in range(1000)
    ]
    store = Store(lake)
    assert store.add(rows) == []
    assert store.candidates < 40 * len(rows)


def test_a_huge_text_and_empty_ones_are_signed(lake: Lake) -> None:
    huge = " ".join(prose(6, 700_000))
    assert len(huge) > 4_000_000
    rows = [("a", "", huge), ("b", "", ""), ("c", "", huge + " end"), ("d", "", "Too short.")]
    assert Store(lake).add([*rows, ("e", "Other headline", "Too short.")]) == [("a", "c")]


def test_the_beginning_of_a_text_is_found_however_short(lake: Lake) -> None:
    full = prose(7, 1500)
    store = Store(lake)
    store.add([("a", "", " ".join(full))])
    assert store.add([("b", "", " ".join(full[:60]))]) == [("a", "b")]
    assert store.settled()["b"].copy_kind == "excerpt"


def test_many_new_contents_are_looked_for_in_slices(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [(f"{n:03}{side}", "", " ".join([*prose(n), side])) for n in range(40) for side in "ab"]
    whole = known.copy_candidates(lake, _signed(rows), SIGNATURE_VERSION)
    monkeypatch.setattr(known, "CANDIDATE_ROWS", 15)
    sliced = known.copy_candidates(lake, _signed(rows), SIGNATURE_VERSION)
    assert whole.num_rows == 40
    order = [("content_a", "ascending"), ("content_b", "ascending")]
    assert sliced.sort_by(order).select([0, 1, 2]) == whole.sort_by(order).select([0, 1, 2])


def _signed(rows: Rows) -> pa.Table:
    names = ("content_id", "title", "text")
    return sign_copies(pa.table(dict(zip(names, zip(*rows, strict=True), strict=True))))
