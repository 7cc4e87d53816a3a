"""Learn the story model: logistic regression over the features of newsloom/stories/features.py.

    python -m benchmarks.story_training DATA          leave-one-set-out, for each set
    python -m benchmarks.story_training DATA --write  learn on all sets and write model.json

Pairs of labelled articles teach it; each set is seen in several states (without dates, without
headlines, cut short), so that the model works without them, too. One collection teaches without
labels: of its likely pairs, those of one day are mostly one event, those a month apart never.
"""

import argparse
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import story_sets
from benchmarks.story_sets import NewsSet
from newsloom.stories import candidates, model
from newsloom.stories.features import NAMES, features
from newsloom.stories.profiles import Profiles, from_table

F64 = NDArray[np.float64]
Bools = NDArray[np.bool_]

MODEL_VERSION = 2
WINDOW_DAYS = 30.0
SHORT_WORDS = 60
MAX_NEGATIVES = 8_000
"""Of each state of a set, drawn once: more teach nothing new."""
DATED_NEGATIVES, UNDATED_NEGATIVES = 6.0, 5.5
"""What the negative pairs weigh, together, against the positive ones."""
RIDGE = 3e-4
EARLIER = 0.45
"""Log-odds added to the intercept: where the sets were cut best when each was left out."""
KEEP_SCORE, JOIN_SCORE = 0.3, 0.5
CROWD = {"crowd_size": 3, "crowd_weight": 0.5, "crowd_free": 2.0}
MIN_TIME_COSINE = 0.15
SOON_DAYS, LATER_DAYS = 1.0, 30.0
POLITICS = "politics_10k.jsonl.gz"
SIGNS: dict[str, tuple[float | None, float | None]] = {
    "days_apart": (None, 0.0),
    "dates_apart": (None, 0.0),
    **dict.fromkeys(
        ("titles_missing", "days_unspoken", "dates_unspoken", "undated", "short", "length_ratio"),
        (None, None),
    ),
    # Beside the terms, it tells how much of what is shared is mere phrases of the trade.
    "pair_jaccard": (None, None),
}
"""What is shared may only speak for one event, and distance only against it; the rest is free."""
MODEL_FILE = Path(model.__file__).parent / "model.json"


@dataclass(frozen=True)
class Lesson:
    """Pairs of one state of a set: their features, and whether each is one event."""

    name: str
    seen: F64
    same: Bools


def lessons(folder: Path) -> list[Lesson]:
    """Make all that there is to learn from."""
    made = []
    for name in story_sets.LABELLED:
        given = story_sets.labelled(folder, name)
        made += [_labelled(state) for state in states(given)]
    made += list(_rated(folder))
    made.append(_by_time(folder))
    return made


def states(given: NewsSet) -> Iterable[NewsSet]:
    """Yield a set as it is, and with things missing."""
    yield given
    if any(given.moments):
        yield given.without(dates=True)
    if any(given.titles):
        yield given.without(dates=True, titles=True)
    if given.name == "excerpts":
        # Its dates are those of the roundup: equal for one event, as they never are in real life.
        yield _jittered(given)
        given = _jittered(given)
    yield given.without(titles=True, words=SHORT_WORDS)


def _jittered(given: NewsSet) -> NewsSet:
    random = np.random.default_rng(1)
    days = random.choice([0, 0, 1, 1, 2, 3], len(given)).tolist()
    moments = [
        when + timedelta(days=late) if when else None
        for when, late in zip(given.moments, days, strict=True)
    ]
    return NewsSet(**{**given.__dict__, "moments": moments})


def _labelled(given: NewsSet) -> Lesson:
    table = story_sets.profiles(given)
    articles = from_table(table)
    every = np.ones(len(articles), np.bool_)
    a, b = candidates.pairs(articles, table["story_keys"], every, WINDOW_DAYS)
    return _lesson(given.name, articles, a, b, given.labels[a] == given.labels[b])


def _lesson(name: str, articles: Profiles, a: Any, b: Any, same: Bools) -> Lesson:
    random = np.random.default_rng(0)
    others = np.flatnonzero(~same)
    if len(others) > MAX_NEGATIVES:
        others = random.choice(others, MAX_NEGATIVES, replace=False)
    chosen = np.concatenate([np.flatnonzero(same), others])
    return Lesson(name, features(articles, a[chosen], b[chosen]), same[chosen])


def _rated(folder: Path) -> Iterable[Lesson]:
    """Yield the pairs that people have rated, as they are and cut short."""
    given, ratings = story_sets.rated_pairs(folder)
    for state in (given, given.without(words=SHORT_WORDS)):
        articles = from_table(story_sets.profiles(state))
        clear = np.flatnonzero(
            (ratings <= story_sets.SAME_EVENT_RATING) | (ratings >= story_sets.OTHER_EVENT_RATING)
        )
        seen = features(articles, 2 * clear, 2 * clear + 1)
        likely = seen[:, NAMES.index("term_cosine")] >= candidates.MIN_COSINE
        same = ratings[clear] <= story_sets.SAME_EVENT_RATING
        yield Lesson(given.name, seen[likely], same[likely])


def _by_time(folder: Path) -> Lesson:
    """Return likely pairs of different sources: those of one day, and those a month apart."""
    given = story_sets.news("politics", story_sets.rows(folder / "bulk" / POLITICS))
    days = from_table(story_sets.profiles(given)).days
    articles = from_table(story_sets.profiles(given.without(dates=True)))
    a, b = candidates.cosine_pairs(articles, np.ones(len(articles), np.bool_), WINDOW_DAYS)
    apart = np.abs(days[a] - days[b])
    sources = np.array(given.sources)
    telling = ((apart <= SOON_DAYS) | (apart > LATER_DAYS)) & (sources[a] != sources[b])
    a, b, apart = a[telling], b[telling], apart[telling]
    likely = np.zeros(len(a), np.bool_)
    for part in story_sets.batches(len(a), 100_000):
        seen = features(articles, a[part], b[part])
        likely[part] = seen[:, NAMES.index("term_cosine")] >= MIN_TIME_COSINE
    return _lesson("politics", articles, a[likely], b[likely], apart[likely] <= SOON_DAYS)


def learn(taught: Iterable[Lesson], without: Iterable[str] = ()) -> model.Model:
    """Learn from all lessons but those of the sets named."""
    left_out = set(without)
    used = [lesson for lesson in taught if lesson.name not in left_out]
    states_of = {lesson.name: sum(o.name == lesson.name for o in used) for lesson in used}
    weights = [_weights(lesson) / states_of[lesson.name] for lesson in used]
    coefficients, intercept = _fit(
        np.concatenate([lesson.seen for lesson in used]),
        np.concatenate([lesson.same for lesson in used]),
        np.concatenate(weights),
    )
    return model.read(
        {
            "version": MODEL_VERSION,
            "intercept": round(intercept + EARLIER, 4),
            "coefficients": dict(zip(NAMES, np.round(coefficients, 4).tolist(), strict=True)),
            "keep_score": KEEP_SCORE,
            "join_score": JOIN_SCORE,
            **CROWD,
        }
    )


def _weights(lesson: Lesson) -> F64:
    """Return the pairs' weights: dated and undated ones are balanced on their own."""
    weights = np.zeros(len(lesson.same))
    undated = lesson.seen[:, NAMES.index("undated")] > 0
    for these, ratio in ((undated, UNDATED_NEGATIVES), (~undated, DATED_NEGATIVES)):
        same, other = these & lesson.same, these & ~lesson.same
        if min(same.sum(), other.sum()) >= 20:
            share = same.sum() / lesson.same.sum()
            weights[same] = share / same.sum()
            weights[other] = share * ratio / other.sum()
    return weights


def _fit(seen: F64, same: Bools, weights: F64) -> tuple[F64, float]:
    """Return the coefficients and the intercept of a ridge logistic regression."""
    from scipy.optimize import minimize

    means, spreads = seen.mean(axis=0), seen.std(axis=0)
    spreads[spreads == 0] = 1
    scaled = np.column_stack([(seen - means) / spreads, np.ones(len(seen))])
    weights = weights / weights.sum()

    def loss(beta: F64) -> tuple[float, F64]:
        odds = scaled @ beta
        cost = np.logaddexp(0, np.where(same, -odds, odds))
        slope = scaled.T @ (weights * (1 / (1 + np.exp(-odds)) - same))
        penalty = np.append(beta[:-1], 0)
        return float(weights @ cost + RIDGE * (penalty**2).sum()), slope + 2 * RIDGE * penalty

    bounds = [SIGNS.get(name, (0.0, None)) for name in NAMES] + [(None, None)]
    beta = minimize(loss, np.zeros(len(bounds)), jac=True, method="L-BFGS-B", bounds=bounds).x
    coefficients = beta[:-1] / spreads
    return coefficients, float(beta[-1] - coefficients @ means)


def write(learned: model.Model) -> None:
    """Write the file that comes with the program."""
    content = {
        "note": "Written by benchmarks/story_training.py.",
        "version": learned.version,
        "intercept": learned.intercept,
        "coefficients": dict(zip(NAMES, learned.coefficients.tolist(), strict=True)),
        "keep_score": learned.keep_score,
        "join_score": learned.join_score,
        "crowd_size": learned.crowd_size,
        "crowd_weight": learned.crowd_weight,
        "crowd_free": learned.crowd_free,
    }
    MODEL_FILE.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Learn, and show or write what was learned."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    learned = learn(lessons(given.data))
    for name, value in zip(NAMES, learned.coefficients, strict=True):
        print(f"{name:26s} {value:8.3f}")
    if given.write:
        write(learned)


if __name__ == "__main__":
    main()
