import gzip
import os
import random
import socket
from pathlib import Path

import pytest
from discover_helpers import found, reasons, written

from newsloom.discover.readers import BY_SUFFIX

ROW = '{"text": "Water rose in the valley."}'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


def test_a_missing_path_is_told(tmp_path: Path) -> None:
    (item,) = found(tmp_path / "nowhere.txt")
    assert (item["kind"], item["reason"]) == ("input", "not_found")
    assert "check the spelling" in item["detail"]


@pytest.mark.parametrize("suffix", sorted(BY_SUFFIX))
def test_an_empty_file_is_told_for_every_kind(tmp_path: Path, suffix: str) -> None:
    assert reasons(found(written(tmp_path / f"a{suffix}", b""))) == ["empty"]


@pytest.mark.parametrize("content", [b" \n\t\n", b"\xef\xbb\xbf"])
def test_white_space_alone_is_empty(tmp_path: Path, content: bytes) -> None:
    (item,) = found(written(tmp_path / "a.txt", content))
    assert item["reason"] == "empty"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl", "a.csv"])
def test_binary_data_is_told(tmp_path: Path, name: str) -> None:
    (item,) = found(written(tmp_path / name, PNG))
    assert item["reason"] == "binary"


def test_an_undecodable_text_is_told_and_kept(tmp_path: Path) -> None:
    noise = bytes(random.Random(4).choices(range(128, 256), k=3000))
    (item,) = found(written(tmp_path / "a.txt", noise))
    assert item["reason"] == "encoding"
    assert item["content"] == noise  # cut where it is written, which is told beside it


def test_a_large_file_is_told_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.write(b"The beginning.")
        file.truncate(50_000_000_000)  # sparse: reading it would take minutes
    (item,) = found(path)
    assert item["reason"] == "too_large"
    assert item["content"].startswith(b"The beginning.")
    assert len(item["content"]) == 1_000_000


def test_a_text_at_the_limit_passes_and_one_byte_more_does_not(tmp_path: Path) -> None:
    written(tmp_path / "a.txt", "x" * 1000)
    written(tmp_path / "b.txt", "x" * 1001)
    assert reasons(found(tmp_path, max_document_bytes=1000)) == [None, "too_large"]
    items = found("-", stdin=b"x" * 1001, max_document_bytes=1000)
    assert reasons(items) == ["too_large"]


def test_unknown_extensions_are_told(tmp_path: Path) -> None:
    named = written(tmp_path / "photo.jpg", b"x")
    assert reasons(found(named)) == ["unknown_type"]
    assert reasons(found(tmp_path)) == ["unknown_type", "nothing_usable"]
    assert reasons(found(written(tmp_path / "README", b"x"))) == ["unknown_type"]
    assert reasons(found(written(tmp_path / "a.parquet.gz", b"x"))) == ["unknown_type"]


def test_a_folder_without_anything_is_told(tmp_path: Path) -> None:
    (item,) = found(tmp_path)
    assert (item["kind"], item["reason"]) == ("input", "nothing_usable")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.jsonl", "\n\n"), ("a.csv", "title,text\n"), ("a.csv", "\n"), ("b.csv", "x,y\n1,2\n")],
)
def test_a_row_file_without_rows_is_told(tmp_path: Path, name: str, content: str) -> None:
    (item,) = found(written(tmp_path / name, content))
    assert (item["kind"], item["reason"]) == ("input", "nothing_usable")


def test_what_is_no_file_is_told_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket.txt"))
        (tmp_path / "device.txt").symlink_to("/dev/zero")
        assert reasons(found(tmp_path)) == ["unreadable"] * 3


def test_what_the_system_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "a.txt", "Text.")
    written(tmp_path / "b.txt", "Text.")
    real = os.open

    def refusing(name: str, *args: int) -> int:
        if name == str(path):
            raise PermissionError(13, "Permission denied")
        return real(name, *args)

    monkeypatch.setattr(os, "open", refusing)
    items = found(tmp_path)
    assert reasons(items) == ["unreadable", None]
    assert "Permission denied" in items[0]["detail"]


def test_a_dangling_link_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert reasons(found(tmp_path)) == ["not_found"]


def test_a_defect_in_a_reader_costs_one_item(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> str:
        raise ZeroDivisionError("oops\x1b[2J")

    monkeypatch.setattr("newsloom.discover.readers.documents.encoding_of", broken)
    written(tmp_path / "a.txt", "Text.")
    written(tmp_path / "b.html", "<p>Text.</p>")
    items = found(tmp_path)
    assert reasons(items) == ["internal", None]
    assert "ZeroDivisionError" in items[0]["detail"]
    assert "\x1b" not in items[0]["detail"]


def test_gzip_that_breaks_off_keeps_the_rows_before(tmp_path: Path) -> None:
    noise = random.Random(1)
    rows = "".join(f'{{"text": "Row {noise.random()}"}}\n' for _ in range(5000)).encode()
    packed = gzip.compress(rows)
    items = found(written(tmp_path / "a.jsonl.gz", packed[: len(packed) // 2]))
    assert reasons(items[:-1]) == [None] * (len(items) - 1)
    assert items[-1]["reason"] == "malformed"
    assert len(items) > 1000


@pytest.mark.parametrize(
    "content", [b"not gzip at all", gzip.compress(b"x" * 99)[:20]], ids=["none", "cut"]
)
def test_broken_gzip_is_told(tmp_path: Path, content: bytes) -> None:
    assert reasons(found(written(tmp_path / "a.jsonl.gz", content))) == ["malformed"]
    assert reasons(found(written(tmp_path / "a.txt.gz", content))) == ["malformed"]


def test_names_that_could_harm_a_terminal_are_spelt_out(tmp_path: Path) -> None:
    for name in (b"new\nline.txt", b"\x1b[2Jclear.txt", b"bad\xff.txt", "\u202eturn.txt".encode()):
        written(tmp_path / os.fsdecode(name), "Text.")
    items = found(tmp_path)
    assert reasons(items) == [None] * 4
    locators = "".join(item["locator"] for item in items)
    assert "\\xff" in locators
    assert "\\x0a" in locators
    assert locators.isprintable()
    assert len({item["uri"] for item in items}) == 4


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/a", "http://", "https:///path", "http://[::1", "http://host:99999/",
        "http://exa mple.org/", "https://user:secret@example.org/a", "file:///etc/passwd",
        "https://example.org/" + "a" * 3000,
    ],
)  # fmt: skip
def test_addresses_that_cannot_be_fetched_are_told_without_secrets(url: str) -> None:
    (item,) = found(url)
    assert item["reason"] == "bad_url"
    assert "secret" not in str(item)


def test_a_path_with_a_zero_byte_is_told() -> None:
    assert reasons(found("a\0b.txt")) == ["not_found"]


def test_one_bad_input_never_stops_the_others(tmp_path: Path) -> None:
    written(tmp_path / "a.txt", b"")
    written(tmp_path / "b.txt", PNG)
    written(tmp_path / "c.jsonl", f"{{\n{ROW}\n")
    written(tmp_path / "d.txt", "Good text.")
    assert reasons(found(tmp_path, "nowhere", "-", stdin=b"")) == [
        "empty", "binary", "malformed", None, None, "not_found", "empty",
    ]  # fmt: skip
