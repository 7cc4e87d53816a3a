"""Both verdicts of `newsloom explain`: every figure, every threshold, and the rule that decided."""

import json
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from clicalls import call
from news_texts import articles as invented
from news_texts import copied
from support import InlinePool, query, write_jsonl

from cli.explaincopy import judge
from flows.ingest import ingest
from newsloom import stories
from newsloom.settings import Settings
from newsloom.stories.features import FEATURES, NAMES
from warehouse.commit import commit
from warehouse.lake import Lake

WORDS = [f"palabra{n}" for n in range(60)]
TEXT = " ".join(WORDS)


@pytest.mark.parametrize(
    ("a", "b", "same_content", "kind", "rule"),
    [
        (TEXT, TEXT, True, "exact", "word for word"),
        ("Sigue.", "Sigue.", True, "exact", "word for word"),
        (TEXT, TEXT.upper(), False, "exact", "exactly the same 5-grams"),
        (TEXT, TEXT + " y algo más", False, "near", "Jaccard similarity is 0.70 or more"),
        (TEXT, " ".join(WORDS[:30]), False, "excerpt", "0.90 or more of the shorter text"),
        (TEXT, " ".join(WORDS[:20]), False, None, "too short to be called an excerpt"),
        ("Sigue.", "Sigue.", False, None, "has 1 5-grams"),
        (TEXT, " ".join(reversed(WORDS)), False, None, "Neither threshold"),
    ],
)
def test_the_copy_rule_that_decided_is_named(
    a: str, b: str, same_content: bool, kind: str | None, rule: str
) -> None:
    found = judge(a, b, same_content)
    assert found.kind == kind
    assert rule in found.rule
    assert (found.jaccard_from, found.containment_from, found.excerpt_shingles_from) == (
        0.7, 0.9, 20,
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Invented events, and an exact copy of one report in another paper."""
    made = tmp_path_factory.mktemp("explained")
    rows = [row for row in invented(12) if row["source"] != "diario-espejo"]
    later = {"published_at": "2024-03-29T12:00:00Z"}
    rows += [copied(rows[0], "near", **later), {**rows[0], "id": "exact", **later}]
    given = write_jsonl(made / "rows.jsonl", rows)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("flows.run.Pool", InlinePool)
        ingest([str(given)], made / "data", Settings())
    return made / "data"


def _explain(folder: Path, a: str, b: str) -> Any:
    called = call("explain", a, b, "--json", "--warehouse", folder)
    assert called.code == 0, called.err
    return json.loads(called.out)


def _copies(folder: Path) -> dict[str, tuple[str, str]]:
    rows = query(folder, "SELECT copy_kind, article_id, original_id FROM duplicates")
    return {row["copy_kind"]: (row["article_id"], row["original_id"]) for row in rows}


def _unlike(folder: Path) -> tuple[str, str]:
    """Return two originals of different stories."""
    rows = query(
        folder,
        "SELECT arg_min(article_id, article_id) AS id FROM articles WHERE duplicate_of IS NULL "
        "GROUP BY story_id ORDER BY id LIMIT 2",
    )
    return rows[0]["id"], rows[1]["id"]


@pytest.mark.parametrize("kind", ["exact", "near"])
def test_a_copy_is_explained_with_the_entities_of_its_original(folder: Path, kind: str) -> None:
    copy, original = _copies(folder)[kind]
    found = _explain(folder, copy, original)
    assert found["copy"]["kind"] == kind
    assert found["copy"]["now"] == "In the warehouse, A is kept as a copy of B."
    assert "entity" in {line["kind"] for line in found["story"]["evidence"]}
    assert "without a score" in found["story"]["now"]["why"]


def test_two_copies_of_one_original_say_so(folder: Path) -> None:
    copies = _copies(folder)
    found = _explain(folder, copies["exact"][0], copies["near"][0])
    assert found["copy"]["now"].endswith(f"both are kept as copies of {copies['near'][1]}.")


def test_every_feature_threshold_and_term_is_printed(folder: Path) -> None:
    a, b = _unlike(folder)
    found = _explain(folder, a, b)["story"]
    assert [(line["name"], line["meaning"]) for line in found["features"]] == list(FEATURES.items())
    out = call("explain", a, b, "--warehouse", folder, columns=120).out
    for name in NAMES:
        assert re.search(rf"^{name} +-?\d+\.\d{{3}} +[-+]?\d+\.\d\d  ", out, re.MULTILINE), name
    model = stories.load()
    for words in (
        f"{model.join_score:.2f} on, in a crowd from more", f"{model.keep_score:.2f} on",
        "within the window of 30 days", "a near copy from 0.70 on", "an excerpt from 0.90 on, of "
        "20 5-grams or more", f"a score of {found['score']:.3f}", "of 128",
    ):  # fmt: skip
        assert words in out
    odds = found["intercept"] + sum(line["adds"] for line in found["features"])
    assert re.search(rf"^sum +{re.escape(f'{odds:+.2f}')}  Log-odds", out, re.MULTILINE)


def test_a_word_is_shown_with_its_weight(folder: Path) -> None:
    copy, original = _copies(folder)["exact"]
    found = _explain(folder, copy, original)["story"]["evidence"]
    terms = [line for line in found if line["kind"] == "term"]
    assert [line["weight"] for line in terms] == sorted((t["weight"] for t in terms), reverse=True)
    out = call("explain", copy, original, "--warehouse", folder, columns=300).out
    assert ", ".join(f"{t['name']} {t['weight']:.0f}" for t in terms) in out


def _move(folder: Path, **stories_of: str) -> None:
    """Put articles into stories, against what the clustering found."""
    rows = [{"article_id": article, "story_id": story} for article, story in stories_of.items()]
    event = {"run_id": "moved", "status": "completed", "items_found": 0}
    with Lake(folder) as lake, commit(lake) as writing:
        writing.append("run_events", pa.Table.from_pylist([event]))
        writing.append("story_members", pa.Table.from_pylist(rows))


@pytest.fixture
def moved(folder: Path, tmp_path: Path) -> Path:
    """A warehouse of its own, to be written to."""
    made = tmp_path / "data"
    rows = [row for row in invented(12) if row["source"] != "diario-espejo"]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("flows.run.Pool", InlinePool)
        ingest([str(write_jsonl(tmp_path / "rows.jsonl", rows))], made, Settings())
    return made


def test_one_story_against_the_score_is_explained_by_the_means(moved: Path) -> None:
    a, b = _unlike(moved)
    _move(moved, **{a: "sjoined", b: "sjoined"})
    found = _explain(moved, a, b)["story"]
    assert not found["reports_one_event"]
    assert found["same_story_now"]
    now = found["now"]
    assert now["margin_a"] == now["margin_b"] < 0
    out = call("explain", a, b, "--warehouse", moved, columns=200).out
    assert f"They are now in one story. {now['why']}" in out


def test_two_stories_against_the_score_are_explained_by_the_mean_between(moved: Path) -> None:
    a, b = _alike(moved)
    _move(moved, **{a: "sone", b: "stwo"})
    found = _explain(moved, a, b)["story"]
    assert found["reports_one_event"]
    assert not found["same_story_now"]
    assert found["now"]["margin_between"] > 0
    assert found["now"]["needed_score"] == pytest.approx(found["join_score"])
    assert "A's story (1) and B's (1)" in found["now"]["why"]


def test_a_mean_below_the_join_score_keeps_two_stories_apart(moved: Path) -> None:
    """Two reports of one event, each among others of other events."""
    a, b = _alike(moved)
    rows = query(moved, "SELECT article_id FROM articles WHERE duplicate_of IS NULL ORDER BY 1")
    others = [row["article_id"] for row in rows if row["article_id"] not in (a, b)]
    stories_of = {x: ("sone", "stwo")[n % 2] for n, x in enumerate(others)}
    _move(moved, **{a: "sone", b: "stwo"}, **stories_of)
    now = _explain(moved, a, b)["story"]["now"]
    assert not now["same_story"]
    assert now["margin_between"] < 0
    assert now["why"].endswith("below 0.")


def _alike(folder: Path) -> tuple[str, str]:
    (row, *_) = query(
        folder,
        "SELECT article_a, article_b FROM story_links WHERE same_story "
        f"AND score >= {stories.load().join_score} ORDER BY score DESC",
    )
    return row["article_a"], row["article_b"]
