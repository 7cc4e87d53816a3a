"""A past that can be looked at from any of its moments: what would the checks have said then?

with Rewound(facts) as news:
    news.go_to(moment)
    findings = news.findings()
"""

from datetime import datetime, timedelta
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa

from benchmarks.history.facts import Facts
from warehouse.digest import FOR_HEALTH, sql
from warehouse.health import CHECK, CHECKS, Finding
from warehouse.health.examine import found
from warehouse.query import run_query
from warehouse.schema import TABLES, Table
from warehouse.views import HELPER_VIEWS, PUBLIC_VIEWS, sql_of


class Rewound:
    """Facts in memory under the warehouse's own views, whose present can be moved."""

    def __init__(self, facts: Facts) -> None:
        self.connection = duckdb.connect(config={"threads": 2})
        self.connection.execute("SET TimeZone = 'UTC'; ATTACH ':memory:' AS news; USE news")
        self.connection.execute("CREATE SCHEMA facts; CREATE SCHEMA past; CREATE SCHEMA kept")
        for table in TABLES:
            self._add(table, facts.get(table.name))
        self.connection.execute(
            "CREATE VIEW facts.published AS "
            "SELECT max(commit_id) AS commit_id, "
            "coalesce(max(happened_at), getvariable('moment')) AS published_at "
            "FROM facts.run_events; "
            "CREATE VIEW facts.published_facts AS SELECT '' AS table_name, '' AS definition"
        )
        for name in HELPER_VIEWS:
            view = (
                "SELECT getvariable('moment')::TIMESTAMP AS moment"
                if name == "present"
                else sql_of(name)
            )
            self.connection.execute(f"CREATE VIEW facts.{name} AS {view}")
        for public in PUBLIC_VIEWS:
            if public.name != "checks":
                self.connection.execute(f"CREATE VIEW {public.name} AS {sql_of(public.name)}")
        self.connection.execute("CREATE SCHEMA memory.facts")
        self.connection.execute("SET search_path = 'memory.main,memory.facts,news.main,news.facts'")

    def go_to(self, moment: datetime, latest: int | None = None) -> None:
        """Look from this moment, in UTC, when `latest` was the last commit.

        Where that is not given, what was committed later is not seen.
        """
        self.connection.execute("SET VARIABLE moment = ?::TIMESTAMP", [moment])
        self.connection.execute(
            "SET VARIABLE latest = (SELECT coalesce(?, max(commit_id), 0) "
            "FROM news.past.run_events WHERE happened_at <= getvariable('moment'))",
            [latest],
        )
        for name in FOR_HEALTH:
            whole = name if "." in name else f"main.{name}"
            self.connection.execute(f"CREATE OR REPLACE TABLE memory.{whole} AS {sql(name)}")

    def findings(self) -> dict[str, Finding]:
        """Return what the checks find that ask the warehouse only, by name."""
        return {check.name: self.finding(check.name) for check in CHECKS if not check.live}

    def finding(self, name: str) -> Finding:
        """Return what one check finds."""
        return found(CHECK[name], self.query(CHECK[name].sql()).to_pylist())

    def query(
        self, sql: str, parameters: list[object] | None = None, **tables: pa.Table
    ) -> pa.Table:
        """Run a query over the facts and views."""
        return run_query(self.connection, sql, parameters, tables)

    def __enter__(self) -> "Rewound":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.connection.close()

    def _add(self, table: Table, rows: pa.Table | None) -> None:
        columns = ", ".join(f"{column.name} {column.type}" for column in table.columns)
        self.connection.execute(f"CREATE TABLE past.{table.name} ({columns})")
        if rows is not None and rows.num_rows:
            self.connection.register("incoming", rows)
            self.connection.execute(f"INSERT INTO past.{table.name} BY NAME FROM incoming")
            self.connection.unregister("incoming")
        self.connection.execute(
            f"CREATE VIEW facts.{table.name} AS FROM past.{table.name} "
            "WHERE commit_id <= getvariable('latest')"
        )


def hours_between(first: datetime, last: datetime, step_hours: float) -> list[datetime]:
    """Return moments from the first to the last, so many hours apart."""
    step: Any = timedelta(hours=step_hours)
    return [first + step * number for number in range(int((last - first) / step) + 1)]
