"""Events: stories of different languages that report the same thing, at most one a language.

Precision first: two stories are linked where each is the other's best in its language; further ones
join only if they score with every story that is there already. So nothing chains. The outcome is a
function of the stories and the scored pairs alone, never of their order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from newsloom.events.model import Model
from newsloom.ids import digest

BEST = 3
"""Two stories score the mean of their best pairs of articles: so many, or all of small stories."""
_DIGITS = 6

Edge = tuple[str, str, float]


class Story(NamedTuple):
    """A story: its articles, and the language that most of them are in."""

    story_id: str
    articles: frozenset[str]
    language: str

    @property
    def key(self) -> str:
        """Orders stories by what they consist of: an id may depend on the order of arrival."""
        return min(self.articles)


class Event(NamedTuple):
    """The stories of one event, and the mean score of their pairs."""

    event_id: str
    story_ids: tuple[str, ...]
    cohesion: float


def story(story_id: str, languages: Mapping[str, str]) -> Story:
    """Make a Story of its articles with their languages."""
    counts = Counter(languages.values())
    main = min(counts, key=lambda language: (-counts[language], language))
    return Story(story_id, frozenset(languages), main)


def events(stories: Iterable[Story], edges: Iterable[Edge], model: Model) -> list[Event]:
    """Group the stories by event. `edges` are the scored pairs of articles among them."""
    by_id = {s.story_id: s for s in stories}
    scores = _story_scores(by_id, edges)
    strong = {pair: s for pair, s in scores.items() if s >= model.link_score}
    grouped = _grouped(_mutual_best(by_id, strong), scores, by_id, model.keep_score)
    found = [_event(group, scores, by_id) for group in grouped]
    return sorted(found, key=lambda event: event.event_id)


_Scores = Mapping[frozenset[str], float]


def _story_scores(stories: Mapping[str, Story], edges: Iterable[Edge]) -> _Scores:
    home = {article: s for s in stories.values() for article in s.articles}
    between: dict[frozenset[str], list[float]] = defaultdict(list)
    for a, b, score in edges:
        first, second = home.get(a), home.get(b)
        if first and second and first.language != second.language:
            between[frozenset((first.story_id, second.story_id))].append(score)
    scores = {}
    for pair, found in between.items():
        most = min(BEST, max(len(stories[s].articles) for s in pair))
        best = sorted(found, reverse=True)[:most]
        scores[pair] = round(sum(best) / most, _DIGITS)
    return scores


def _mutual_best(stories: Mapping[str, Story], strong: _Scores) -> list[tuple[float, str, str]]:
    """Return the pairs that are each other's best in the other's language, best first."""
    best: dict[tuple[str, str], tuple[float, str, str]] = {}
    for pair, score in strong.items():
        for one in pair:
            (other,) = pair - {one}
            place = (one, stories[other].language)
            offer = (-score, stories[other].key, other)
            best[place] = min(best.get(place, offer), offer)
    mutual = []
    for (one, _), (negative, _, other) in best.items():
        back = best.get((other, stories[one].language))
        if back and back[2] == one and stories[one].key < stories[other].key:
            mutual.append((negative, stories[one].key, stories[other].key, one, other))
    return [(-entry[0], entry[3], entry[4]) for entry in sorted(mutual)]


def _grouped(
    mutual: Sequence[tuple[float, str, str]],
    scores: _Scores,
    stories: Mapping[str, Story],
    keep_score: float,
) -> list[frozenset[str]]:
    """Join the pairs into groups with one story a language, all of which score together."""
    group: dict[str, frozenset[str]] = {}
    for _, a, b in mutual:
        first, second = (group.get(s, frozenset((s,))) for s in (a, b))
        if first == second:
            continue
        languages = [stories[s].language for s in first | second]
        together = all(
            scores.get(frozenset((s, t)), 0.0) >= keep_score for s in first for t in second
        )
        if together and len(set(languages)) == len(languages):
            joined = first | second
            group.update(dict.fromkeys(joined, joined))
    return sorted(set(group.values()), key=lambda g: min(stories[s].key for s in g))


def _event(group: frozenset[str], scores: _Scores, stories: Mapping[str, Story]) -> Event:
    ordered = sorted(group, key=lambda s: stories[s].key)
    pairs = [frozenset((a, b)) for n, a in enumerate(ordered) for b in ordered[n + 1 :]]
    cohesion = sum(scores[pair] for pair in pairs) / len(pairs)
    return Event(event_id(stories[ordered[0]].key), tuple(ordered), round(cohesion, _DIGITS))


def event_id(first_article: str) -> str:
    """Identify an event by the least id of its articles."""
    return digest("v", first_article)
