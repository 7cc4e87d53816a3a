"""Identity: which story a cluster is, and what happened to the stories that were.

A story of two or more articles keeps its id in the cluster that holds most of it. Any other cluster
is a new story, named after its founder: the earliest article, undated ones last, then by id. A
single article is a story too, but has no history to protect: whichever of two singles came first,
the pair gets the same id.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from newsloom.ids import story_id
from newsloom.stories.cluster import Cluster
from newsloom.vocabulary import StoryEvent


class Happening(NamedTuple):
    """One line of a story's history."""

    story_id: str
    event: StoryEvent
    other_story_id: str | None
    article_count: int


def assign(
    found: Sequence[Cluster], before: Mapping[str, str], taken: set[str]
) -> list[tuple[str, Cluster]]:
    """Give each cluster its story id.

    `before` maps the articles concerned to the stories they were in; `taken` are ids that other
    stories of the warehouse have.
    """
    sizes = Counter(before.values())
    heirs = _heirs(found, before, sizes)
    used = set(heirs.values()) | taken
    named: list[tuple[str, Cluster]] = []
    for number, cluster in sorted(enumerate(found), key=lambda pair: pair[1].founder_order()):
        name = heirs.get(number) or _founded(cluster.founder_order(), used)
        used.add(name)
        named.append((name, cluster))
    return named


def _heirs(
    found: Sequence[Cluster], before: Mapping[str, str], sizes: Counter[str]
) -> dict[int, str]:
    """Return the story that each cluster goes on as, by the cluster's position."""
    heirs: dict[int, str] = {}
    for number, cluster in enumerate(found):
        overlap = Counter(before[a] for a in cluster.article_ids if a in before)
        majority = [
            (shared, story)
            for story, shared in overlap.items()
            if sizes[story] > 1 and shared * 2 > sizes[story]
        ]
        if majority:
            most = max(shared for shared, _ in majority)
            heirs[number] = min(story for shared, story in majority if shared == most)
    return heirs


def _founded(founders: Sequence[str], used: set[str]) -> str:
    """Return the first id after a founder that no other story has."""
    for round_ in range(len(used) + 1):
        for founder in founders:
            name = story_id(founder if not round_ else f"{founder}#{round_}")
            if name not in used:
                return name
    raise AssertionError("more names than uses were tried")


def history(named: Sequence[tuple[str, Cluster]], before: Mapping[str, str]) -> list[Happening]:
    """Return what happened, in the order of story ids. Single articles make no history."""
    members_before: dict[str, set[str]] = defaultdict(set)
    for article, story in before.items():
        members_before[story].add(article)
    after = {name: set(cluster.article_ids) for name, cluster in named}
    home = {article: name for name, members in after.items() for article in members}
    happenings: list[Happening] = []
    for story in sorted(members_before.keys() | after.keys()):
        happenings.extend(
            _of_one(story, members_before.get(story, set()), after.get(story, set()), home)
        )
    return happenings


def _of_one(story: str, old: set[str], new: set[str], home: Mapping[str, str]) -> list[Happening]:
    events: list[Happening] = []
    if len(old) < 2 <= len(new):
        events.append(Happening(story, StoryEvent.CREATED, None, len(new)))
    elif len(old) >= 2 and new - old:
        events.append(Happening(story, StoryEvent.GREW, None, len(new)))
    if len(old) >= 2 and new and old - new:
        events.append(Happening(story, StoryEvent.SHRANK, None, len(new)))
    gone_to = Counter(home[article] for article in old - new if article in home)
    if new:
        events.extend(
            Happening(story, StoryEvent.SPLIT, other, len(new))
            for other in sorted(gone_to)
            if len(old) >= 2
        )
    elif gone_to:
        # The largest share decides where the story went on; the id still leads there.
        other = min(gone_to, key=lambda name: (-gone_to[name], name))
        events.append(Happening(story, StoryEvent.MERGED, other, 0))
    elif old:
        events.append(Happening(story, StoryEvent.ENDED, None, 0))
    return events
