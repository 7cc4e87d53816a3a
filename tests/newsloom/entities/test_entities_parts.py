"""The parts that need no model: countries, names, spans, acronyms, people."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsloom.entities import acronyms, countries, regions, tagger, territories
from newsloom.entities.gazetteer import Gazetteer
from newsloom.entities.names import fold, is_acronym
from newsloom.entities.people import People
from newsloom.entities.spans import Span, SpanSet, is_junk, trim

KNOWN = {
    "US": "Q30", "RU": "Q159", "FR": "Q142", "NE": "Q1032", "NG": "Q1033", "ML": "Q912",
    "BF": "Q965", "GH": "Q117", "DE": "Q183", "GB": "Q145", "CN": "Q148", "IN": "Q668",
    "JP": "Q17", "UA": "Q212", "IL": "Q801", "IR": "Q794", "BR": "Q155", "CA": "Q16",
    "DK": "Q35", "NL": "Q55", "TW": "Q865", "XK": "Q1246", "KP": "Q423", "KR": "Q884",
}  # fmt: skip


def test_the_table_of_countries_is_complete_and_sound() -> None:
    table = countries.by_code()
    assert len(table) == 250
    assert {code: table[code].wikidata_id for code in KNOWN} == KNOWN
    assert len({country.wikidata_id for country in table.values()}) == len(table)
    for code, country in table.items():
        assert (code.isupper(), len(code)) == (True, 2)
        assert country.wikidata_id[0] == "Q"
        assert country.wikidata_id[1:].isdigit()
        assert -90 <= country.latitude <= 90
        assert -180 <= country.longitude <= 180
        assert countries.named(country.name) is country


def test_no_two_countries_share_a_name_or_a_demonym() -> None:
    everything = [
        (fold(name), country.code)
        for country in countries.by_code().values()
        for name in (country.name, *country.aliases, *country.demonyms)
    ]
    owners: dict[str, set[str]] = {}
    for name, code in everything:
        owners.setdefault(name, set()).add(code)
    assert {name for name, codes in owners.items() if len(codes) > 1} == set()


def test_pronouns_are_no_acronyms_of_countries() -> None:
    assert countries.named("US") is countries.named("U.S.")
    assert countries.named("us") is None
    assert countries.named("Us") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Al-Qaeda", "al Qaeda"), ("The Guardian", "Guardian"), ("U.S.", "US"),
        ("Côte d’Ivoire", "Cote d'Ivoire"), ("Marks & Spencer", "Marks and Spencer"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once_but_for_articles(name: str) -> None:
    folded = fold(name)
    assert folded == folded.strip()
    assert fold(folded) in (folded, " ".join(folded.split()[1:]), fold(folded.upper()))


@pytest.mark.parametrize(("name", "yes"), [("NATO", True), ("U.N.", True), ("Nato", False)])
def test_acronyms_are_told_by_their_capitals(name: str, yes: bool) -> None:
    assert is_acronym(name) is yes


def test_the_gazetteer_finds_the_longest_whole_words() -> None:
    names = Gazetteer({"Guinea": "GN", "Guinea-Bissau": "GW", "Niger": "NE", "Côte d'Ivoire": "CI"})
    text = "Guinea-Bissau, Guinea, Nigeria, Nigerien, Niger's, Côte d’Ivoire, New-Niger-X"
    found = [(text[start:end], value) for start, end, value in names.find(text)]
    assert found == [
        ("Guinea-Bissau", "GW"), ("Guinea", "GN"), ("Niger", "NE"), ("Côte d’Ivoire", "CI"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("the Joe Biden’s", "Joe Biden"),
        ("“The Guardian”,", "Guardian"),
        ("U.S.", "U.S."),
        ("Paris.", "Paris"),
        ("Acme Corp.", "Acme Corp."),
        ("Junta\n\nJAKARTA", "Junta"),
        ("...'\"", None),
        ("the workers'", "workers"),
        ("Ana Lopez/Getty Images", "Ana Lopez"),
    ],
)
def test_spans_are_cut_to_the_name(text: str, kept: str | None) -> None:
    cut = trim(Span(0, len(text), "PERSON"), text)
    assert (cut and cut.of(text)) == kept


@settings(deadline=None)
@given(st.text(max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_cutting_never_widens_a_span(text: str, start: int, end: int) -> None:
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    cut = trim(Span(start, end, "ORG"), text)
    assert cut is None or start <= cut.start < cut.end <= end


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)), max_size=30))
def test_a_span_set_never_overlaps(places: list[tuple[int, int]]) -> None:
    spans = [Span(start, start + length, "ORG") for start, length in places]
    half = len(spans) // 2
    kept = SpanSet(spans[:half])
    for span in spans[half:]:
        kept.put(span)
        assert kept.touching(span) == [span]
        assert kept.starting_at(span.start) == span
    in_order = list(kept)
    assert all(left.end <= right.start for left, right in pairwise(in_order))


@pytest.mark.parametrize("surface", ["", "7", "A", "https://example.com", "x@y", "R-Tex", "12:30"])
def test_junk_is_no_name(surface: str) -> None:
    assert is_junk(surface, surface)


def test_what_was_put_in_small_letters_is_no_name() -> None:
    assert is_junk("Willingness", "willingness")
    assert not is_junk("Willingness", "Willingness")
    assert not is_junk("النيجر", "النيجر")


@pytest.mark.parametrize(
    ("text", "long_form"),
    [
        ("the World Health Organization (WHO) said", "World Health Organization"),
        ("the Kurdistan Workers' Party (PKK)", None),
        ("U.S. Department of Defense (DoD)", "Department of Defense"),
        ("the International Atomic Energy Agency (the IAEA)", "International Atomic Energy Agency"),
        ("Association of South East Asian Nations (ASEAN)", "Association of South East Asian "
         "Nations"),
        ("its body mass index (BMI)", None),
        ("Senator Jane Doe (R-Texas)", None),
        ("Alan Baker Charles (A.B.C.) Jones", None),
        ("Bank of England in Paris (BP)", None),
        ("(ABC)", None),
    ],
)  # fmt: skip
def test_acronyms_are_explained_by_the_words_before(text: str, long_form: str | None) -> None:
    assert [found.long_form for found in acronyms.definitions(text).values()] == (
        [long_form] if long_form else []
    )


@settings(deadline=None)
@given(st.text(alphabet="ABCabc (),.-'\n", max_size=120))
def test_definitions_stand_where_they_say(text: str) -> None:
    for acronym, found in acronyms.definitions(text).items():
        assert found.acronym == acronym
        assert found.is_in(text)


def test_people_are_recognised_by_parts_of_their_names() -> None:
    people = People(["George W. Bush", "Angela Merkel", "Ana Maria Lopez", "A. Merkel"])
    assert people.resolve("Bush") == ("george", "w", "bush")
    assert people.resolve("George Bush") == ("george", "bush")
    assert people.resolve("Merkel") == people.resolve("A. Merkel") == ("angela", "merkel")
    assert people.resolve("Ana Maria") == ("ana", "maria", "lopez")
    assert people.resolve("Somebody Else") == ("somebody", "else")


def test_the_name_without_initials_is_preferred() -> None:
    people = People(["Donald J. Trump", "Donald Trump", "Trump"])
    assert people.resolve("Trump") == people.resolve("Donald J. Trump") == ("donald", "trump")


def test_two_of_one_name_are_not_merged() -> None:
    people = People(["George W. Bush", "George H. W. Bush", "George Bush", "Bush"])
    assert people.resolve("George W. Bush") != people.resolve("George H. W. Bush")
    assert people.resolve("George Bush") == ("george", "bush")
    assert people.resolve("Bush") == ("bush",)


@given(
    st.lists(
        st.sampled_from(["Al", "Bo", "Cy", "Al.B.Cy", "Al.Cy", "Bo.Cy", "Cy.Al", "A.Cy"]),
        max_size=8,
    )
)
def test_people_do_not_depend_on_the_order_of_mention(names: list[str]) -> None:
    spaced = [name.replace(".", " ") for name in names]
    forwards, backwards = People(spaced), People(spaced[::-1])
    assert [forwards.resolve(name) for name in spaced] == [
        backwards.resolve(name) for name in spaced
    ]


@pytest.mark.parametrize(
    ("surface", "region"),
    [("West African", "West Africa"), ("Europeans", "Europe"), ("American", None),
     ("Latin American", "Latin America"), ("Paris", None)],
)  # fmt: skip
def test_regions_by_their_people(surface: str, region: str | None) -> None:
    assert regions.of(surface) == region


@pytest.mark.parametrize(
    ("text", "language", "codes"),
    [
        ("Er reiste von Deutschland nach Österreich.", "de", ["DE", "AT"]),
        ("La visite en Russie et aux États-Unis.", "fr", ["RU", "US"]),
        ("Viajó de España a EE.UU.", "es", ["ES", "US"]),
        ("Aeropuerto Internacional Chile Sur", "es", []),
        ("В Киеве заявили, что Россия ответит.", "ru", ["RU"]),
        ("France", "xx", []),
        ("法国", "zh", []),
        ("text", "", []),
    ],
)
def test_countries_in_other_languages(text: str, language: str, codes: list[str]) -> None:
    assert [match.value for match in territories.find(text, language)] == codes


@settings(deadline=None)
@given(st.text(alphabet="ab. \n", max_size=300), st.integers(10, 60))
def test_chunks_cover_the_text_once(text: str, size: int) -> None:
    pieces = list(tagger.chunks(text, size))
    assert "".join(text[start:end] for start, end in pieces) == text
    assert all(0 < end - start <= size for start, end in pieces)
