"""The fact tables of the lake: append-only, each column with its type and meaning.

Nothing is ever updated. Current state is a view over the facts (see views/), where the row with the
greatest `commit_id` speaks last. `commit_id` counts the commits of the warehouse: writers are
serialised, so it orders all facts.
"""

from warehouse.schema import articles, collecting, comparing, stories
from warehouse.schema.columns import EVIDENCE, STAGES, Column, Table

__all__ = [
    "EVIDENCE", "RENEWED", "SCHEMA_VERSION", "STAGES", "TABLE", "TABLES", "Column", "Table",
    "unrenewed",
]  # fmt: skip

SCHEMA_VERSION = 4

TABLES: tuple[Table, ...] = (
    *collecting.TABLES,
    *articles.TABLES,
    *comparing.TABLES,
    *stories.TABLES,
)

TABLE = {table.name: table for table in TABLES}

RENEWED = {
    "signatures": ("content_id",),
    "copy_bands": ("content_id",),
    "copy_pairs": ("content_a", "content_b"),
    "story_edges": ("article_a", "article_b"),
}
"""Facts that follow from signatures, and the contents or articles they are about: rows from before
a renewal of one of these are hidden from all readers."""


def unrenewed(name: str, rows: str) -> str:
    """Return `rows`, a FROM clause's source of a fact table's rows, without the renewed ones."""
    columns = RENEWED.get(name, ())
    joins = [
        f" ANTI JOIN (SELECT {column.rpartition('_')[0]}_id AS id, max(commit_id) AS since "
        f"FROM facts.renewals GROUP BY ALL) AS r{number} "
        f"ON r{number}.id = f.{column} AND r{number}.since > f.commit_id"
        for number, column in enumerate(columns)
    ]
    return f"SELECT f.* FROM {rows} AS f{''.join(joins)}" if joins else f"FROM {rows}"
