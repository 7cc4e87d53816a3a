"""What a fact table is made of, and the columns that several have."""

from typing import NamedTuple


class Column(NamedTuple):
    """A column: its DuckDB type and one sentence for the field dictionary."""

    name: str
    type: str
    meaning: str


class Table(NamedTuple):
    """A fact table. `row_group_rows` is small where single rows are fetched by id."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    row_group_rows: int = 8192


COMMIT = Column("commit_id", "BIGINT", "The commit that wrote the row.")
RUN = Column("run_id", "VARCHAR", "The run that wrote the row.")
ARTICLE = Column("article_id", "VARCHAR", "The article.")
REVISION = Column("revision", "INTEGER", "The article's revision, from 1.")
STAGES = "STRUCT(stage VARCHAR, rows_in BIGINT, rows_out BIGINT, seconds DOUBLE)[]"
VIA = Column("via", "VARCHAR", "The feed, sitemap or archive that it was found in.")
FETCHED_AT = Column("fetched_at", "TIMESTAMP", "When it was fetched, in UTC.")
FINAL_URL = Column("final_url", "VARCHAR", "Where it was in the end, after redirects.")
SOURCE = Column("source", "VARCHAR", "The source.")
EVIDENCE = "STRUCT(kind VARCHAR, name VARCHAR, weight FLOAT)[]"
