"""Story profiles: rare words weigh, common ones do not, and the place is kept."""

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from newsloom.fingerprints import SIGNATURE, sign
from newsloom.fingerprints.profile import (
    IN_LEAD,
    IN_TITLE,
    IS_NAME,
    MAX_TERMS,
    profile,
    replicas,
)
from newsloom.fingerprints.terms import MAX_RARITY, Term, joined, vocabulary
from newsloom.fingerprints.tokens import words


def term(word: str, language: str) -> Term:
    return vocabulary(language).term(word)


def test_rarity_comes_from_the_language() -> None:
    assert term("the", "en").rarity == 0
    assert term("die", "de").rarity == 0
    assert term("die", "en").rarity > 0
    assert term("government", "en").rarity < term("junta", "en").rarity
    assert term("qxzvblorp", "en").rarity == MAX_RARITY


def test_forms_of_a_word_are_one_term() -> None:
    assert term("negotiations", "en").id == term("negotiation", "en").id
    assert term("häuser", "de").id == term("häusern", "de").id


def test_a_language_without_a_table_goes_by_length() -> None:
    assert term("kwa", "xx").rarity == 0
    assert term("serikali", "xx").rarity > 0


def test_places_and_repetition_are_kept() -> None:
    lead = "Ferry service resumes. " + "Calm words follow here. " * 40
    made = profile("Ferry resumes", lead + " A zeppelin passed.", "en")
    of = dict(zip(made.terms.tolist(), made.places.tolist(), strict=True))
    assert of[term("ferry", "en").id] == IN_TITLE | IN_LEAD
    assert of[term("zeppelin", "en").id] == 0


def test_a_profile_is_bounded_sorted_and_free_of_order() -> None:
    made = [f"word{n}x" for n in range(500)]
    forth = profile("", " ".join(made), "en")
    assert len(forth.terms) == MAX_TERMS
    assert (np.diff(forth.terms.astype(np.int64)) > 0).all()
    back = profile("", " ".join(reversed(made)), "en")
    assert forth.terms.tolist() == back.terms.tolist()


def test_weights_become_members() -> None:
    members = replicas(np.array([5, 9], np.uint32), np.array([8, 12], np.uint8))
    assert len(set(members.tolist())) == 5


def test_names_are_what_the_writer_capitalises_inside_of_sentences() -> None:
    text = "Rivers rose on Monday. Anna Petrov of Brenholm said rivers rise. Then Anna left."
    made = profile("", text, "en")
    of = dict(zip(made.terms.tolist(), made.places.tolist(), strict=True))
    assert of[term("petrov", "en").id] & IS_NAME
    assert of[term("brenholm", "en").id] & IS_NAME
    assert not of[term("rivers", "en").id] & IS_NAME


def test_the_days_that_a_text_speaks_of_are_kept() -> None:
    made = profile("", "It began on July 26, 2023 and ended on 3 August.", "en")
    assert made.days.tolist() == [32 * 7 + 26, 32 * 8 + 3]
    assert made.dates.tolist() == [19564]


def test_without_spaces_two_characters_make_a_term() -> None:
    assert joined(words("北京市 rain")) == ["北京", "京市", "rain"]
    made = profile("", "一场暴雨来了", "zh")
    assert vocabulary("zh").term("暴雨").id in made.terms.tolist()


def test_numbers_stand_with_their_neighbour() -> None:
    a = profile("", "Police counted 27 boats on July 26.", "en")
    b = profile("", "On July 26 there were other things.", "en")
    assert set(a.numbers.tolist()) & set(b.numbers.tolist())
    assert not set(a.numbers.tolist()) & set(profile("", "In 26 towns.", "en").numbers.tolist())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=400), st.sampled_from(["en", "de", "zh", "und"]))
def test_any_text_can_be_signed(title: str, text: str, language: str) -> None:
    table = pa.table(
        {"content_id": ["c"], "title": [title], "text": [text], "language": [language]}
    )
    signed = sign(table)
    assert signed.schema == SIGNATURE
    assert signed.equals(sign(table))


def test_each_content_is_signed_once_and_rejects_not_at_all() -> None:
    table = pa.table(
        {
            "content_id": ["c", "c", None],
            "title": ["A", "A", None],
            "text": ["Same text.", "Same text.", None],
            "language": ["en", "en", None],
        }
    )
    assert sign(table)["content_id"].to_pylist() == ["c"]
