"""What changes when articles change: revisions, copies, who is the original, and story ids.

All examples are ingested in the same two runs; they lie years apart, so that none joins another.
"""

import json
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from news_texts import Row, articles, copied
from support import InlinePool, Rows, copies, partition, query, run, value, write_jsonl, write_text

from warehouse.published import Published


def tell(number: int, name: str = "", *, words: int = 0) -> Row:
    """Return the article of an example: dated 10 March of its own year; other `words` on demand."""
    row = articles(1, seed=100 * number + words)[0]
    name = f"{number}{name}"
    return {**row, "id": name, "source": "gaceta", "published_at": f"{2000 + number}-03-10T08:00Z"}


def copy(row: Row, name: str, day: str = "03-11") -> Row:
    year = row["published_at"][:4]
    return copied(row, f"{row['id']}-{name}", published_at=f"{year}-{day}")


def undated(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "published_at"}


def two_reports(number: int) -> tuple[Row, Row]:
    """Return two reports of one event that are no copies of each other."""
    for first, second in pairwise(articles(40, seed=3 + number)):
        if first["title"] == second["title"] and not second["text"].startswith(first["text"]):
            given = tell(number, "a"), tell(number, "b")
            texts = ({"title": r["title"], "text": r["text"]} for r in (first, second))
            first, second = ({**row, **text} for row, text in zip(given, texts, strict=True))
            return first, {**second, "published_at": f"{2000 + number}-03-12"}
    raise AssertionError("the example has no such pair")


TEXT, TITLE, COSMETIC, MENTIONS, ORIGINAL, COPY, BECOMES, ORDER, LATE, KEEPS, WEIGHT, FORMER = (
    range(1, 13)
)
KEEPS_A, KEEPS_B = two_reports(KEEPS)
WEIGHT_A, WEIGHT_B = two_reports(WEIGHT)


def _with(row: Row, ending: str, **changes: str) -> Row:
    return {**row, "text": row["text"] + ending, **changes}


FIRST: list[Row] = [
    tell(TEXT),
    tell(TITLE),
    tell(COSMETIC),
    _with(tell(MENTIONS), " Lo siguen en Noruega y en Kenia."),
    copy(_with(tell(MENTIONS), " Lo siguen en Noruega y en Kenia."), "copy"),
    tell(ORIGINAL),
    copy(tell(ORIGINAL), "second"),
    copy(tell(ORIGINAL), "third", "03-12"),
    tell(COPY),
    copy(tell(COPY), "copy"),
    tell(BECOMES),
    tell(BECOMES, "-late", words=1),
    undated(copy(tell(ORDER), "undated")),
    _with(copy(tell(ORDER), "later"), " Seguirá."),
    tell(ORDER),
    {**copy(tell(ORDER), "longer"), "published_at": tell(ORDER)["published_at"]},
    tell(LATE),
    copy(tell(LATE), "copy"),
    KEEPS_A,
    KEEPS_B,
    *({**copy(WEIGHT_A, f"{n}", f"03-2{n}"), "text": WEIGHT_A["text"]} for n in range(4)),
    WEIGHT_B,
    tell(FORMER),
]
SECOND: list[Row] = [
    {**tell(TEXT, words=1), "id": "1"},
    {**tell(TITLE), "title": tell(TITLE)["title"] + ", última hora"},
    {**tell(COSMETIC), "text": tell(COSMETIC)["text"].replace(". ", ".\r\n\r\n  ") + "\n"},
    _with(tell(MENTIONS, words=1), " Lo siguen en Islandia."),
    tell(ORIGINAL, words=1),
    {**tell(COPY, "-copy", words=1), "source": "diario-espejo"},
    {**tell(BECOMES, "-late"), "published_at": "2007-03-20"},
    {**tell(LATE, "-earliest"), "published_at": "2009-03-09"},
    {**KEEPS_A, "id": f"{KEEPS}-earliest", "published_at": "2010-03-09"},
    WEIGHT_A,
    {**tell(FORMER, "-earliest"), "published_at": "2012-03-01"},
]


class State(NamedTuple):
    """What the warehouse says after a run, by the ids that the source gave."""

    articles: dict[str, Row]
    copies: dict[str, str]
    mentions: Rows
    statuses: dict[str, str]

    def story(self, external_id: str) -> str:
        story = self.articles[external_id]["story_id"]
        assert isinstance(story, str)
        return story


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("revisions") / "data"


@pytest.fixture(scope="module")
def states(folder: Path) -> tuple[State, State]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("flows.run.Pool", InlinePool)
        return tuple(  # type: ignore[return-value]
            _state(folder, run(folder, write_jsonl(folder.parent / f"{n}.jsonl", rows)).run_id)
            for n, rows in enumerate((FIRST, SECOND))
        )


def _state(folder: Path, run_id: str) -> State:
    ended = (
        "SELECT external_id, i.status FROM items AS i JOIN articles USING (article_id) "
        f"WHERE i.run_id = '{run_id}'"
    )
    return State(
        {row["external_id"]: row for row in query(folder, "FROM articles")},
        copies(folder),
        query(folder, "FROM mentions JOIN articles USING (article_id) ORDER BY surface"),
        {row["external_id"]: row["status"] for row in query(folder, ended)},
    )


def test_a_changed_text_is_a_new_revision(folder: Path, states: tuple[State, State]) -> None:
    first, second = (state.articles["1"] for state in states)
    assert states[1].statuses["1"] == "revised"
    assert (second["article_id"], second["revision"]) == (first["article_id"], 2)
    changed = tell(TEXT, words=1)
    assert (second["title"], second["text"]) == (changed["title"], changed["text"])
    assert second["first_seen_at"] == first["first_seen_at"] < second["revised_at"]
    kept = query(
        folder,
        f"SELECT text FROM facts.article_texts WHERE article_id = '{first['article_id']}' "
        "ORDER BY revision",
    )
    assert [line["text"] for line in kept] == [tell(TEXT)["text"], changed["text"]]


def test_a_changed_headline_is_a_new_revision(states: tuple[State, State]) -> None:
    assert states[1].statuses["2"] == "revised"
    assert states[1].articles["2"]["title"].endswith("última hora")


def test_a_cosmetic_change_is_none(states: tuple[State, State]) -> None:
    assert states[1].statuses["3"] == "unchanged"
    assert states[1].articles["3"]["text"] == tell(COSMETIC)["text"]


def test_a_copy_inherits_the_mentions_of_its_original(
    folder: Path, states: tuple[State, State]
) -> None:
    original, copy_ = (
        [m for m in states[0].mentions if m["external_id"] == name] for name in ("4", "4-copy")
    )
    assert [m["entity_id"] for m in original] == [m["entity_id"] for m in copy_] != []
    assert all(m["char_start"] is None and m["inherited"] for m in copy_)
    for mention in original:
        whole = mention["title" if mention["in_title"] else "text"]
        assert whole[mention["char_start"] : mention["char_end"]] == mention["surface"]
    tagged = "SELECT count(*) FROM facts.taggings JOIN articles USING (article_id, revision)"
    assert value(folder, f"{tagged} WHERE external_id = '5-third'") == 0


def test_mentions_are_those_of_the_present_revision(states: tuple[State, State]) -> None:
    found = {m["surface"] for m in states[1].mentions if m["external_id"] == "4"}
    assert "Islandia" in found
    assert not {"Noruega", "Kenia"} & found
    # The copy is an article of its own now, with the mentions that it had inherited.
    own = {m["surface"]: m["inherited"] for m in states[1].mentions if m["external_id"] == "4-copy"}
    assert own["Noruega"] is own["Kenia"] is False


def test_when_the_original_changes_another_takes_its_place(states: tuple[State, State]) -> None:
    first, second = states
    names = ("5", "5-second", "5-third")
    assert {n: first.copies.get(n) for n in names} == {"5": None, names[1]: "5", names[2]: "5"}
    assert {n: second.copies.get(n) for n in names} == {
        "5": None,
        names[1]: None,
        names[2]: names[1],
    }
    assert second.story("5-second") == second.story("5-third") != second.story("5")
    inherited = {m["external_id"]: m["inherited"] for m in second.mentions}
    assert [inherited[name] for name in names] == [False, False, True]


def test_a_copy_that_changes_is_an_article_of_its_own(states: tuple[State, State]) -> None:
    assert states[0].copies["6-copy"] == "6"
    assert not {"6", "6-copy"} & states[1].copies.keys()
    assert states[1].story("6") != states[1].story("6-copy")


def test_an_article_that_becomes_a_copy_goes_into_its_originals_story(
    states: tuple[State, State],
) -> None:
    first, second = states
    assert first.story("7") != first.story("7-late")
    assert second.copies["7-late"] == "7"
    assert second.story("7") == second.story("7-late") == first.story("7")


def test_the_original_is_the_earliest_then_the_longest(states: tuple[State, State]) -> None:
    found = {name: of for name, of in states[0].copies.items() if name.startswith("8")}
    assert found == dict.fromkeys(("8", "8-later", "8-undated"), "8-longer")


def test_an_earlier_original_that_arrives_late_takes_over(states: tuple[State, State]) -> None:
    assert states[0].copies["9-copy"] == "9"
    assert states[1].copies["9-copy"] == states[1].copies["9"] == "9-earliest"
    assert len({states[1].story(name) for name in ("9", "9-copy", "9-earliest")}) == 1


def test_a_story_keeps_its_id_when_an_earlier_original_takes_over(
    folder: Path, states: tuple[State, State]
) -> None:
    first, second = states
    assert first.story("10a") == first.story("10b")
    assert second.copies["10a"] == "10-earliest"
    assert second.story("10a") == second.story("10b") == first.story("10a")
    assert _events(folder, first.story("10a")) == ["created"]


def test_copies_do_not_weigh_on_the_identity_of_a_story(
    folder: Path, states: tuple[State, State]
) -> None:
    first, second = states
    assert first.story("11a-0") == first.story("11b")
    assert set(second.copies) >= {f"11a-{n}" for n in range(4)}
    assert second.story("11a") == second.story("11b") == first.story("11b")
    assert _events(folder, first.story("11b")) == ["created"]


def test_a_former_story_id_leads_to_the_present_one(
    folder: Path, states: tuple[State, State]
) -> None:
    former, present = states[0].story("12"), states[1].story("12")
    assert former != present
    with Published(folder) as news:
        assert news.find_story(former) == present


def test_every_article_is_in_exactly_one_story(folder: Path, states: tuple[State, State]) -> None:
    counted = sorted(name for story in partition(folder) for name in story)
    assert counted == sorted(states[1].articles)
    assert value(folder, "SELECT sum(article_count) FROM stories") == len(counted)


def _events(folder: Path, story: str) -> list[str]:
    history = query(folder, f"FROM story_history WHERE story_id = '{story}' ORDER BY commit_id")
    return [row["event"] for row in history]


@pytest.mark.usefixtures("inline")
def test_rows_of_one_id_are_revisions_in_their_order(tmp_path: Path) -> None:
    row, other = tell(TEXT), tell(TEXT, words=1)
    folder, file = tmp_path / "data", tmp_path / "flapping.jsonl"
    write_text(file, "\n".join(map(json.dumps, (row, other, row))))
    report = run(folder, file, batch_size=2)  # a revision inside a batch, and one in the next
    assert report.statuses == {"new": 1, "revised": 2}
    assert query(folder, "SELECT revision, text FROM articles") == [
        {"revision": 3, "text": row["text"]}
    ]
    assert run(folder, file, batch_size=2).statuses == {"unchanged": 3}
