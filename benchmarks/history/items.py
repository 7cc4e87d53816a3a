"""The items of a made-up past: each thing found by a run, and how it ended."""

from dataclasses import dataclass

import numpy as np

from benchmarks.history.plan import HOUR, Floats, Ints, Plan

NEW, REVISED, UNCHANGED, REJECTED = range(4)
STATUSES = ("new", "revised", "unchanged", "rejected")
LOOKS_AGAIN_HOURS = (2.0, 9.0, 60.0)
REVISED_SHARE = 0.05
RETRIED_SHARE = 0.01
USELESS_SHARE = 0.025
RETRIED = ("fetch_timeout", "http_error", "fetch_failed", "rate_limited")
USELESS = ("paywall", "too_short", "no_text", "http_gone", "list_page", "not_article_type")
REASONS = (*RETRIED, *USELESS)
BATCH = 200


@dataclass(frozen=True, slots=True)
class Items:
    """All items in order of run and place in the run; arrays of one length."""

    run: Ints
    ordinal: Ints
    status: Ints
    article: Ints
    """The number of the article, or of the page that is none (from the number of articles on)."""
    revision: Ints
    reason: Ints
    """An index into REASONS, -1 where it was not rejected."""
    source: Ints
    seen: Floats
    commit: Ints


@dataclass(frozen=True, slots=True)
class Commits:
    """When each commit happened, of which run it is, and whether it begins or ends it."""

    run: Ints
    at: Floats
    is_first: Ints
    is_last: Ints
    found: Ints
    """Items of the run found until then."""


def make_items(plan: Plan) -> tuple[Items, Commits]:
    """Return the items, and the commits that they were written in (from 1)."""
    rows = _in_order(_rows(plan))
    run, status, article, revision, reason, source = rows
    counts = np.bincount(run, minlength=plan.size.runs)
    starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
    ordinal = np.arange(len(run)) - starts[run]
    batches = -(-counts // BATCH)
    first = 1 + np.concatenate(([0], np.cumsum(batches + 2)[:-1]))
    step = min(0.25, 0.6 * min(plan.size.run_seconds, 100.0) / max(int(counts.max()), 1))
    pace = plan.chance.lognormal(0, 0.15, plan.size.runs).clip(0.5, 1.5)
    seen = plan.run_at[run] + 2 + (ordinal + 1) * (step * pace)[run]
    items = Items(
        run, ordinal, status, article, revision, reason, source, seen,
        first[run] + 1 + ordinal // BATCH,
    )  # fmt: skip
    return items, _commits(plan, counts, batches, step * pace)


def _commits(plan: Plan, counts: Ints, batches: Ints, step: Floats) -> Commits:
    run = np.repeat(np.arange(plan.size.runs), batches + 2)
    starts = np.concatenate(([0], np.cumsum(batches + 2)[:-1]))
    place = np.arange(len(run)) - starts[run]
    found = np.minimum(place * BATCH, counts[run])
    is_first, is_last = place == 0, place == batches[run] + 1
    at = plan.run_at[run] + np.where(is_first, 0, 3 + found * step[run]) + is_last * 1.5
    return Commits(run, at, is_first.astype(np.int64), is_last.astype(np.int64), found)


def _rows(plan: Plan) -> list[tuple[Ints, ...]]:
    """Return (run, status, article, revision, reason, source) of each kind of item."""
    chance, runs = plan.chance, plan.size.runs
    count = len(plan.run_of)
    number = np.arange(count)
    none = np.full(count, -1)
    # A page that could not be fetched is tried again.
    retried = np.flatnonzero(chance.random(count) < RETRIED_SHARE)
    failed_in = plan.run_of[retried]
    why = chance.choice(len(RETRIED), len(retried), p=(0.4, 0.35, 0.2, 0.05))
    later = plan.run_at[np.minimum(failed_in, runs - 1)] + HOUR * (1 + chance.random(len(retried)))
    plan.run_of[retried] = plan.found_by(plan.source_of[retried], later)
    one = np.ones(count, np.int64)
    found = [
        (plan.run_of, none + 1 + NEW, number, one, none, plan.source_of),
        (failed_in, np.full(len(retried), REJECTED), retried, 0 * retried, why,
         plan.source_of[retried]),
    ]  # fmt: skip
    revised = chance.random(count) < REVISED_SHARE
    newest = one
    for hours in LOOKS_AGAIN_HOURS:
        wait = hours * HOUR * (0.8 + 0.4 * chance.random(count))
        ready = plan.run_at[np.minimum(plan.run_of, runs - 1)] + wait
        again = plan.found_by(plan.source_of, ready)
        changed = revised & (newest == 1) & (plan.run_of < runs)
        newest = newest + changed
        found.append((again, np.where(changed, REVISED, UNCHANGED), number, newest, none,
                      plan.source_of))  # fmt: skip
    useless = chance.choice(count, int(USELESS_SHARE * count), replace=False)
    moments = plan.published[useless]
    reasons = len(RETRIED) + chance.choice(
        len(USELESS), len(useless), p=(0.3, 0.2, 0.2, 0.2, 0.05, 0.05)
    )
    found.append((
        plan.found_by(plan.source_of[useless], moments), np.full(len(useless), REJECTED),
        count + np.arange(len(useless)), 0 * useless, reasons, plan.source_of[useless],
    ))  # fmt: skip
    kept = [tuple(column[rows[0] < runs] for column in rows) for rows in found]
    known = np.zeros(2 * count, bool)
    known[kept[0][2]] = True
    # What is first found after the present is not looked at again before it, either.
    return [
        kept[0], kept[1],
        *(tuple(column[known[rows[2]]] for column in rows) for rows in kept[2:5]), kept[5],
    ]  # fmt: skip


def _in_order(parts: list[tuple[Ints, ...]]) -> list[Ints]:
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    run, status, article = columns[:3]
    order = np.lexsort((article, status, run))
    return [column[order].astype(np.int64) for column in columns]
