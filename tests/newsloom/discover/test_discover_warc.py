import datetime
import gzip
from pathlib import Path

import pytest
from archives import page, warc, warc_record, zipped
from discover_helpers import found, reasons, written

from newsloom import ids

NEXT = "\r\n"


@pytest.mark.parametrize(("name", "packed"), [("a.warc", False), ("a.warc.gz", True)])
def test_the_pages_of_a_web_archive_are_items_that_are_fetched(
    tmp_path: Path, name: str, packed: bool
) -> None:
    path = written(tmp_path / name, warc(2, packed=packed))
    first, second = found(path)
    assert (first["locator"], second["locator"]) == (f"{path}#1", f"{path}#2")
    assert first["kind"] == "page"
    assert first["uri"] == first["final_url"] == "https://bay.example.org/0"
    assert first["content"] == page(0)
    assert first["content_type"] == "text/html; charset=utf-8"
    assert first["content_hash"] == ids.content_hash("page", page(0))
    assert (first["http_status"], first["via"]) == (200, path.as_uri())
    assert first["fetched_at"] == datetime.datetime(2023, 8, 22, 10)


def test_a_wacz_gives_the_pages_of_its_web_archives_only(tmp_path: Path) -> None:
    files = {
        "archive/x.warc.gz": warc(1),
        "archive/y.warc": warc(1, packed=False),
        "pages/pages.jsonl": b'{"url": "https://bay.example.org/0"}',
        "datapackage.json": b"{}",
    }
    path = written(tmp_path / "a.wacz", zipped(files))
    assert [item["locator"] for item in found(path)] == [
        f"{path}!/archive/x.warc.gz#1", f"{path}!/archive/y.warc#1",
    ]  # fmt: skip


def test_packed_and_chunked_answers_are_undone(tmp_path: Path) -> None:
    packed = gzip.compress(page(1))
    html = "Content-Type: text/html\r\n"
    records = [
        warc_record(1, packed, head=f"{html}Content-Encoding: gzip\r\n"),
        warc_record(
            2, b"%x\r\n%s\r\n0\r\n\r\n" % (len(page(2)), page(2)),
            head=f"{html}Transfer-Encoding: chunked\r\n",
        ),
        warc_record(3, b"\x1f\x8b\x08broken", head=f"{html}Content-Encoding: gzip\r\n"),
        warc_record(4, page(4)),
    ]  # fmt: skip
    items = found(written(tmp_path / "a.warc", b"".join(records)))
    assert [item["content"] for item in items[:2]] == [page(1), page(2)]
    assert reasons(items) == [None, None, "malformed", None]
    assert items[2]["uri"] == "https://bay.example.org/3"


def test_large_pages_and_bombs_in_a_web_archive_are_told(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<p>" + b" " * 5_000_000)
    head = "Content-Type: text/html\r\nContent-Encoding: gzip\r\n"
    records = [
        warc_record(1, b"<p>" + b"x" * 300_000),
        warc_record(2, bomb, head=head),
        warc_record(3, page(3)),
    ]
    path = written(tmp_path / "a.warc", b"".join(records))
    assert reasons(found(path, max_document_bytes=100_000)) == ["too_large", "too_large", None]


@pytest.mark.parametrize("packed", [False, True])
def test_a_cut_or_broken_web_archive_keeps_what_came_before(tmp_path: Path, packed: bool) -> None:
    records = [warc_record(number, page(number)) for number in range(3)]
    parts = [gzip.compress(r) if packed else r for r in records]
    suffix = ".warc.gz" if packed else ".warc"
    cut = written(tmp_path / f"a{suffix}", b"".join(parts)[:-60])
    garbled = written(tmp_path / f"b{suffix}", parts[0] + parts[1] + b"garbage" * 20 + parts[2])
    for path in (cut, garbled):
        items = found(path)
        assert reasons(items) == [None, None, "malformed"], path
        assert items[-1]["locator"] == str(path)


def test_odd_records_are_told_or_dated_by_now(tmp_path: Path) -> None:
    records = [
        warc_record(1, page(1), uri="<https://bay.example.org/x>"),
        warc_record(2, page(2), uri="dns:bay.example.org"),
        warc_record(3, page(3), date="yesterday"),
        warc_record(4, page(4), date="0001-01-01T00:00:00Z"),
    ]
    items = found(written(tmp_path / "a.warc", b"".join(records)))
    assert reasons(items) == [None, "bad_url", None, None]
    assert items[0]["uri"] == "https://bay.example.org/x"
    assert all(item["fetched_at"].year > 2023 for item in items[2:])


def test_an_archive_without_pages_is_told(tmp_path: Path) -> None:
    only = warc_record(1, b"", status="404 Not Found")
    assert reasons(found(written(tmp_path / "a.warc", only))) == ["nothing_usable"]
    assert reasons(found(written(tmp_path / "b.warc", b"no archive"))) == ["malformed"]


def test_pages_of_no_type_plain_texts_and_changed_pages_count(tmp_path: Path) -> None:
    plain = "Content-Type: text/plain; charset=utf-8\r\n"
    records = [
        warc_record(1, page(1), head=""),
        warc_record(2, b"\x89PNG\r\n\x1a\n" + bytes(range(256)), head=""),
        warc_record(3, b"Water rose in the valley.", head=plain),
        warc_record(4, b"User-agent: *", head=plain, uri="https://bay.example.org/robots.txt"),
        warc_record(5, page(5), status="203 Non-Authoritative Information"),
        warc_record(6, b"<rss version='2.0'></rss>", head=plain),
        warc_record(7, b"GIF89a", head="Content-Type: image/gif\r\n"),
    ]
    items = found(written(tmp_path / "a.warc", b"".join(records)))
    assert [item["uri"].rpartition("/")[2] for item in items] == ["1", "3", "5"]
    assert [item["content_type"] for item in items] == [
        "text/html", "text/plain; charset=utf-8", "text/html; charset=utf-8",
    ]  # fmt: skip
    assert [item["http_status"] for item in items] == [200, 200, 203]
