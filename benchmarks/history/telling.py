"""The articles of a made-up past: their words, which copy which, and the stories they tell."""

import random
from dataclasses import dataclass, field

from benchmarks.history.items import Items
from benchmarks.history.plan import HOUR, Plan
from benchmarks.history.words import Event, Told, Writer

COPY_SHARE = 0.06
JOIN_SHARE = 0.5
NEAR_HOURS, LONGEST_HOURS = 40.0, 120.0
LARGEST_STORY = 60


@dataclass(slots=True)
class Story:
    """A story, and the numbers of its articles in the order they came, copies not counted."""

    number: int
    event: Event
    language: str
    began: float
    members: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Article:
    """An article's words and relations. `linked` is the article of the story it is most like."""

    title: str
    told: Told
    story: Story
    original: int | None = None
    linked: int | None = None


def tell(plan: Plan, items: Items) -> dict[int, Article]:
    """Return the articles by number, in the order in which they were found."""
    chance = random.Random(plan.size.seed)
    writer = Writer(plan.size.seed)
    new = items.status == 0
    made: dict[int, Article] = {}
    recent: dict[str, list[tuple[float, int]]] = {s.language: [] for s in plan.sources}
    rows = zip(items.article[new].tolist(), items.source[new].tolist(), items.seen[new].tolist(),
               strict=True)  # fmt: skip
    stories = 0
    for number, source, seen in rows:
        of = plan.sources[source]
        others = recent[of.language]
        while others and others[0][0] < seen - NEAR_HOURS * HOUR:
            del others[: max(1, len(others) // 20)]
        drawn = chance.random()
        other = chance.choice(others)[1] if others and drawn < COPY_SHARE + JOIN_SHARE else None
        words = max(40, round(chance.lognormvariate(0, 0.4) * of.words))
        if other is not None and drawn < COPY_SHARE and plan.source_of[other] != source:
            made[number] = _copied(made, other)
            continue
        if other is None or not _open(made[other].story, seen):
            story = Story(stories, writer.event(), of.language, seen)
            stories += 1
            linked = None
        else:
            story, linked = made[other].story, other
        title = "" if chance.random() < of.untitled else writer.headline(story.event, of.language)
        made[number] = Article(
            title, writer.tell(story.event, of.language, words), story, None, linked
        )
        story.members.append(number)
        others.append((seen, number))
    return made


def _open(story: Story, seen: float) -> bool:
    return len(story.members) < LARGEST_STORY and seen - story.began < LONGEST_HOURS * HOUR


def _copied(made: dict[int, Article], other: int) -> Article:
    original = made[other]
    return Article(original.title, original.told, original.story, other)
