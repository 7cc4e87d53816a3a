"""The remove flow: articles taken out on request, in one commit."""

import os
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from flows.run import new_run_id
from newsloom.pool import Pool
from newsloom.settings import Settings
from newsloom.vocabulary import RunStatus
from tasks import remove as stage
from tasks import runs
from tasks.context import Context
from tasks.remove import Target
from warehouse import removals
from warehouse.commit import commit
from warehouse.lake import Lake
from warehouse.published import Published


class Plan(NamedTuple):
    """What a removal would do."""

    targets: list[Target]
    articles: list[dict[str, Any]]  # as removals.shown
    removed_before: set[str]


class Removal(NamedTuple):
    """What a removal did."""

    run_id: str
    articles: list[dict[str, Any]]


def plan(warehouse: Path, texts: Sequence[str]) -> Plan:
    """Return what removing these ids, paths and addresses would do, from the published warehouse.

    Raises UsageError for a text that means nothing.
    """
    with Published(warehouse) as news:
        targets = stage.resolve(news, texts)
        wanted = {article for target in targets for article in target.articles}
        return Plan(targets, removals.shown(news, wanted), removals.removed_among(news, wanted))


def remove(warehouse: Path, settings: Settings, texts: Sequence[str], reason: str) -> Removal:
    """Remove what the texts mean from the warehouse folder, for ever."""
    # One worker, which starts only where a copy that becomes an article has to be tagged.
    with Pool(1) as pool, Lake(warehouse, settings.warehouse) as lake:
        context = Context(settings, lake, pool, new_run_id())
        with commit(lake) as writing:
            targets = stage.resolve(lake, texts)
            articles = stage.remove(context, writing, targets, reason)
            runs.note(
                context, writing, RunStatus.COMPLETED, 0, flow="remove", inputs=list(texts),
                host=platform.node(), pid=os.getpid(),
            )  # fmt: skip
        return Removal(context.run_id, articles)
