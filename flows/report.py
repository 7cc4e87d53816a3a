"""What an ingest did, counted as its batches are committed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from newsloom.vocabulary import RunStatus
from tasks.decide import Decision
from tasks.stories import StoryChange


@dataclass
class Report:
    """What an ingest did."""

    run_id: str
    warehouse: str
    status: str = RunStatus.RUNNING.value
    items_found: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    stories: dict[str, StoryChange] = field(default_factory=dict)
    polls: list[dict[str, Any]] = field(default_factory=list)
    """Of a poll: its looks at sources, as rows of `polls`."""
    remarks: Counter[str] = field(default_factory=Counter)
    """Inputs that are no items of the run, such as files passed over, by what is said of them."""
    seconds: float = 0.0

    @property
    def unaccounted(self) -> int:
        """Items that were found but have no terminal status: 0, or something is wrong."""
        return self.items_found - sum(self.statuses.values())

    def count(self, decisions: Iterable[Decision], changes: Iterable[StoryChange]) -> None:
        """Count a committed batch."""
        for decision in decisions:
            self.statuses[decision.status.value] += 1
            if decision.reason:
                self.reasons[decision.reason] += 1
        for change in changes:
            self.stories[change.story_id] = change
