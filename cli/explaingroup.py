"""Why two articles ended in one story, or in two, where their own score says otherwise."""

from typing import Any, NamedTuple

from newsloom import stories
from newsloom.fingerprints import SIGNATURE_VERSION
from warehouse.groups import profiles
from warehouse.published import Published

MOST_ARTICLES = 200
"""Larger stories are judged by so many of their articles, those with the least ids."""


class Grouping(NamedTuple):
    """Where two articles are now. `mean_*` are what the clustering compares with the join score."""

    same_story: bool
    articles_a: int
    articles_b: int
    mean_a: float | None
    mean_b: float | None
    mean_between: float | None
    raised_to: float | None
    why: str


def grouping(
    news: Published, a: dict[str, Any], b: dict[str, Any], verdict: stories.Verdict
) -> Grouping:
    """Say where A and B, rows of `articles`, are now, and why that is not what their score says."""
    same = a["story_id"] is not None and a["story_id"] == b["story_id"]
    first, second = (row["duplicate_of"] or row["article_id"] for row in (a, b))
    in_a, in_b = (set(_members(news, row["story_id"])) for row in (a, b))
    plain = Grouping(same, len(in_a), len(in_b), None, None, None, _raised(news, a, b), "")
    if first == second:
        return plain._replace(why="One is a copy of the other, or both are of a third: a copy is "
                                  "in the story of its original, without a score.")  # fmt: skip
    if same == verdict.reports_one_event:
        return plain
    if same:
        means = [_mean(news, {x}, in_a - {x}) for x in (first, second)]
        return plain._replace(mean_a=means[0], mean_b=means[1], why=_why_together(plain, means))
    between = _mean(news, in_a, in_b)
    return plain._replace(mean_between=between, why=_why_apart(plain, between, verdict))


def _members(news: Published, story: str | None) -> list[str]:
    """Return the articles of a story that are no copies, the first MOST_ARTICLES."""
    found = news.query(
        "SELECT article_id FROM facts.live_members WHERE story_id = ? ORDER BY article_id LIMIT ?",
        [story, MOST_ARTICLES],
    )
    members: list[str] = found["article_id"].to_pylist()
    return members


def _raised(news: Published, *articles: dict[str, Any]) -> float | None:
    found = news.query(
        "SELECT max(raised_to) AS raised_to FROM facts.live_states WHERE story_id IN (?, ?)",
        [row["story_id"] for row in articles],
    )
    raised: float | None = found["raised_to"][0].as_py()
    return raised


def _mean(news: Published, first: set[str], second: set[str]) -> float | None:
    table = profiles(news, first | second, SIGNATURE_VERSION)
    table = table.select(stories.PROFILE.names).cast(stories.PROFILE)
    return stories.mean_score(table, first, second, stories.load())


def _why_together(now: Grouping, means: list[float | None]) -> str:
    shown = " and ".join(f"{mean:.3f}" for mean in means if mean is not None)
    return (
        f"Stories are joined by mean scores. To the other articles of their story "
        f"({now.articles_a} in all), A and B have mean scores of {shown}."
    )


def _why_apart(now: Grouping, between: float | None, verdict: stories.Verdict) -> str:
    join = verdict.join_score if now.raised_to is None else now.raised_to
    start = (
        f"Stories are joined by mean scores. Over all pairs of A's story ({now.articles_a}) "
        f"and B's ({now.articles_b}), the mean is {between or 0:.3f}"
    )
    if now.raised_to is not None:
        start += f"; their group was outsize, so it was joined from {join:.2f} on only"
    if between is not None and between < join:
        return f"{start}: below {join:.2f}."
    return f"{start}. Other pairs were closer and were joined before."
