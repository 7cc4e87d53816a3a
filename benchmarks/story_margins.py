"""How far apart the seeds of the project are from articles that are no reports of their event.

The controls are short texts written for the tests (tests/newsloom/stories/controls.py); each shares
countries, people, organisations or the kind of event with the seeds.
"""

import importlib.util
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import story_sets
from benchmarks.story_engines import WINDOW_DAYS, grouped
from newsloom import stories
from newsloom.discover import Discovery
from newsloom.prepare import prepare
from newsloom.settings import Settings

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
CONTROLS = ROOT / "tests" / "newsloom" / "stories" / "controls.py"


class Margin(NamedTuple):
    """An article and its score with the seed that it is closer to."""

    name: str
    score: float
    joins: bool  # whether it should join the seeds' story
    joined: bool  # whether it did, all of them clustered together


def margins(model: stories.Model) -> list[Margin]:
    """Return the score of the seeds with each other, and the highest of each control with one."""
    seeds, controls = _seeds(), _controls()
    rows = seeds + [
        {"title": c.title, "text": c.text, "date": str(c.published_at or "")}
        for c in controls.values()
    ]
    table = story_sets.profiles(story_sets.news("seeds and controls", rows))

    def score(a: int, b: int) -> float:
        return stories.explain(table.take([a, b]), WINDOW_DAYS, model).score

    edges = stories.link(table, table.slice(0, 0), WINDOW_DAYS, model)
    groups = grouped(table, edges, model)
    joined = (groups == groups[0]).tolist()
    found = [Margin("the two seeds", score(0, 1), True, joined[1])]
    for row, (name, control) in enumerate(controls.items(), len(seeds)):
        highest = max(score(0, row), score(1, row))
        found.append(Margin(name, highest, control.joins, joined[row]))
    return found


def _seeds() -> list[dict[str, Any]]:
    (items,) = Discovery([str(SEEDS)], Settings())
    documents, _ = prepare(items, Settings())
    return [
        {"title": row["title"], "text": row["text"], "lang": row["language"]}
        for row in documents.to_pylist()
    ]


def _controls() -> dict[str, Any]:
    spec = importlib.util.spec_from_file_location("controls", CONTROLS)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[str, Any] = module.CONTROLS
    return found
