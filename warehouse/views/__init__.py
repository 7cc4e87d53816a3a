"""The views: current state over the append-only facts, the same SQL for writers and readers.

A writer's views stand on the lake's tables, a published file's on lists of Parquet files; in both
the facts have the schema `facts`, so the SQL in this folder does not know the difference.
"""

from functools import cache
from importlib.resources import files

import duckdb

from warehouse.health.view import view_sql
from warehouse.schema import RENEWED, TABLES, unrenewed
from warehouse.views.contract import PUBLIC_VIEWS, View

__all__ = [
    "HEALTH_VIEWS", "HELPER_VIEWS", "PUBLIC_VIEWS", "View", "all_sql", "create_health_views",
    "create_over_lake", "create_views", "sql_of",
]  # fmt: skip

HELPER_VIEWS = (
    "present", "live_revisions", "live_copies", "live_members", "live_articles", "live_edges",
    "live_states", "live_story_articles", "live_stories", "live_entities", "live_sources",
    "live_event_edges", "live_event_members",
)  # fmt: skip
"""In dependency order; they stand in the schema `facts`, outside the public contract."""

HEALTH_VIEWS = ("silences", "fresh_articles")
"""What the checks stand on besides, over the public views."""


@cache
def sql_of(name: str) -> str:
    """Return the SELECT of a view."""
    if name == "checks":
        return view_sql()
    return files(__package__).joinpath(f"{name}.sql").read_text("utf-8")


def all_sql() -> list[str]:
    """Return the names and SELECTs of all views, in the order they are made in."""
    names = [*HELPER_VIEWS, *(view.name for view in PUBLIC_VIEWS), *HEALTH_VIEWS]
    return [text for name in names for text in (name, sql_of(name))]


def create_over_lake(connection: duckdb.DuckDBPyConnection) -> None:
    """Give a connection with an attached `lake` the schema `facts` and all views."""
    connection.execute("CREATE SCHEMA facts")
    # First what the others stand on.
    for table in sorted(TABLES, key=lambda table: table.name in RENEWED):
        rows = unrenewed(table.name, f"lake.main.{table.name}")
        connection.execute(f"CREATE VIEW facts.{table.name} AS {rows}")
    create_views(connection)


def create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the helper views and the public views, but the checks, over the schema `facts`."""
    for name in HELPER_VIEWS:
        connection.execute(f"CREATE VIEW facts.{name} AS {sql_of(name)}")
    for view in PUBLIC_VIEWS:
        if view.name != "checks":
            connection.execute(f"CREATE VIEW {view.name} AS {sql_of(view.name)}")


def create_health_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Create what a published file has besides: it alone can tell how it is itself."""
    for name in HEALTH_VIEWS:
        connection.execute(f"CREATE VIEW facts.{name} AS {sql_of(name)}")
    connection.execute(f"CREATE VIEW checks AS {sql_of('checks')}")
