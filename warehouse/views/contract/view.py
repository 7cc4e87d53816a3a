"""What a public view is made of, and the columns that several have."""

from typing import NamedTuple

from warehouse.schema import TABLE, Column


class View(NamedTuple):
    """A public view, its meaning and its columns in order."""

    name: str
    meaning: str
    columns: tuple[Column, ...]


def facts(table: str, *names: str) -> tuple[Column, ...]:
    """Return columns that a view passes on from a fact table as they are."""
    columns = {column.name: column for column in TABLE[table].columns}
    return tuple(columns[name] for name in names)


ARTICLE = Column("article_id", "VARCHAR", "The article; stable across runs and revisions.")
STORY = Column("story_id", "VARCHAR", "The story.")
RUN = Column("run_id", "VARCHAR", "The run.")
EVENT = Column("event_id", "VARCHAR", "The event.")
