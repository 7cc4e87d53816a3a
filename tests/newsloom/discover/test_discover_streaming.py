import gzip
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from discover_helpers import found, reasons, settings, written
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from newsloom.discover import Discovery, packing
from newsloom.discover.readers import BY_SUFFIX
from newsloom.extract import extract
from newsloom.schema import DOCUMENT

ROOT = Path(__file__).parents[3]


GROWTH = """
import resource, sys
from newsloom.discover import Discovery
from newsloom.settings import Settings
at, rows = [], 0
for batch in Discovery(sys.argv[1:], Settings()):
    rows += batch.num_rows
    at.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
print(rows, at[-1] - at[len(at) // 10])
"""


def test_a_hundred_thousand_rows_stream_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    with gzip.open(path, "wt", compresslevel=1) as file:
        for number in range(100_000):
            file.write(f'{{"id": {number}, "text": "Row {number} with some words in it."}}\n')
    command = [sys.executable, "-c", GROWTH, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    rows, growth = map(int, done.stdout.split())
    assert rows == 100_000
    assert growth < 8_000_000, "memory grows with the file"


def _peak_bytes(path: Path) -> tuple[int, int]:
    """Return how many items there were and the most memory that Python objects took."""
    tracemalloc.start()
    try:
        number = sum(batch.num_rows for batch in Discovery([str(path)], settings()))
        return number, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_giant_packed_line_needs_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(100):
            file.write(b"x" * 1_000_000)
        file.write(b'\n{"text": "After the bomb."}\n')
    number, peak = _peak_bytes(path)
    assert number == 2
    assert peak < 45_000_000


def test_a_decompression_bomb_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "BOMB_FREE_BYTES", 500_000)
    bomb = gzip.compress(b'{"text": "good"}\n' + b"\n" * 5_000_000, 9)
    items = found(written(tmp_path / "a.jsonl.gz", bomb))
    assert reasons(items) == [None, "malformed"]
    assert "bomb" in items[1]["detail"]
    packed = gzip.compress(b"x" * 50_000_000, 9)
    assert reasons(found(written(tmp_path / "a.txt.gz", packed))) == ["too_large"]


@given(content=st.binary(max_size=400), suffix=st.sampled_from(sorted(BY_SUFFIX)))
@limits(max_examples=150, deadline=None)
def test_no_bytes_crash_discovery_or_extraction(
    content: bytes, suffix: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    _survives(tmp_path_factory.mktemp("any") / f"a{suffix}", content)


@given(
    content=st.text(st.sampled_from('{}[]":,ab <>/=!-#*`\n\r\t\0é\ufeff\u200b'), max_size=200),
    suffix=st.sampled_from(sorted(BY_SUFFIX)),
)
@limits(max_examples=150, deadline=None)
def test_no_markup_crashes_discovery_or_extraction(
    content: str, suffix: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    _survives(tmp_path_factory.mktemp("any") / f"a{suffix}", content.encode())


def _survives(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for batch in Discovery([str(path)], settings()):
        documents = extract(batch, settings())
        assert documents.schema == DOCUMENT
        assert documents["ordinal"].to_pylist() == batch["ordinal"].to_pylist()
        assert "internal" not in documents["reason"].to_pylist()
        for document in documents.to_pylist():
            assert document["reason"] or document["text"]
