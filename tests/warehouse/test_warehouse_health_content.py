"""Health checks of what is in the articles: well in a healthy past, and each fault told apart."""

import pytest

from tests.warehouse.health_pasts import alarms, healthy
from warehouse.health import Health

WARN, BAD = Health.WARN, Health.BAD
FRESH = "revision = 1 AND within(seen_at, 24)"


def _some(change: str, share: int) -> str:
    """Return a SELECT that changes so many of a hundred fresh articles, whatever their source."""
    return (
        f"SELECT * EXCLUDE (hit) REPLACE ({change}) "
        f"FROM (SELECT *, {FRESH} AND hash(article_id) % 100 < {share} AS hit FROM rows)"
    )


@pytest.mark.parametrize(("share", "expected"), [(25, WARN), (70, BAD)])
def test_articles_without_a_headline(share: int, expected: Health) -> None:
    change = "CASE WHEN hit THEN '' ELSE title END AS title"
    status, found = alarms(article_revisions=_some(change, share))
    assert status.pop("missing_titles") is expected
    assert set(status) <= {"broken_sources"}
    assert "have no headline" in found["missing_titles"].reason


@pytest.mark.parametrize(
    "change",
    [
        "CASE WHEN hit THEN 'fetched' ELSE published_from END AS published_from",
        "CASE WHEN hit THEN 'future' END AS published_doubt",
        "CASE WHEN hit THEN NULL ELSE published_from END AS published_from",
    ],
)
def test_articles_without_a_date(change: str) -> None:
    status, _ = alarms(article_revisions=_some(change, 18))
    assert status == {"missing_dates": WARN}


@pytest.mark.parametrize("words", ["word_count // 4", "word_count * 4"])
def test_texts_of_another_length(words: str) -> None:
    change = f"CASE WHEN hit THEN {words} ELSE word_count END AS word_count"
    status, found = alarms(article_revisions=_some(change, 100))
    assert status.pop("text_length") is BAD
    assert set(status) <= {"broken_sources"}
    assert "words" in found["text_length"].reason


def test_articles_in_another_language() -> None:
    change = "CASE WHEN hit THEN 'nl' ELSE language END AS language"
    status, found = alarms(article_revisions=_some(change, 20))
    assert status == {"unexpected_language": WARN}
    assert "rare in their source" in found["unexpected_language"].reason


def test_a_flood_of_copies() -> None:
    status, found = alarms(copies=_copies(35))
    assert status == {"duplicate_share": WARN}
    assert "copy another" in found["duplicate_share"].reason


def _copies(share: int) -> str:
    articles = healthy()["article_revisions"]
    rows = [
        (commit, article)
        for commit, article, revision in zip(
            *(articles[name].to_pylist() for name in ("commit_id", "article_id", "revision")),
            strict=True,
        )
        if revision == 1
    ]
    first = rows[0][1]
    late = [row for row in rows[-130:] if int(row[1][1:9], 16) % 100 < share]
    values = ", ".join(f"({commit}, '{article}', '{first}')" for commit, article in late)
    return (
        "FROM rows UNION ALL BY NAME "
        f"SELECT * FROM (VALUES {values}) AS made(commit_id, article_id, original_id)"
    )


def test_a_tagger_that_finds_nothing() -> None:
    last = "(SELECT max(commit_id) FROM rows)"
    status, found = alarms(
        taggings="SELECT * REPLACE (CASE WHEN commit_id > "
        f"{last} - 320 THEN [] ELSE entity_ids END AS entity_ids) FROM rows"
    )
    assert status == {"entities_per_article": BAD}
    assert found["entities_per_article"].reason.startswith("0.0 entities")


@pytest.mark.parametrize(("articles", "expected"), [(280, WARN), (900, BAD)])
def test_a_story_that_swallows_others(articles: int, expected: Health) -> None:
    status, found = alarms(
        story_members=f"SELECT * REPLACE (CASE WHEN hash(article_id) % 4000 < {articles} "
        "THEN 'sgiant' ELSE story_id END AS story_id) FROM rows"
    )
    assert status == {"largest_story": expected}
    assert found["largest_story"].reason.startswith("Story sgiant has")


def test_stories_cut_out_of_outsize_groups() -> None:
    status, _ = alarms(
        story_states="SELECT *, "
        "CASE WHEN hash(story_id) % 10 < 6 THEN 0.9 END AS raised_to FROM rows"
    )
    assert status == {"split_stories": WARN}


def test_a_mass_of_open_rejects() -> None:
    status, _ = alarms(
        item_events="FROM rows UNION ALL BY NAME SELECT * REPLACE (item_id || '-x' AS item_id, "
        "item_id || '-x' AS locator, 'rejected' AS status, 'paywall' AS reason, "
        "ago(600) AS seen_at) FROM (FROM rows WHERE status = 'unchanged' LIMIT 1600)",
        rejects=_open(1600),
    )
    assert set(status) - {"unaccounted_items"} == {"open_rejects"}


def _open(count: int) -> str:
    events = healthy()["item_events"]
    names = ("item_id", "status", "commit_id")
    rows = [
        row for row in zip(*(events[name].to_pylist() for name in names), strict=True)
        if row[1] == "unchanged"
    ][:count]  # fmt: skip
    values = ", ".join(f"('{i}-x', '{i}-x', {commit})" for i, _, commit in rows)
    return (
        "FROM rows UNION ALL BY NAME SELECT *, 'paywall' AS reason, ago(600) AS rejected_at "
        f"FROM (VALUES {values}) AS made(item_id, locator, commit_id)"
    )
