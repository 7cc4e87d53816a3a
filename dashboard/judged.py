"""The findings of a snapshot as the view `checks`, so that pages need not carry them out again."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from warehouse.digest import Digest
from warehouse.health import Finding

SUBJECT = pa.struct([
    ("name", pa.string()), ("status", pa.string()), ("value", pa.float64()),
    ("since", pa.timestamp("us")), ("reason", pa.string()),
])  # fmt: skip
SCHEMA = pa.schema([
    ("name", pa.string()), ("status", pa.string()), ("value", pa.float64()), ("unit", pa.string()),
    ("warn_at", pa.float64()), ("bad_at", pa.float64()), ("warn_below", pa.float64()),
    ("bad_below", pa.float64()), ("reason", pa.string()), ("since", pa.timestamp("us")),
    ("subjects", pa.list_(SUBJECT)), ("meaning", pa.string()), ("runbook", pa.string()),
])  # fmt: skip


def keep_checks(digest: Digest, findings: Iterable[Finding]) -> None:
    """Put findings where the view would be; those of live checks, which it lacks, are left out.

    Where settings give other limits, these are judged by, and by the view they are not.
    """
    rows = [_row(finding) for finding in findings if not finding.check.live]
    digest.connection.register("judged", pa.Table.from_pylist(rows, SCHEMA))
    digest.keep("checks", "FROM judged")
    digest.connection.unregister("judged")


def _row(finding: Finding) -> dict[str, Any]:
    told = finding.as_dict()
    return {name: told[name] for name in SCHEMA.names}
