"""Units: many texts are cut at once exactly as each is by the definition."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsloom.fingerprints.tokens import MAX_UNIT_CHARACTERS, tokenise, words

# What texts are made of, so that rules meet each other often.
PIECES = st.sampled_from(
    [
        "a", "s", "S", "x" * 60, "can", "ÉTÉ", "straße", "İ", "ﬁ", "ŉ", "½", "™",
        "東京", "・", "ไทย", "\u0301", "\u0345", "'", "’", "ʼ", "'s", "’S", "“", "…", "\xa0", "_",
        "-", ".", " ", "\n", "\x00", "＇", "\x01", "\x1f", "\u200d", "𝔘", "𠀀",
        "😀", "0", "٣", "Ω", "नमस्ते", "سلام",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=40).map("".join))


@settings(max_examples=500, deadline=None)
@given(st.lists(TEXTS, max_size=4))
@example(["'s", "'", "s'", "x's's y", "rock'n'roll"])
@example(["é" * 65, "x" * 65, "é" * 64, "x" * 64])
def test_many_texts_are_cut_as_each_alone(texts: list[str]) -> None:
    units = tokenise(texts)
    assert [units.words(number) for number in range(len(texts))] == [words(t) for t in texts]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Niger’s can't", ["niger", "cant"]),
        ("L'ÉTÉ d’Åse", ["lété", "dåse"]),
        ("Straße — 'quoted' B.B.C.", ["strasse", "quoted", "b", "b", "c"]),
        ("東京 2024", ["東", "京", "2024"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("ﬁnal…cut\xa0now", ["final", "cut", "now"]),
    ],
)
def test_units_are(text: str, units: list[str]) -> None:
    assert words(text) == units
    assert tokenise([text]).words(0) == units


def test_a_run_without_end_is_cut() -> None:
    for letter in "xé":
        assert max(map(len, words(letter * 1000))) == MAX_UNIT_CHARACTERS
