"""A made-up past with something the matter in it, and with names that would do harm if they could.

It is small: the pages that are tested on it ask the same as of a large one.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.history import Facts, Size, make, present, store

SIZE = Size(sources=8, days=29, articles_a_day=70, runs_a_day=24)
SCRIPT = "<script>alert(1)</script>"
BIDI = "evil\u202egnp.exe"
LONG = "w" * 300
NAMES = (SCRIPT, BIDI, LONG, 'a/b?c#d"e')
"""Sources that a hostile newsloom.toml, feed or file may bring."""
URLS = ("javascript:alert(1)", "data:text/html,<script>alert(2)</script>",
        'https://x.example/"onmouseover="alert(3)')  # fmt: skip
ERROR = f"RuntimeError: {SCRIPT} {LONG}"
PAYLOADS = (b"<html><script>alert(4)</script></html>", b"%PDF-1.7\x00\xff\xfe\x80binary",
            "Größe \u202e".encode(), b"x" * 100_000)  # fmt: skip
FAILED_RUN, LOSSY_RUN = "r-failed", "r-lossy"
PREFECT_ID = "0f9f7d62-7b9f-4a7e-9a51-1c9b6b5d7f01"


def write(folder: Path) -> None:
    """Write it into an empty warehouse folder.

    Of the made-up sources the second fails, the third is silent, the fourth is paused.
    """
    facts = make(SIZE, present())
    names = [row["source"] for row in facts["source_settings"].to_pylist()]
    _fail(facts, names[1])
    _silence(facts, names[2])
    _pause(facts, names[3])
    _hostile(facts)
    _runs(facts)
    store(folder, facts)


def _fail(facts: Facts, source: str) -> None:
    now, commit = present(), _last(facts)
    _add(facts, "polls", [
        {"commit_id": commit + at, "run_id": "r-poll", "source": source,
         "address": f"https://{source}/feed.xml", "polled_at": now - timedelta(seconds=60 - 9 * at),
         "outcome": "failed", "reason": "http_error", "detail": f"503 {SCRIPT}",
         "http_status": 503, "failures": at + 1, "interval_seconds": 900.0,
         "due_at": now + timedelta(minutes=10)}
        for at in range(6)
    ])  # fmt: skip


def _silence(facts: Facts, source: str) -> None:
    since = present() - timedelta(days=9)
    items = facts["item_events"]
    late = pc.and_(pc.equal(items["source"], source), pc.greater(items["seen_at"], since))
    facts["item_events"] = items.filter(pc.invert(late))


def _pause(facts: Facts, source: str) -> None:
    row = next(r for r in facts["source_settings"].to_pylist() if r["source"] == source)
    _add(facts, "source_settings", [{**row, "commit_id": 2, "paused": True}])


def _hostile(facts: Facts) -> None:
    now, commit = present(), _last(facts)
    _add(facts, "source_settings", [
        {"commit_id": commit, "source": name, "kind": "feed", "address": URLS[at % 3],
         "schedule": "adaptive", "tags": [SCRIPT], "paywalled": False, "paused": False}
        for at, name in enumerate(NAMES)
    ])  # fmt: skip
    rejects = [
        {"commit_id": commit, "run_id": LOSSY_RUN, "item_id": f"i-hostile-{at}",
         "locator": url, "uri": url, "kind": "page", "source": NAMES[at % 4],
         "reason": "bad_url", "detail": f"{SCRIPT} {LONG} {BIDI}", "payload": PAYLOADS[at % 4],
         "payload_bytes": len(PAYLOADS[at % 4]) + at, "content_type": SCRIPT, "final_url": url,
         "source_given": True, "paywalled": False, "rejected_at": now - timedelta(minutes=at)}
        for at, url in enumerate((*URLS, *(f"https://x.example/{n}{SCRIPT}" for n in range(60))))
    ]  # fmt: skip
    _add(facts, "rejects", rejects)
    names = ("commit_id", "run_id", "item_id", "locator", "uri", "kind", "source", "reason",
             "detail", "final_url")  # fmt: skip
    _add(facts, "item_events", [
        {name: row[name] for name in names}
        | {"ordinal": at, "status": "rejected", "seen_at": row["rejected_at"]}
        for at, row in enumerate(rejects)
    ])  # fmt: skip


def _runs(facts: Facts) -> None:
    now, commit = present(), _last(facts)
    stages = [
        {"stage": stage, "rows_in": 70, "rows_out": 63, "seconds": seconds}
        for stage, seconds in (("fetch", 60.0), ("discover", 2.5), (SCRIPT, 0.5))
    ]
    _add(facts, "run_events", [
        {"commit_id": commit + at, "run_id": run, "happened_at": now - timedelta(minutes=minutes),
         "status": status, "flow": flow, "inputs": inputs, "items_found": found, "stages": stages,
         "prefect_run_id": PREFECT_ID, "host": SCRIPT, "pid": 1, "error": error}
        for at, (run, minutes, status, flow, inputs, found, error) in enumerate((
            (FAILED_RUN, 40, "running", "poll", [URLS[0], SCRIPT], 0, None),
            (FAILED_RUN, 30, "failed", None, None, 0, ERROR),
            (LOSSY_RUN, 400, "running", "ingest", ["inbox"], 0, None),
            (LOSSY_RUN, 5, "completed", None, None, 70, None),
        ))
    ])  # fmt: skip


def _last(facts: Facts) -> int:
    return int(pc.max(facts["run_events"]["commit_id"]).as_py()) + 1


def _add(facts: Facts, name: str, rows: list[dict[str, Any]]) -> None:
    more = pa.Table.from_pylist(rows)
    facts[name] = pa.concat_tables([facts[name], more], promote_options="permissive")
