import datetime
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from discover_helpers import found, reasons, written
from pyarrow import parquet

from newsloom.discover.rows import ROW_TYPE, fields_of


def row(item: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(item["content"])
    return fields


def test_documented_fields_are_kept_as_text_and_others_ignored(tmp_path: Path) -> None:
    line = (
        '{"id": 12345678901234567890123, "Title": "T", "text": "X", "date": 1692698400, '
        '"authors": "A B; C D", "source": "s", "language": "en", "extra": {"a": 1}, "html": null}'
    )
    (item,) = found(written(tmp_path / "a.jsonl", line))
    assert row(item) == {
        "authors": ["A B", "C D"], "id": "12345678901234567890123", "language": "en",
        "published_at": "1692698400", "source": "s", "text": "X", "title": "T",
    }  # fmt: skip
    assert item["locator"].endswith("a.jsonl#1")
    assert item["uri"].endswith("a.jsonl#id=12345678901234567890123")


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ann Lee", ["Ann Lee"]),
        ("Ann Lee, Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("Lee, Ann; Ek, Bo", ["Lee, Ann", "Ek, Bo"]),
        (["Ann  Lee", None, "Ann Lee", ""], ["Ann Lee"]),
        ([{"name": "Ann Lee"}, {"x": 1}], ["Ann Lee"]),
        ({"name": "Ann Lee"}, ["Ann Lee"]),
    ],
)
def test_authors_come_in_many_forms(value: object, names: list[str]) -> None:
    assert fields_of({"authors": value}) == {"authors": names}


def test_identity_by_content_survives_an_insertion(tmp_path: Path) -> None:
    one, two = '{"text": "First."}', '{"text": "Second."}'
    before = found(written(tmp_path / "a.jsonl", f"{one}\n{two}"))
    after = found(written(tmp_path / "a.jsonl", f'{{"text": "New."}}\n{one}\n{two}'))
    assert [item["uri"] for item in before] == [item["uri"] for item in after[1:]]
    assert before[1]["locator"] != after[2]["locator"]


def test_a_row_with_an_address_only_becomes_a_page_with_its_other_fields(tmp_path: Path) -> None:
    line = '{"url": "https://example.org/a", "title": "T", "id": 7}'
    (item,) = found(written(tmp_path / "a.jsonl", line))
    assert (item["kind"], item["reason"], item["content_type"]) == ("page", None, ROW_TYPE)
    assert item["uri"] == "https://example.org/a"
    assert row(item) == {"id": "7", "title": "T", "url": "https://example.org/a"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "malformed"),
        ('["a"]', "malformed"),
        ("12", "malformed"),
        ('{"text": "\\ud800 lone"}', None),
        ('{"text": NaN}', "no_text"),
        ('{"text": "a", "id": ' + "9" * 10_000 + "}", None),
        ("[" * 100_000, "malformed"),
        ('{"text":' + "[" * 100_000 + "]" * 100_000 + "}", "malformed"),
        ('{"title": "Only"}', "no_text"),
        ('{"text": "   "}', "no_text"),
        ('{"url": "javascript:alert(1)"}', "bad_url"),
        ('{"url": "https://u:secret@example.org/"}', None),
        ('{"text": "x\x00y"}', "malformed"),
    ],
)
def test_strange_lines_cost_only_themselves(tmp_path: Path, line: str, reason: str | None) -> None:
    items = found(written(tmp_path / "a.jsonl", f'{{"text": "Good."}}\n{line}\n{{"text": "Too."}}'))
    assert reasons(items) == [None, reason, None]
    assert "secret" not in str(items)
    assert items[1]["locator"].endswith("#2")


def test_a_rejected_line_is_kept(tmp_path: Path) -> None:
    (item,) = found(written(tmp_path / "a.jsonl", "{broken" + "x" * 500))
    assert item["content"] == b"{broken" + b"x" * 500


def test_a_giant_line_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "' + b"x" * 3_000_000 + b'"}\n{"text": "Next."}\n')
    assert reasons(found(path, max_document_bytes=100_000)) == ["too_large", None]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_row_files_come_in_many_encodings(tmp_path: Path, encoding: str) -> None:
    text = "L’été dernier, les élèves ont protesté à Genève."
    lines = [json.dumps({"text": text}, ensure_ascii=False), '{"text": "plain"}']
    jsonl = written(tmp_path / "a.jsonl", "\n".join(lines).encode(encoding))
    csv = written(tmp_path / "a.csv", f'text\n"{text}"\nplain\n'.encode(encoding))
    for path in (jsonl, csv):
        assert [row(item)["text"] for item in found(path)] == [text, "plain"]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_csv_delimiters_are_found(tmp_path: Path, mark: str) -> None:
    content = f'id{mark}Title{mark}text\r\n1{mark}"T ""q"" {mark}"{mark}"two\r\nlines"\r\n'
    (item,) = found(written(tmp_path / "a.csv", content))
    assert row(item) == {"id": "1", "title": f'T "q" {mark}', "text": "two\nlines"}


def test_odd_csv_rows_cost_only_themselves(tmp_path: Path) -> None:
    content = (
        'id,text\n1,good\n2,"never closed\n3,good\n4,"ba"d quote"\n5,"a ""fine"" one"\n'
        "6,too,many,fields\n7,zero\0byte\n8\n\n9,good\n"
    )
    items = found(written(tmp_path / "a.csv", content))
    by_line = {int(item["locator"].rpartition("#")[2]): item["reason"] for item in items}
    assert by_line == {
        2: None, 3: "malformed", 4: None, 5: "malformed", 6: None, 7: "malformed",
        8: "malformed", 9: "no_text", 11: None,
    }  # fmt: skip


def test_parquet_rows_of_many_types(tmp_path: Path) -> None:
    moment = datetime.datetime(2023, 8, 22, 10, 0, 0)
    table = pa.table(
        {
            "id": [1, 2],
            "text": pa.array(["First.", "Second."]).dictionary_encode(),
            "published_at": pa.array([moment, None], pa.timestamp("ns", "UTC")),
            "authors": [["Ann Lee"], None],
            "vector": [[0.1], [0.2]],
        }
    )
    parquet.write_table(table, tmp_path / "a.parquet")
    items = found(tmp_path / "a.parquet")
    assert [row(item) for item in items] == [
        {"authors": ["Ann Lee"], "id": "1", "published_at": "2023-08-22 10:00:00Z",
         "text": "First."},
        {"id": "2", "text": "Second."},
    ]  # fmt: skip


def test_a_broken_parquet_text_costs_its_row(tmp_path: Path) -> None:
    raw = pa.array([b"good", b"\xff\xfe\xfa", b"good"], pa.binary())
    table = pa.table({"text": pa.Array.from_buffers(pa.string(), 3, raw.buffers())})
    parquet.write_table(table, tmp_path / "a.parquet")
    assert reasons(found(tmp_path / "a.parquet")) == [None, "encoding", None]


def test_parquet_that_breaks_off_keeps_the_rows_before(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table({"text": [f"Row {n} of a long table." for n in range(4000)]})
    parquet.write_table(table, path, row_group_size=500, compression="zstd")
    data = bytearray(path.read_bytes())
    middle = parquet.ParquetFile(path).metadata.row_group(5).column(0).data_page_offset
    data[middle : middle + 400] = b"\xff" * 400
    path.write_bytes(data)
    items = found(path)
    assert items[-1]["reason"] == "malformed"
    assert reasons(items[:-1]) == [None] * (len(items) - 1)
    assert len(items) > 1000


@pytest.mark.parametrize("content", [b"PAR1", b"not parquet at all", b"PAR1" + b"\0" * 100])
def test_broken_parquet_is_told(tmp_path: Path, content: bytes) -> None:
    assert reasons(found(written(tmp_path / "a.parquet", content))) == ["malformed"]


def test_parquet_without_known_columns_is_told(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"x": [1]}), tmp_path / "a.parquet")
    parquet.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "b.parquet")
    assert reasons(found(tmp_path)) == ["nothing_usable", "nothing_usable"]
