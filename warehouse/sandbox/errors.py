"""Why a query of the SQL box has no rows.

SqlError           `status` is the HTTP status that tells it
├── SqlRefused     the statement asks for what the box does not do
├── SqlFailed      DuckDB cannot run it: a misspelt column, a division by text
├── SqlTooSlow     it was ended at the time limit
├── SqlTooBig      it wanted more memory than it may have
└── SqlBusy        as many queries as may run are running
"""

from typing import ClassVar

from newsloom.errors import NewsloomError
from warehouse.sandbox.answer import Limits


class SqlError(NewsloomError):
    """A query of the SQL box has no rows."""

    status: ClassVar[int] = 400


class SqlRefused(SqlError):
    """The statement asks for what the box does not do."""


class SqlFailed(SqlError):
    """DuckDB cannot run the statement."""


class SqlTooSlow(SqlError):
    """The query was ended at the time limit."""

    status = 422


class SqlTooBig(SqlError):
    """The query wanted more memory than it may have."""

    status = 422


class SqlBusy(SqlError):
    """As many queries as may run at once are running."""

    status = 503


def too_slow(limits: Limits) -> SqlTooSlow:
    """Return the error of a query that ran into the time limit."""
    unit = "second" if limits.seconds == 1 else "seconds"
    return SqlTooSlow(
        f"The query took longer than {limits.seconds:g} {unit} and was ended.",
        "Ask for fewer days or rows; `newsloom sql` on the machine has no limit.",
    )


def too_big(limits: Limits) -> SqlTooBig:
    """Return the error of a query that wanted too much memory."""
    return SqlTooBig(
        f"The query wanted more than {limits.memory} of memory.",
        "Ask for fewer rows or shorter values; `newsloom sql` on the machine has no limit.",
    )
