"""Strangers' SQL over the published warehouse: one SELECT, no files, no settings, bounded cost.

    box = Sandbox(folder / PUBLISHED_NAME, settings.dashboard)
    answer = box.run("SELECT title FROM articles LIMIT 5")

Four fences, each of which would hold alone against most of what can be tried:

1. The statement is parsed, not matched by patterns: it must be one SELECT whose every table is a
   public view, whose table functions stand in a short list, and whose functions read no settings.
2. DuckDB itself is shut: no file but the published ones, no extension, no change of a setting.
3. The query runs in a process of its own without environment variables, which may not write a
   byte to any file and has a ceiling of memory and processor time.
4. That process answers one query and ends; a query that takes too long is killed with it.
"""

from warehouse.sandbox.answer import Answer, Cell, Limits
from warehouse.sandbox.box import Sandbox
from warehouse.sandbox.errors import (
    SqlBusy,
    SqlError,
    SqlFailed,
    SqlRefused,
    SqlTooBig,
    SqlTooSlow,
)

__all__ = [
    "Answer", "Cell", "Limits", "Sandbox",
    "SqlBusy", "SqlError", "SqlFailed", "SqlRefused", "SqlTooBig", "SqlTooSlow",
]  # fmt: skip
