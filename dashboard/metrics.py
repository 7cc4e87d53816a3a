"""The checks and totals as Prometheus and its like read them."""

from dashboard.snapshot import Snapshot
from warehouse.health import Health


def metrics(snapshot: Snapshot | None, *, readable: bool) -> str:
    """Return the text of /metrics (format 0.0.4); `readable`: whether the file can be read now."""
    lines = _family("newsloom_up", "gauge", "1 where a warehouse can be read.",
                    [("", 1.0 if snapshot and readable else 0.0)])  # fmt: skip
    if snapshot is None:
        return "\n".join(lines) + "\n"
    found = snapshot.findings
    lines += _family(
        "newsloom_health", "gauge", "The worst check: 0 ok, 1 wants a look, 2 bad.",
        [("", snapshot.health.rank)],
    )  # fmt: skip
    lines += _family(
        "newsloom_check_status", "gauge", "Each check: 0 ok, 1 wants a look, 2 bad.",
        [(_labels(check=f.name), f.status.rank) for f in found],
    )  # fmt: skip
    lines += _family(
        "newsloom_check_value", "gauge", "What each check measured, in its unit.",
        [(_labels(check=f.name, unit=f.check.unit), f.value) for f in found if f.value is not None],
    )  # fmt: skip
    lines += _family(
        "newsloom_check_subjects", "gauge", "Sources, runs or flows of a check that are not well.",
        [(_labels(check=f.name, status=health), sum(s.status is health for s in f.subjects))
         for f in found for health in (Health.WARN, Health.BAD) if f.subjects],
    )  # fmt: skip
    (totals,) = snapshot.digest.rows("status_totals")
    lines += _family(
        "newsloom_published_timestamp_seconds", "gauge", "When the published file was written.",
        [("", totals["published_at"].timestamp())],
    )  # fmt: skip
    lines += _family(
        "newsloom_snapshot_read_timestamp_seconds", "gauge", "When that file was last read.",
        [("", snapshot.read_at)],
    )  # fmt: skip
    for name in ("articles", "copies", "stories", "entities", "sources", "rejects"):
        lines += _family(f"newsloom_{name}", "gauge", f"{name.capitalize()} in the warehouse.",
                         [("", totals[name])])  # fmt: skip
    items = snapshot.rows(
        "SELECT status, coalesce(reason, '') AS reason, sum(items) AS items "
        "FROM item_hours GROUP BY ALL ORDER BY ALL"
    )
    lines += _family(
        "newsloom_items_total", "counter", "Items by how they ended.",
        [(_labels(status=row["status"], reason=row["reason"]), row["items"]) for row in items],
    )  # fmt: skip
    return "\n".join(lines) + "\n"


def _family(name: str, kind: str, meaning: str, samples: list[tuple[str, float]]) -> list[str]:
    return [
        f"# HELP {name} {meaning}",
        f"# TYPE {name} {kind}",
        *(f"{name}{labels} {float(value)!r}" for labels, value in samples),
    ]


def _labels(**labels: object) -> str:
    def escaped(value: object) -> str:
        return str(value).replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")

    return "{" + ",".join(f'{name}="{escaped(value)}"' for name, value in labels.items()) + "}"
