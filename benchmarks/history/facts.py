"""A made-up past as rows of the fact tables, each with the number of its commit."""

from datetime import datetime

import pyarrow as pa

from benchmarks.history import collected, related
from benchmarks.history.items import make_items
from benchmarks.history.plan import Plan, Size
from benchmarks.history.telling import tell

Facts = dict[str, pa.Table]
"""Rows by fact table, with their commit_id, in that order."""


def make(size: Size, now: datetime) -> Facts:
    """Return the facts of a past that ends now; the same size and moment give the same facts."""
    plan = Plan(size, now)
    items, commits = make_items(plan)
    past = collected.Past(plan, items, commits, tell(plan, items))
    return collected.facts(past) | related.facts(past)
