"""Copies: what is one, what is not, and which article is the original."""

from datetime import datetime
from itertools import permutations

import pytest

from newsloom.duplicates import Member, originals, settle, verify

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


EXCERPT_PAIR = ("c1", "c2", 0.3, 1.0)


def test_an_excerpt_copies_the_longer_text_whichever_came_with_it() -> None:
    full, part = Member("a", "c1", FIRST, 300), Member("b", "c2", FIRST, 90)
    assert originals([part, full], [EXCERPT_PAIR]) == {"b": ("a", "excerpt", 0.3, 1.0)}


def test_a_longer_report_is_no_copy_of_an_earlier_flash() -> None:
    flash, report = Member("a", "c1", FIRST, 90), Member("b", "c2", LATER, 300)
    assert originals([flash, report], [EXCERPT_PAIR]) == {}


def test_exact_copies_held_by_one_pair_each_have_the_earliest_original() -> None:
    # c2, which holds the others together, is not the earliest.
    members = [Member("x", "c2", LATER, 50), Member("y", "c1", FIRST, 50),
               Member("z", "c3", LATER, 50)]  # fmt: skip
    star = [("c1", "c2", 1.0, 1.0), ("c2", "c3", 1.0, 1.0), ("c2", "c4", 0.8, 0.9)]
    near = Member("n", "c4", LATER, 60)
    for order in permutations([*members, near]):
        copies = originals(order, star)
        assert {name: copy.original_id for name, copy in copies.items()} == dict.fromkeys(
            "xzn", "y"
        )


def test_a_large_group_is_settled_by_comparing_more() -> None:
    members = [Member(f"a{n:03}", f"c{n:03}", None, 500 - n) for n in range(100)]
    hub = "c099"
    star = [(f"c{n:03}", hub, 0.9, 0.95) for n in range(99)]
    asked: set[tuple[str, str]] = set()

    def compare(pairs: set[tuple[str, str]]) -> list[tuple[str, str, float, float]]:
        asked.update(pairs)
        return [(a, b, 0.8, 0.9) for a, b in pairs]

    copies, found = settle(members, star, compare)
    assert {copy.original_id for copy in copies.values()} == {"a000"}
    assert len(copies) == 99
    assert len(found) == len(asked) == 98
