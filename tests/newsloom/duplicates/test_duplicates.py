"""Copies: what is one, what is not, and which article is the original."""

from datetime import datetime
from itertools import permutations

import pytest

from newsloom.duplicates import Member, originals, verify

REPORT = (
    "The harbour authority closed two of its five docks on Monday after divers found cracks in the "
    "quay wall. Engineers will inspect the remaining docks this week, a spokesman said, and ships "
    "will be sent to the northern port until the repairs are done. The wall was built ninety "
    "years ago and was last strengthened when the ferry terminal opened. Fishermen fear that they "
    "will lose the best weeks of the season, and have asked the town for help with their fees."
)
EDITED = REPORT.replace("on Monday", "Monday").replace("best weeks", "finest weeks")
EXCERPT = ". ".join(REPORT.split(". ")[:2])
FOLLOW_UP = (
    "Repairs of the damaged quay will take until spring, the town said on Friday. "
    + EXCERPT
    + " Since then three firms have offered to do the work, the cheapest of them for four million. "
    "The council is to choose on Wednesday. A crane from the northern port was lent already, and "
    "the fishermen were promised that half of their fees will be waived for as long as the work "
    "lasts."
)


def kinds(**texts: str) -> list[tuple[str, str]]:
    pairs = [(a, b) for a in texts for b in texts if a < b]
    found = verify(pairs, texts)
    return list(zip(found["content_a"].to_pylist(), found["content_b"].to_pylist(), strict=True))


def test_a_light_edit_is_a_copy() -> None:
    assert kinds(a=REPORT, b=EDITED) == [("a", "b")]


def test_an_excerpt_is_a_copy() -> None:
    assert kinds(a=REPORT, b=EXCERPT) == [("a", "b")]


def test_a_follow_up_that_quotes_is_none() -> None:
    assert kinds(a=REPORT, b=FOLLOW_UP) == []


def test_a_short_shared_sentence_is_none() -> None:
    assert kinds(a=REPORT, b="The harbour authority closed two of its five docks on Monday.") == []


FIRST, LATER = datetime(2024, 5, 1), datetime(2024, 5, 2)
PAIR = ("c1", "c2", 0.8, 0.9)


@pytest.mark.parametrize(
    ("members", "original"),
    [
        ([Member("a", "c1", LATER, 50), Member("b", "c2", FIRST, 40)], "b"),
        ([Member("a", "c1", None, 50), Member("b", "c2", FIRST, 40)], "b"),
        ([Member("a", "c1", FIRST, 40), Member("b", "c2", FIRST, 50)], "b"),
        ([Member("a", "c1", None, 50), Member("b", "c2", None, 50)], "a"),
    ],
    ids=["earliest", "dated before undated", "longest", "least id"],
)
def test_the_original_is(members: list[Member], original: str) -> None:
    copies = originals(members, [PAIR])
    assert [copy.original_id for copy in copies.values()] == [original]


def test_copies_of_copies_do_not_chain() -> None:
    members = [Member(name, f"c{name}", datetime(2024, 5, day), 50)
               for day, name in enumerate("abc", 1)]  # fmt: skip
    chain = [("ca", "cb", 0.75, 0.8), ("cb", "cc", 0.75, 0.8)]
    copies = originals(members, chain)
    assert {name: copy.original_id for name, copy in copies.items()} == {"b": "a"}


def test_equal_content_is_an_exact_copy_without_a_pair() -> None:
    copies = originals([Member("a", "c", FIRST, 9), Member("b", "c", LATER, 9)], [])
    assert copies["b"] == ("a", "exact", 1.0, 1.0)


def test_the_choice_does_not_depend_on_the_order() -> None:
    members = [
        Member("a", "c1", None, 50), Member("b", "c2", FIRST, 40), Member("c", "c3", LATER, 60),
        Member("d", "c1", LATER, 50),
    ]  # fmt: skip
    pairs = [PAIR, ("c2", "c3", 0.9, 0.95)]
    outcomes = [originals(order, pairs) for order in permutations(members)]
    assert all(outcome == outcomes[0] for outcome in outcomes)
