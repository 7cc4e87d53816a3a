import io
import struct
import tarfile
import warnings
import zipfile
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import zstandard
from archives import Files, docx, mail, page, pdf, tarred, warc, zipped
from discover_helpers import found, reasons, written

from newsloom.discover import packing, streams

ROW = b'{"text": "Water rose in the valley."}'
FILES: Files = {
    "desk/a.txt": b"Some text.",
    "rows.jsonl": ROW + b"\n" + ROW.replace(b"Water", b"Fire"),
    "../../etc/b.txt": b"Other text.",
    "/abs/c.md": b"# Title\n\nThird text.",
    "in.zip": zipped({"deep/d.txt": b"Deep text."}),
    "__MACOSX/._a.txt": b"Not this.",
    ".hidden.txt": b"Nor this.",
    "photo.jpg": b"x",
}
EXPECTED = [
    ("/desk/a.txt", "text", "desk", None),
    ("/rows.jsonl#1", "row", "rows", None),
    ("/rows.jsonl#2", "row", "rows", None),
    ("/../../etc/b.txt", "text", "etc", None),
    ("//abs/c.md", "markdown", "abs", None),
    ("/in.zip!/deep/d.txt", "text", "deep", None),
    ("/photo.jpg", "input", "a", "unknown_type"),
]
_TAR = tarred({**FILES, "link.txt@": b""})


def shown(items: list[dict[str, Any]], path: Path) -> list[tuple[Any, ...]]:
    return [
        (item["locator"].removeprefix(f"{path}!"), item["kind"], item["source"], item["reason"])
        for item in items
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", zipped(FILES)),
        ("a.tar", _TAR),
        ("a.tar.gz", tarred(FILES, "w:gz")),
        ("a.TGZ", tarred(FILES, "w:gz")),
        ("a.tar.bz2", tarred(FILES, "w:bz2")),
        ("a.tbz2", tarred(FILES, "w:bz2")),
        ("a.tar.xz", tarred(FILES, "w:xz")),
        ("a.tar.zst", zstandard.compress(_TAR)),
    ],
)
def test_all_that_is_in_an_archive_is_read(tmp_path: Path, name: str, content: bytes) -> None:
    path = written(tmp_path / name, content)
    items = found(path)
    assert shown(items, path) == EXPECTED
    assert len({item["uri"] for item in items}) == len(items)
    assert all(item["uri"].startswith(path.as_uri() + "!/") for item in items)
    assert sorted(tmp_path.iterdir()) == [path]
    assert items == found(path)


@pytest.mark.parametrize("suffix", [".bz2", ".xz", ".zst"])
def test_row_files_are_read_however_they_are_packed(tmp_path: Path, suffix: str) -> None:
    import bz2
    import lzma

    pack = {".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstandard.compress}[suffix]
    two = pack(ROW + b"\n") + pack(ROW)  # two members in one file
    assert reasons(found(written(tmp_path / f"a.jsonl{suffix}", two))) == [None, None]
    cut = pack(b"\n".join([ROW] * 5))[:-9]
    assert reasons(found(written(tmp_path / f"b.jsonl{suffix}", cut)))[-1] == "malformed"
    assert reasons(found(written(tmp_path / f"c.txt{suffix}", b"no packed data"))) == ["malformed"]


def test_documents_and_web_archives_inside_archives_are_read(tmp_path: Path) -> None:
    files = {"a.pdf": pdf(["Text."]), "b.docx": docx(), "c.eml": mail(), "d.warc.gz": warc(2)}
    for name, content in (("a.zip", zipped(files)), ("a.tgz", tarred(files, "w:gz"))):
        items = found(written(tmp_path / name, content))
        assert [item["kind"] for item in items] == ["pdf", "docx", "email", "page", "page"]
        assert reasons(items) == [None] * 5


def test_parquet_inside_an_archive_is_read(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    target = io.BytesIO()
    parquet.write_table(pa.table({"text": ["Some text.", "More."]}), target)
    for pack in (zipped, tarred):
        path = written(tmp_path / f"a.{pack.__name__[:3]}", pack({"r.parquet": target.getvalue()}))
        assert reasons(found(path)) == [None, None]


def nested(depth: int) -> bytes:
    content = zipped({"a.txt": b"Some text."})
    for number in range(depth):
        content = zipped({"n.zip": content}) if number % 2 else tarred({"n.zip": content})
    return content


def test_archives_inside_archives_end_at_the_depth(tmp_path: Path) -> None:
    assert reasons(found(written(tmp_path / "a.zip", zipped({"b.zip": nested(0)})))) == [None]
    deep = {"x.zip": zipped({"y.zip": zipped({"z.zip": nested(0)})})}
    (item,) = found(written(tmp_path / "b.zip", zipped(deep)))
    assert item["reason"] == "too_deep"
    assert item["locator"].endswith("b.zip!/x.zip!/y.zip!/z.zip")


def encrypted() -> bytes:
    content = bytearray(zipped({"a.txt": b"Secret."}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    return bytes(content)


def test_members_with_a_password_or_a_strange_packing_are_told(tmp_path: Path) -> None:
    (item,) = found(written(tmp_path / "a.zip", encrypted()))
    assert (item["reason"], item["locator"][-7:]) == ("encrypted", "!/a.txt")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", b"Text.")
    assert reasons(found(written(tmp_path / "b.zip", target.getvalue()))) == ["malformed"]


def test_a_broken_member_costs_only_itself(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": b"First text here.", "b.txt": b"Second text."}))
    content[content.index(b"PK\x03\x04") + 14] ^= 255  # its checksum
    place = content.index(b"PK\x01\x02") + 16
    content[place] ^= 255
    items = found(written(tmp_path / "a.zip", bytes(content)))
    assert reasons(items) == ["malformed", None]


def test_a_cut_archive_keeps_what_came_before(tmp_path: Path) -> None:
    whole = tarred({"a.txt": b"First.", "b.txt": b"x" * 5000, "c.txt": b"Third."})
    items = found(written(tmp_path / "a.tar", whole[:3000]))
    assert reasons(items)[0] is None
    assert reasons(items)[-1] == "malformed"
    garbled = whole[:1024] + b"\xff" * 512 + whole[1536:]
    assert reasons(found(written(tmp_path / "b.tar", garbled))) == [None, "malformed"]
    assert reasons(found(written(tmp_path / "c.zip", zipped(FILES)[:-30]))) == ["malformed"]


def test_bombs_are_told_wherever_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "BOMB_FREE_BYTES", 2_000_000)
    bomb = b" " * 9_000_000
    for name, content in (
        ("a.zip", zipped({"a.jsonl": bomb, "b.txt": b"Text."})),
        ("b.tar.gz", tarred({"a.jsonl": bomb, "b.txt": b"Text."}, "w:gz")),
        ("c.tar.xz", tarred({"a.jsonl": bomb}, "w:xz")),
        ("d.zip", zipped({"x.zip": zipped({"a.csv": bomb})})),
    ):
        items = found(written(tmp_path / name, content))
        assert {item["reason"] for item in items} == {"malformed"}, name
        assert any("bomb" in item["detail"] for item in items)


def test_a_tar_with_an_endless_name_is_told(tmp_path: Path) -> None:
    content = bytearray(tarred({"n" * 300: b"x"}))
    content[124:136] = b"77777777777\0"  # the size of the long name
    checksum = sum(content[:148]) + 8 * 32 + sum(content[156:512])
    content[148:156] = f"{checksum:06o}\0 ".encode()
    assert reasons(found(written(tmp_path / "a.tar", bytes(content)))) == ["malformed"]


def test_a_list_of_endless_members_is_refused(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": b"Text."}))
    place = content.index(b"PK\x05\x06")
    content[place + 12 : place + 16] = struct.pack("<I", 4_000_000_000)
    assert reasons(found(written(tmp_path / "a.zip", bytes(content)))) == ["too_large"]


def test_what_would_fill_the_disk_is_not_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "MAX_SPOOLED_BYTES", 100_000)
    noise = zipped({"a.txt": b"Text.", "b.bin": bytes(range(256)) * 2000})
    inner = noise + b"\0" * 300_000
    assert reasons(found(written(tmp_path / "a.tar", tarred({"b.zip": inner})))) == ["too_large"]


def test_an_archive_without_files_is_told(tmp_path: Path) -> None:
    for name, content in (("a.zip", zipped({"x/": b""})), ("b.tar", tarred({}))):
        assert reasons(found(written(tmp_path / name, content))) == ["nothing_usable"]


def test_a_page_in_an_archive_is_html(tmp_path: Path) -> None:
    (item,) = found(written(tmp_path / "a.zip", zipped({"p.html": page(1)})))
    assert (item["kind"], item["reason"]) == ("html", None)


def test_members_of_one_name_are_files_of_their_own(tmp_path: Path) -> None:
    names = ["n.txt", "n.txt~2", "n.txt", "n.txt", "m.txt"]
    target, tape = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive, tarfile.open(fileobj=tape, mode="w") as tar:
        for number, name in enumerate(names):
            member = tarfile.TarInfo(name)
            text = f"Text {number} of the valley.".encode()
            member.size = len(text)
            tar.addfile(member, io.BytesIO(text))
            with warnings.catch_warnings(action="ignore"):  # of names that are there already
                archive.writestr(zipfile.ZipInfo(name), text)
    expected = ["/n.txt", "/n.txt~2", "/n.txt~3", "/n.txt~4", "/m.txt"]
    for suffix, content in (("zip", target.getvalue()), ("tar", tape.getvalue())):
        path = written(tmp_path / f"a.{suffix}", content)
        items = found(path)
        # The file that is really called ~2 comes second, so the others go on behind it.
        assert [item["locator"].removeprefix(f"{path}!") for item in items] == expected
        assert len({item["uri"] for item in items}) == 5


def test_a_path_out_of_an_archive_is_no_source(tmp_path: Path) -> None:
    files = {"../../evil.txt": b"Some text.", "./x.txt": b"Other text."}
    items = found(written(tmp_path / "a.zip", zipped(files)))
    assert [item["source"] for item in items] == ["a", "a"]


def test_documents_attached_to_a_mail_are_items_of_their_own(tmp_path: Path) -> None:
    message = message_from_bytes(mail(), policy=default)
    assert isinstance(message, EmailMessage)
    for content, name in ((pdf(["A report."]), "../r.pdf"), (docx(), "b.docx"), (b"no", "r.pdf")):
        message.add_attachment(content, "application", "octet-stream", filename=name)
    message.add_attachment(pdf(["Another."]), "application", "pdf")
    message.add_attachment(b"x", "image", "png", filename="x.png")
    path = written(tmp_path / "desk" / "m.eml", message.as_bytes())
    items = found(path)
    assert [item["locator"].removeprefix(str(path)) for item in items] == [
        "", "!/r.pdf", "!/b.docx", "!/r.pdf~2", "!/attachment.pdf",
    ]  # fmt: skip
    assert [item["kind"] for item in items] == ["email", "pdf", "docx", "pdf", "pdf"]
    assert reasons(items) == [None, None, None, "malformed", None]
    assert {item["source"] for item in items} == {"desk"}
