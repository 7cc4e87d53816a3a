"""The warehouse's named queries, asked of a snapshot: the very ones that the commands ask."""

from dataclasses import dataclass
from typing import Any

from dashboard.figures import Ask, Column, Figure, shown
from dashboard.snapshot import Snapshot
from warehouse.published import named


@dataclass(frozen=True, slots=True)
class Named:
    """Answers by the name of a query, as warehouse.published.Published does."""

    snapshot: Snapshot

    def rows(self, name: str, **parameters: object) -> list[dict[str, Any]]:
        """Run the named query of warehouse/queries/ and return its rows."""
        return self.snapshot.whole(named(name), parameters)


def named_figure(
    ask: Ask,
    name: str,
    question: str,
    title: str,
    columns: tuple[Column, ...],
    query: dict[str, str],
    *,
    empty: str = "Nothing.",
    note: str = "",
    asked: bool = True,
    **values: Any,
) -> Figure:
    """Return the figure `name` over a named query of the warehouse.

    asked: False where it is known that there is no row.
    """
    rows = Named(ask.snapshot).rows(question, **values) if asked else []
    return Figure(name, title, shown(named(question), values), rows, columns, empty, note, query)
