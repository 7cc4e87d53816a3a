import gzip
import io
from pathlib import Path

import pyarrow as pa
import pytest
from discover_helpers import found, reasons, settings, written

from newsloom import ids
from newsloom.discover import Discovery
from newsloom.schema import ITEM

ROW = '{"id": "7", "title": "Dam fails", "text": "Water rose in the valley."}'


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.txt", "Some text.", "text"),
        ("a.TXT", "Some text.", "text"),
        ("a.md", "# Title\n\nText.", "markdown"),
        ("a.markdown", "Text.", "markdown"),
        ("a.html", "<p>Text.</p>", "html"),
        ("a.htm", "<p>Text.</p>", "html"),
        ("a.xhtml", "<p>Text.</p>", "html"),
        ("a.jsonl", ROW, "row"),
        ("a.ndjson", ROW, "row"),
        ("a.csv", "title,text\nDam fails,Water rose.\n", "row"),
        ("a.jsonl.gz", gzip.compress(ROW.encode(), mtime=0), "row"),
        ("a.csv.gz", gzip.compress(b"title,text\nDam fails,Water rose.\n", mtime=0), "row"),
        ("a.txt.gz", gzip.compress(b"Some text.", mtime=0), "text"),
    ],
)
def test_each_kind_of_file_is_read(tmp_path: Path, name: str, content: str, kind: str) -> None:
    path = written(tmp_path / "desk" / name, content)
    (item,) = found(path)
    assert (item["kind"], item["reason"], item["locator"].partition("#")[0]) == (
        kind, None, str(path),
    )  # fmt: skip
    assert item["uri"].startswith(path.as_uri())
    assert item["content_hash"] == ids.content_hash(kind, item["content"])
    assert item["source"] == ("a" if kind == "row" else "desk")
    assert item["source_given"] is False


def test_batches_have_the_item_schema_and_the_given_size(tmp_path: Path) -> None:
    written(tmp_path / "rows.jsonl", "\n".join([ROW] * 25))
    batches = list(Discovery([str(tmp_path)], settings(batch_size=10)))
    assert [batch.num_rows for batch in batches] == [10, 10, 5]
    assert all(batch.schema == ITEM for batch in batches)
    assert pa.concat_tables(batches)["ordinal"].to_pylist() == list(range(25))


def test_a_batch_closes_early_when_its_content_is_big(tmp_path: Path) -> None:
    written(tmp_path / "rows.jsonl", "\n".join([ROW] * 10))
    batches = list(Discovery([str(tmp_path)], settings(batch_bytes=3 * len(ROW))))
    assert len(batches) > 2


def test_pages_to_fetch_count_for_what_they_will_weigh() -> None:
    urls = [f"https://example.org/{number}" for number in range(10)]
    assert len(list(Discovery(urls, settings(batch_bytes=1_000_000)))) == 3


def test_a_folder_is_read_recursively_in_a_fixed_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/y/x.txt", ".hidden.txt", ".git/c.txt", "a/.d/e.txt"):
        written(tmp_path / name, f"Text of {name}.")
    items = found(tmp_path)
    assert [Path(item["locator"]).relative_to(tmp_path).as_posix() for item in items] == [
        "a/y/x.txt", "a/z.txt", "b.txt",
    ]  # fmt: skip
    assert [item["source"] for item in items][:2] == ["y", "a"]
    assert items == found(tmp_path)


def test_links_to_folders_are_not_entered_and_links_to_files_are_read(tmp_path: Path) -> None:
    written(tmp_path / "real" / "a.txt", "Text.")
    (tmp_path / "real" / "loop").symlink_to(tmp_path)
    (tmp_path / "link.txt").symlink_to(tmp_path / "real" / "a.txt")
    items = found(tmp_path)
    assert [Path(item["locator"]).name for item in items] == ["link.txt", "a.txt"]
    assert items[0]["uri"] == items[1]["uri"], "one file is one identity"


def test_what_is_given_twice_is_read_once(tmp_path: Path) -> None:
    inside = written(tmp_path / "in" / "a.txt", "Text.")
    written(tmp_path / "in" / "b.txt", "Other text.")
    again = tmp_path / "in" / ".." / "in" / "a.txt"
    page = "https://example.org/x"
    names = [item["locator"] for item in found(tmp_path, inside, again, inside.parent, page, page)]
    assert names == [str(inside), str(tmp_path / "in" / "b.txt"), page]


def test_a_hidden_file_is_read_when_it_is_named(tmp_path: Path) -> None:
    hidden = written(tmp_path / ".a.txt", "Text.")
    assert reasons(found(hidden)) == [None]


def test_folders_may_be_nested_deeper_than_calls(tmp_path: Path) -> None:
    levels = [tmp_path.joinpath(*["d"] * depth) for depth in range(1, 1200)]
    for level in levels:
        level.mkdir()
    file = written(levels[-1] / "a.txt", "Text.")
    try:
        assert reasons(found(tmp_path)) == [None]
    finally:  # pytest's own clean-up does call itself for each level
        file.unlink()
        for level in reversed(levels):
            level.rmdir()


def test_text_in_braces_is_no_row() -> None:
    (item,) = found("-", stdin=b"{sic} said the mayor.")
    assert (item["kind"], item["reason"]) == ("text", None)


def test_the_given_source_beats_the_derived_one(tmp_path: Path) -> None:
    (item,) = found(written(tmp_path / "a.txt", "Text."), source="wire")
    assert (item["source"], item["source_given"]) == ("wire", True)


def test_addresses_become_pages_to_fetch() -> None:
    (item,) = found("https://example.org/a?b=c#part")
    assert item["kind"] == "page"
    assert item["uri"] == "https://example.org/a?b=c"
    assert (item["content"], item["content_hash"], item["source"]) == (None, None, None)


def test_standard_input_is_one_text() -> None:
    (item,) = found("-", stdin=b"A text\n\nfrom a pipe.")
    assert (item["kind"], item["locator"], item["source"]) == ("text", "-", "stdin")
    (other,) = found("-", stdin=b"Another text.")
    assert item["uri"] != other["uri"]


@pytest.mark.parametrize("start", ["", "\ufeff", "\n\n"])
def test_standard_input_that_looks_like_json_lines_is_rows(start: str) -> None:
    items = found("-", stdin=f"{start}{ROW}\nnot json\n{ROW}\n".encode())
    assert reasons(items) == [None, "malformed", None]
    assert items[-1]["locator"].startswith("-#")


def test_progress_is_known_in_bytes(tmp_path: Path) -> None:
    written(tmp_path / "a.txt", "x" * 1000)
    packed = written(tmp_path / "rows.jsonl.gz", gzip.compress(f"{ROW}\n".encode() * 5000))
    total = 1000 + packed.stat().st_size
    discovery = Discovery([str(tmp_path)], settings(batch_size=100))
    assert discovery.bytes_total == total
    seen = [discovery.bytes_done for _ in discovery]
    assert seen == sorted(seen)
    assert discovery.bytes_done == total
    assert Discovery(["-"], settings(), stdin=io.BytesIO()).bytes_total is None
    assert Discovery(["https://example.org/"], settings()).bytes_total is None
