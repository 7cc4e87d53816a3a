"""Looks for copies of new texts among very many stored ones, and measures itself.

    python -m benchmarks.duplicates_stored WAREHOUSE NEW.parquet RESULT.json

Does what an ingest does for the new texts at once: sign, look for candidates in the warehouse,
fetch the stored texts and verify. The warehouse is made by `store`: some stored articles are real,
with their texts; the others are bands and signatures only, with keys drawn evenly from all 64-bit
numbers, as those of unrelated texts are.
"""

import json
import sys
import time
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.processes import own_peak
from newsloom.fingerprints import SIGNATURE_VERSION, sign_copies
from newsloom.fingerprints.copies import COPY_KEYS
from tasks.copies import bands_of, compare_with, unsigned
from warehouse.commit import Commit
from warehouse.lake import Lake

COMMIT_ROWS = 50_000


def store(folder: Path, real: pa.Table, count: int) -> None:
    """Make a warehouse of `count` stored texts, of which `real` (content_id, title, text) exist."""
    with Lake(folder) as lake:
        lake.connection.execute("BEGIN")
        for number, first in enumerate(range(real.num_rows, count, COMMIT_ROWS)):
            _synthetic(lake, number + 1, first, min(first + COMMIT_ROWS, count))
        _real(lake, 1_000_000, real)
        lake.connection.execute("COMMIT")


def _synthetic(lake: Lake, commit_id: int, first: int, last: int) -> None:
    contents = (
        f"SELECT {commit_id} AS commit_id, md5(i::VARCHAR) AS content_id, "
        f"hash(i) AS set_hash FROM range({first}, {last}) AS t(i)"
    )
    lake.connection.execute(
        "INSERT INTO lake.main.copy_bands (commit_id, key, content_id) "
        "SELECT commit_id, hash(set_hash + band), content_id "
        f"FROM ({contents}), range({COPY_KEYS}) AS b(band)"
    )
    lake.connection.execute(
        "INSERT INTO lake.main.signatures "
        "(commit_id, content_id, signature_version, shingle_count, set_hash) "
        f"SELECT commit_id, content_id, {SIGNATURE_VERSION}, 300, set_hash FROM ({contents})"
    )


def _real(lake: Lake, commit_id: int, real: pa.Table) -> None:
    writing = Commit(lake)
    writing.id = commit_id
    signed = sign_copies(real)
    rows = real.num_rows
    same = {"article_id": real["content_id"], "revision": [1] * rows}
    writing.append("copy_bands", bands_of(signed, set(signed["content_id"].to_pylist())))
    writing.append("signatures", signed)
    writing.append("article_texts", pa.table({**same, "text": real["text"]}))
    described = {"content_id": real["content_id"], "title": real["title"]}
    seen = {"seen_at": [datetime(2024, 3, 10)] * rows}
    writing.append("article_revisions", pa.table({**same, **described, **seen}))


def main() -> None:
    """Compare the new texts with the stored ones and write what that took."""
    folder, texts, result = (Path(argument) for argument in sys.argv[1:4])
    new = pq.read_table(texts)
    with Lake(folder) as lake:
        before = time.process_time()
        signed = sign_copies(new)
        found = compare_with(lake, new, unsigned(lake, signed))
        seconds = time.process_time() - before
    measured = {
        "cpu_seconds": seconds,
        "peak_bytes": own_peak(),
        "pairs": found.num_rows,
    }
    result.write_text(json.dumps(measured), encoding="utf-8")


if __name__ == "__main__":
    main()
