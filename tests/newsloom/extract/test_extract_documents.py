import datetime
import io
import zipfile
from email.message import EmailMessage
from typing import Any

import pytest
from archives import SENTENCE, docx, mail, page, pdf, zipped

from newsloom.extract import extract
from newsloom.schema import ITEM
from newsloom.settings import Settings

ABOUT = (
    "/Title(Bridge closes for repairs)/Author(Ann Bell; Cy Dorn)/CreationDate(D:20230822100000Z)"
)


def extracted(kind: str, content: bytes, uri: str = "file:///desk/a") -> dict[str, Any]:
    item = dict.fromkeys(ITEM.names) | {
        "ordinal": 0, "locator": "a", "kind": kind, "source": "desk", "uri": uri,
        "content": content,
    }  # fmt: skip
    table = ITEM.empty_table().from_pylist([item], schema=ITEM)
    row: dict[str, Any] = extract(table, Settings()).to_pylist()[0]
    return row


def test_a_newsletter_is_read_by_its_html_and_its_head() -> None:
    row = extracted("email", mail())
    assert row["title"] == "Brücke gesperrt"
    assert "Matter 9 had detail 5" in row["text"]
    assert "not this text" not in row["text"]
    assert (row["source"], row["authors"]) == ("Harbour Weekly", ["Ann Bell"])
    assert row["published_at"] == datetime.datetime(2023, 8, 22, 8)
    assert row["external_id"] == "m1@letters.example.org"
    assert row["canonical_url"] is None


def test_the_plain_text_counts_where_the_html_says_little() -> None:
    message = EmailMessage()
    message["From"] = "news@letters.example.org"
    message["Subject"] = "Bridge"
    message.set_content(f"{SENTENCE} {SENTENCE}\n-- \nUnsubscribe here")
    message.add_alternative("<p><a href='x'>View in browser</a></p>", subtype="html")
    row = extracted("email", message.as_bytes())
    assert row["text"] == f"{SENTENCE} {SENTENCE}"
    assert (row["source"], row["authors"]) == ("letters.example.org", [])


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Subject: =?iso-8859-1?Q?Br=FCcke?= zu", "Brücke zu"),
        ("Subject: =?utf-8?B?QnLDvGNrZQ==?=\r\n =?utf-8?Q?_zu?=", "Brücke zu"),
        ("Subject: Brücke zu", "Brücke zu"),
        ("Subject: =?no-such-charset?Q?a=FCb?=", "=?no-such-charset?Q?a=FCb?="),
        ("Subject: AW: Fwd: RE: Bridge", "Bridge"),
        ("X: y", ""),
    ],
)
def test_subjects_are_read_however_they_are_written(head: str, title: str) -> None:
    content = f"{head}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{SENTENCE}\r\n".encode()
    assert extracted("email", content)["title"] == title


def test_hostile_mails_end() -> None:
    deep = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(3000)
    )
    assert extracted("email", deep.encode())["reason"] in ("no_text", "malformed")
    addresses = "From: " + "<a@b.org>," * 100_000
    assert extracted("email", f"{addresses}\r\n\r\n{SENTENCE}".encode())["reason"] is None
    assert extracted("email", b"no mail at all")["reason"] in (None, "malformed", "no_text")


def test_a_pdf_is_read_in_paragraphs_with_what_it_says_about_itself() -> None:
    lines = ["The council of Harrow Bay voted on Tues-", "day to close the old bridge for the",
             "whole of the spring.", "A second paragraph follows it here and",
             "ends on this line of the page."]  # fmt: skip
    row = extracted("pdf", pdf(lines, about=ABOUT))
    assert row["title"] == "Bridge closes for repairs"
    assert row["authors"] == ["Ann Bell", "Cy Dorn"]
    assert row["published_at"] == datetime.datetime(2023, 8, 22, 10)
    assert row["text"].split("\n\n") == [
        "The council of Harrow Bay voted on Tuesday to close the old bridge for the whole of the "
        "spring.",
        "A second paragraph follows it here and ends on this line of the page.",
    ]


def test_titles_that_programs_leave_are_none() -> None:
    row = extracted("pdf", pdf([SENTENCE], about="/Title(Microsoft Word - draft7.doc)"))
    assert row["title"] == ""


def test_a_downloaded_document_has_an_address() -> None:
    row = extracted("pdf", pdf([SENTENCE]), "https://bay.example.org/r.pdf?utm_source=x")
    assert row["canonical_url"] == "https://bay.example.org/r.pdf"
    assert row["source"] == "bay.example.org"


def test_pdfs_without_text_or_with_a_password_are_told() -> None:
    import pypdf

    scan = extracted("pdf", pdf([]))
    assert scan["reason"] == "no_text"
    assert "OCR" in scan["detail"]
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([SENTENCE])))
    writer.encrypt("secret")
    target = io.BytesIO()
    writer.write(target)
    assert extracted("pdf", target.getvalue())["reason"] == "encrypted"
    assert extracted("pdf", b"%PDF-1.4 and nothing")["reason"] == "malformed"


def test_a_word_document_is_read_with_its_tables() -> None:
    row = extracted("docx", docx())
    assert row["title"] == "Bridge closes"
    assert row["text"].endswith("It says so 2 times.\n\nCost | Nine million")
    assert row["authors"] == ["Ann Bell", "Cy Dorn"]


def test_broken_word_documents_and_bombs_are_told() -> None:
    assert extracted("docx", b"PK\x03\x04garbage")["reason"] == "malformed"
    assert extracted("docx", zipped({"a.txt": b"x"}))["reason"] == "malformed"
    target = io.BytesIO(docx())
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/bomb", b"\0" * 101_000_000)
    assert extracted("docx", target.getvalue())["reason"] == "too_large"


def test_a_page_of_a_web_archive_is_read_like_a_fetched_one() -> None:
    item = dict.fromkeys(ITEM.names) | {
        "ordinal": 0, "locator": "a.warc#1", "kind": "page", "uri": "https://bay.example.org/1",
        "final_url": "https://bay.example.org/1", "content": page(1), "content_type": "text/html",
        "fetched_at": datetime.datetime(2023, 8, 22),
    }  # fmt: skip
    (row,) = extract(ITEM.empty_table().from_pylist([item], schema=ITEM), Settings()).to_pylist()
    assert (row["reason"], row["source"]) == (None, "bay.example.org")
    assert row["title"] == "Bridge report number 1 of the bay"
