"""Archives and documents, made small and by hand, for tests that read them."""

import gzip
import io
import tarfile
import zipfile
from email.message import EmailMessage
from typing import Any

Files = dict[str, bytes]

SENTENCE = "The council of Harrow Bay closed the old bridge for repairs until the spring."


def page(number: int) -> bytes:
    """Return a page of HTML with an article in it."""
    words = " ".join(f"{SENTENCE} Matter {number} had detail {n}." for n in range(6))
    title = f"Bridge report number {number} of the bay"
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"<p>{words}</p></article></body></html>"
    ).encode()


def warc_record(
    number: int,
    body: bytes,
    *,
    kind: str = "response",
    status: str = "200 OK",
    head: str = "Content-Type: text/html; charset=utf-8\r\n",
    date: str = "2023-08-22T10:00:00Z",
    uri: str | None = None,
) -> bytes:
    """Return a WARC record around an HTTP answer."""
    block = f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body
    uri = uri or f"https://bay.example.org/{number}"
    return (
        (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: {date}\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
            f"Content-Type: application/http; msgtype={kind}\r\n"
            f"Content-Length: {len(block)}\r\n\r\n"
        ).encode()
        + block
        + b"\r\n\r\n"
    )


def warc(pages: int = 2, *, packed: bool = True) -> bytes:
    """Return a WARC file with some pages, and beside each what is none."""
    records = []
    for number in range(pages):
        records += [
            warc_record(number, b"", kind="request"),
            warc_record(number, page(number)),
            warc_record(100 + number, b"", status="301 Moved"),
            warc_record(200 + number, b"\x89PNG", head="Content-Type: image/png\r\n"),
        ]
    return b"".join(gzip.compress(r, mtime=0) if packed else r for r in records)


def zipped(files: Files) -> bytes:
    """Return a ZIP archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def tarred(files: Files, mode: Any = "w:") -> bytes:
    """Return a tar archive; `mode` packs it. A name that ends in @ is a link to /etc/passwd."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode=mode) as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name.rstrip("@"))
            member.size = len(content)
            if name.endswith("@"):
                member.type, member.linkname, member.size = tarfile.SYMTYPE, "/etc/passwd", 0
            archive.addfile(member, io.BytesIO(content))
    return target.getvalue()


def mail() -> bytes:
    """Return a newsletter with its text as HTML and as plain text."""
    message = EmailMessage()
    message["Subject"] = "Re: Brücke gesperrt"
    message["From"] = "Ann Bell <ann@letters.example.org>"
    message["Date"] = "Tue, 22 Aug 2023 10:00:00 +0200"
    message["Message-ID"] = "<m1@letters.example.org>"
    message["List-Id"] = '"Harbour Weekly" <weekly.letters.example.org>'
    message.set_content(f"In plain words. {SENTENCE}")
    message.add_alternative(page(9).decode(), subtype="html")
    message.add_attachment(b"not this text", maintype="text", subtype="plain", filename="a.txt")
    return message.as_bytes()


def pdf(lines: list[str], *, about: str = "") -> bytes:
    """Return a PDF of one page with these lines; `about`: entries of its information."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    content = f"BT /F1 12 Tf 72 720 Td 14 TL {shown} ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<<{about}>>",
    ]
    written, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        written
        + (
            f"xref\n0 7\n0000000000 65535 f \n{table}trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\n"
            f"startxref\n{len(written)}\n%%EOF"
        ).encode()
    )


def docx(title: str = "Bridge closes", paragraphs: int = 3) -> bytes:
    """Return a Word document with a title, paragraphs and a table."""
    from docx import Document

    document = Document()
    document.core_properties.author = "Ann Bell; Cy Dorn"
    document.add_heading(title, 0)
    for number in range(paragraphs):
        document.add_paragraph(f"{SENTENCE} It says so {number} times.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Cost", "Nine million"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
