"""Finds the copies among texts, with Newsloom or with a peer, and measures itself.

    python -m benchmarks.duplicates_engines ENGINE TEXTS.parquet PAIRS.json

Each engine runs in a process of its own. Its processor seconds count from the texts in Parquet to
the pairs, all threads together, without the imports; its memory is the peak of the whole process.
Peers get the same units, cut by Newsloom's quick tokeniser, so that their figures are theirs alone,
and are used with the settings that their documentation begins with.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations, product
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.processes import own_peak
from newsloom.duplicates import verify_sets
from newsloom.fingerprints import SIGNATURE_VERSION, sign_copies_with_sets
from newsloom.fingerprints.tokens import tokenise
from warehouse import known
from warehouse.query import run_query

THRESHOLD = 0.7
PERMUTATIONS = 128
WIDTH = 5
Found = list[tuple[str, str]]


class Facts:
    """The fact tables that copies are looked for in, in memory and empty."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(
            "CREATE SCHEMA facts;"
            "CREATE TABLE facts.copy_bands (commit_id BIGINT, key UBIGINT, content_id VARCHAR);"
            "CREATE TABLE facts.signatures (commit_id BIGINT, content_id VARCHAR,"
            "  signature_version SMALLINT, set_hash UBIGINT)"
        )

    def query(
        self, sql: str, parameters: list[object] | None = None, **tables: pa.Table
    ) -> pa.Table:
        """Run a query; `tables` can be named in it."""
        return run_query(self.connection, sql, parameters, tables)


def newsloom(path: Path) -> Found:
    """Use Newsloom: always verified. Exact copies come as classes, each with one representative."""
    signed, sets = [], {}
    for rows in _batches(path, 1024):
        table, some = sign_copies_with_sets(pa.Table.from_batches([rows]))
        signed.append(table)
        sets.update(_packed(some))
    fresh = pa.concat_tables(signed)
    candidates = known.copy_candidates(Facts(), fresh, SIGNATURE_VERSION)
    exact = candidates["exact"]
    same = _pairs(candidates.filter(exact))
    found = verify_sets(_pairs(candidates.filter(pc.invert(exact))), sets)
    # Single precision, as the warehouse keeps it: .7 itself counts.
    near = found.filter(pc.greater_equal(found["jaccard"], pa.scalar(THRESHOLD, pa.float32())))
    return _spelt_out(same, _pairs(near))


def _batches(path: Path, size: int) -> Iterator[pa.RecordBatch]:
    # Reading ahead, and keeping what was freed, would count for more than the engines themselves.
    for rows in pq.ParquetFile(path, pre_buffer=False).iter_batches(batch_size=size):
        yield rows
        pa.default_memory_pool().release_unused()


def _packed(sets: dict[str, Any]) -> dict[str, Any]:
    """Return the sets as parts of one array: many small ones scatter over the memory."""
    ends = np.cumsum([len(members) for members in sets.values()])
    parts = np.split(np.concatenate([*sets.values()]), ends[:-1])
    return dict(zip(sets, parts, strict=True))


def _pairs(table: pa.Table) -> Found:
    columns = (table[name].to_pylist() for name in ("content_a", "content_b"))
    return list(zip(*columns, strict=True))


def _spelt_out(same: Found, near: Found) -> Found:
    """Return the pairs of all members of the classes, as the peers report them."""
    classes: dict[str, list[str]] = defaultdict(list)
    # All pairs of a class hold the content with its least id here: all contents are new.
    for first, other in sorted(same):
        classes[first].append(other)
    pairs = [
        pair for first, others in classes.items() for pair in combinations([first, *others], 2)
    ]
    for a, b in near:
        pairs += product([a, *classes.get(a, [])], [b, *classes.get(b, [])])
    return pairs


def _grams(path: Path) -> Iterator[tuple[list[str], list[list[str]]]]:
    for rows in _batches(path, 256):
        units = tokenise(rows["text"].to_pylist())
        some = []
        for number in range(rows.num_rows):
            words = units.words(number)
            some.append(
                [" ".join(words[at : at + WIDTH]) for at in range(max(len(words) - WIDTH + 1, 1))]
            )
        yield rows["content_id"].to_pylist(), some


def datasketch(path: Path) -> Found:
    """Use datasketch: MinHash of 128 permutations, and its LSH at the threshold."""
    return _datasketch(path, lambda a, b: True, keep=False)


def datasketch_verified(path: Path) -> Found:
    """Use datasketch, and verify its pairs by the sets."""
    return _datasketch(path, _jaccard, keep=True)


def _datasketch(path: Path, accept: Callable[[Any, Any], bool], keep: bool) -> Found:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    sets: dict[str, set[str]] = {}
    pairs = []
    for ids, texts in _grams(path):
        for name, grams in zip(ids, texts, strict=True):
            made = MinHash(num_perm=PERMUTATIONS)
            made.update_batch([gram.encode() for gram in grams])
            members = sets[name] = set(grams) if keep else set()
            for other in index.query(made):
                if accept(members, sets[other]):
                    pairs.append((other, name))
            index.insert(name, made)
    return pairs


def rensa(path: Path) -> Found:
    """Use rensa: RMinHash of 128 permutations, and its LSH of 16 bands, by its estimate."""
    return _rensa(path, keep=False)


def rensa_verified(path: Path) -> Found:
    """Use rensa, and verify its candidates by the sets."""
    return _rensa(path, keep=True)


def _rensa(path: Path, keep: bool) -> Found:
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=16)
    names: list[str] = []
    made: list[Any] = []
    sets: list[set[str]] = []
    pairs = []
    for ids, texts in _grams(path):
        for name, grams, sketch in zip(
            ids, texts, RMinHash.from_token_sets(texts, PERMUTATIONS, 42), strict=True
        ):
            members = set(grams) if keep else set()
            for other in index.query(sketch):
                if (
                    _jaccard(members, sets[other])
                    if keep
                    else sketch.jaccard(made[other]) >= THRESHOLD
                ):
                    pairs.append((names[other], name))
            index.insert(len(names), sketch)
            names.append(name)
            made.append(sketch)
            sets.append(members)
    return pairs


def _jaccard(a: set[str], b: set[str]) -> bool:
    shared = len(a & b)
    return shared >= THRESHOLD * (len(a) + len(b) - shared)


ENGINES = {
    "newsloom": newsloom,
    "rensa": rensa,
    "rensa, verified": rensa_verified,
    "datasketch": datasketch,
    "datasketch, verified": datasketch_verified,
}
_PEERS = {"rensa": "rensa", "datasketch": "datasketch"}


def main() -> None:
    """Run one engine and write what it found and took."""
    name, texts, result = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if peer := _PEERS.get(name.split(",")[0]):
        __import__(peer)
    before = time.process_time()
    pairs = ENGINES[name](texts)
    measured = {
        "cpu_seconds": time.process_time() - before,
        "peak_bytes": own_peak(),
        "pairs": [[min(pair), max(pair)] for pair in pairs],
    }
    result.write_text(json.dumps(measured), encoding="utf-8")


if __name__ == "__main__":
    main()
