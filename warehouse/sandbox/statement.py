"""What the box accepts: one SELECT over the public views, told by DuckDB's own parser.

DuckDB writes a parsed SELECT as JSON, with every table, table function and function call in it, and
refuses to write anything else that way. So nothing is judged by its spelling: quotes, comments,
nesting, and SQL hidden in a view or a CTE come out the same.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import duckdb

from warehouse.sandbox.errors import SqlFailed, SqlRefused

MOST_CHARACTERS = 20_000
TABLE_FUNCTIONS = frozenset(
    {"generate_series", "json_each", "json_tree", "range", "regexp_split_to_table", "repeat",
     "repeat_row", "unnest"}
)  # fmt: skip
"""Those that make rows out of their arguments alone. Each new one is shut until it is listed."""
SHUT_FUNCTIONS = frozenset(
    {"currval", "current_setting", "getenv", "json_execute_serialized_sql", "json_serialize_plan",
     "nextval", "pg_get_constraintdef", "pg_get_expr", "pg_get_viewdef", "pg_sleep", "sleep_ms",
     "write_log"}
)  # fmt: skip
"""They tell of the machine and its settings (paths are among them), or only cost time."""
_SHOWN = frozenset({"DESCRIBE", "SUMMARY"})
_EXPLAIN = re.compile(r"\s*explain\s+(?!analyze)(?=[a-z(])", re.IGNORECASE)
_COMMENTS = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_ONE_SELECT = "The box runs one SELECT over the views; `newsloom sql` on the machine runs the rest."


def check(connection: duckdb.DuckDBPyConnection, sql: str, views: frozenset[str]) -> bool:
    """Raise SqlRefused or SqlFailed unless `sql` may run; return whether it is an EXPLAIN."""
    if len(sql) > MOST_CHARACTERS:
        raise SqlRefused(
            f"The statement has {len(sql):,} characters.", f"Up to {MOST_CHARACTERS:,} are read."
        )
    if "\0" in sql:
        # Where a text ends is judged by DuckDB once here and once when it runs.
        raise SqlRefused("The statement has a NUL character.", "Type it anew.")
    explain = _EXPLAIN.match(sql)
    tree = _parsed(connection, sql[explain.end() :] if explain else sql)
    _check_nodes(tree, views)
    return explain is not None


def _parsed(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, Any]:
    """Return the parser's tree of the one SELECT in `sql`."""
    try:
        ((text,),) = connection.execute("SELECT json_serialize_sql($1)", [sql]).fetchall()
        answer: dict[str, Any] = json.loads(text)
    except (RecursionError, duckdb.Error) as error:
        raise SqlRefused("The statement cannot be parsed here.", "Make it simpler.") from error
    if answer.get("error_type") == "parser":
        raise SqlFailed(f"DuckDB cannot parse this: {answer['error_message']}", _ONE_SELECT)
    if answer["error"]:
        raise _not_a_select(sql)
    statements = answer["statements"]
    if not statements:
        raise SqlRefused("There is no statement.", "Try: SELECT title, source FROM articles")
    if len(statements) > 1:
        raise SqlRefused(f"These are {len(statements)} statements.", "Give one at a time.")
    tree: dict[str, Any] = statements[0]
    return tree


def _not_a_select(sql: str) -> SqlRefused:
    words = _COMMENTS.sub(" ", sql).split()
    first = re.sub(r"\W.*", "", words[0]).upper() if words else ""
    if first == "PIVOT":
        hint = "Name the values: PIVOT articles ON language IN ('en', 'es') USING count(*)"
        return SqlRefused("A PIVOT without its values is more than one statement.", hint)
    if first in ("SELECT", "WITH", "FROM", "VALUES", "TABLE", "DESCRIBE", "SUMMARIZE", "SHOW"):
        return SqlRefused("These are several statements, not all of them SELECT.", _ONE_SELECT)
    return SqlRefused(f"{first[:30] or 'This'} is not done here.", _ONE_SELECT)


def _check_nodes(tree: dict[str, Any], views: frozenset[str]) -> None:
    nodes = list(_nodes(tree))
    known = views | _cte_names(nodes)
    for node in nodes:
        kind = node.get("type")
        if kind == "BASE_TABLE":
            _check_table(node, views, known)
        elif kind == "TABLE_FUNCTION":
            _check_table_function(node["function"])
        elif kind == "SHOW_REF":
            _check_show(node)
        elif "function_name" in node and node["function_name"].lower() in SHUT_FUNCTIONS:
            raise SqlRefused(
                f"{node['function_name']}() is not open here.", "It tells of the machine, not news."
            )


def _nodes(tree: object) -> Iterator[dict[str, Any]]:
    # With a list of what is left and not by recursion, whose depth a statement could choose.
    left = [tree]
    while left:
        here = left.pop()
        if isinstance(here, dict):
            yield here
            left.extend(here.values())
        elif isinstance(here, list):
            left.extend(here)


def _cte_names(nodes: list[dict[str, Any]]) -> set[str]:
    """Return the names that WITH gives; DuckDB's own catalog cannot be meant by one of them."""
    names = set()
    for node in nodes:
        for entry in (node.get("cte_map") or {}).get("map", ()):
            names.add(entry["key"].lower())
    for name in names:
        if name.startswith(("duckdb_", "pg_", "sqlite_", "pragma_")) or re.search(r"[^\w ]", name):
            raise SqlRefused(f"WITH cannot give the name {_shown(name)} here.", "Choose another.")
    return names


def _check_table(node: dict[str, Any], views: frozenset[str], known: frozenset[str]) -> None:
    parts = [node["catalog_name"], node["schema_name"], node["table_name"]]
    named = [part for part in parts if part]
    plain = len(named) == 1 or [part.lower() for part in named[:-1]] in (["main"], ["news", "main"])
    if node.get("at_clause") or not plain or named[-1].lower() not in known:
        name = _shown(".".join(named))
        raise SqlRefused(
            f"{name} is not one of the views.", f"The views are: {', '.join(sorted(views))}."
        )


def _check_table_function(function: dict[str, Any]) -> None:
    name = function["function_name"]
    if name.lower() not in TABLE_FUNCTIONS or function["schema"] or function["catalog"]:
        raise SqlRefused(
            f"{_shown(name)} is not open here: the box reads no files and no settings.",
            f"Table functions that are: {', '.join(sorted(TABLE_FUNCTIONS))}.",
        )


def _check_show(node: dict[str, Any]) -> None:
    """Let DESCRIBE and SUMMARIZE of a query pass: its tables are looked at like all others."""
    if node["query"] is None and node["table_name"] == '"tables"':
        return
    if node["query"] is None or node["show_type"] not in _SHOWN:
        raise SqlRefused("Of SHOW only SHOW TABLES is done here.", "Or: DESCRIBE articles")


def _shown(name: str) -> str:
    return repr(name if len(name) <= 60 else f"{name[:60]}…")
