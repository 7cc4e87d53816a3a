"""Why two articles ended in one story, or in two, where their own score says otherwise."""

from typing import Any, NamedTuple

from newsloom import stories
from newsloom.fingerprints import SIGNATURE_VERSION
from warehouse.groups import edges_at, profiles
from warehouse.published import Published

MOST_ARTICLES = 200
"""Larger stories are judged by so many of their articles, those with the least ids."""


class Grouping(NamedTuple):
    """Where two articles are now, and what the clustering weighed.

    A margin is log-odds above what a pair needs in the crowd that the two are in; clusters join
    while the mean margin of their pairs is not below 0.
    """

    same_story: bool
    articles_a: int
    articles_b: int
    needed_score: float | None
    margin_a: float | None
    margin_b: float | None
    margin_between: float | None
    raised_to: float | None
    why: str


def grouping(
    news: Published, a: dict[str, Any], b: dict[str, Any], verdict: stories.Verdict
) -> Grouping:
    """Say where A and B, rows of `articles`, are now, and why that is not what their score says."""
    same = a["story_id"] is not None and a["story_id"] == b["story_id"]
    first, second = (row["duplicate_of"] or row["article_id"] for row in (a, b))
    in_a, in_b = (set(_members(news, row["story_id"])) for row in (a, b))
    plain = Grouping(same, len(in_a), len(in_b), None, None, None, None, _raised(news, a, b), "")
    if first == second:
        return plain._replace(why="One is a copy of the other, or both are of a third: a copy is "
                                  "in the story of its original, without a score.")  # fmt: skip
    if same == verdict.reports_one_event:
        return plain
    if same:
        means = [_margins(news, {x}, in_a - {x}).mean for x in (first, second)]
        return plain._replace(margin_a=means[0], margin_b=means[1], why=_why_together(plain, means))
    alone = _margins(news, {first}, {second})
    between = _margins(news, in_a, in_b)
    now = plain._replace(needed_score=alone.needed_score, margin_between=between.mean)
    return now._replace(why=_why_apart(now, verdict))


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


def _margins(news: Published, first: set[str], second: set[str]) -> stories.Margins:
    model = stories.load()
    table = profiles(news, first | second, SIGNATURE_VERSION).cast(stories.PROFILE)
    edges = edges_at(news, first | second, model.join_score)
    return stories.mean_margin(table, edges, first, second, model)


def _why_together(now: Grouping, means: list[float | None]) -> str:
    shown = " and ".join(f"{mean:+.2f}" for mean in means if mean is not None)
    return (
        "Stories are joined by the mean over all their pairs. To the other articles of their story "
        f"({now.articles_a} in all), A and B have mean margins of {shown}."
    )


def _why_apart(now: Grouping, verdict: stories.Verdict) -> str:
    needed = now.needed_score or verdict.join_score
    if verdict.score < needed:
        return (
            f"Other articles are as close to them: in their crowd it takes a score of {needed:.2f}."
        )
    start = (
        "Stories are joined by the mean over all their pairs. Between A's story "
        f"({now.articles_a}) and B's ({now.articles_b}) the mean margin is "
        f"{now.margin_between or 0:+.2f}"
    )
    if now.raised_to is not None:
        start += f"; their group was outsize, so it was joined from a score of {now.raised_to:.2f}"
    if now.margin_between is not None and now.margin_between < 0:
        return f"{start}: below 0."
    return f"{start}. Other pairs were closer and were joined before."
