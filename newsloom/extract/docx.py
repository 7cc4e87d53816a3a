"""Word documents (.docx), by python-docx."""

import io
import re
import zipfile
from typing import Any

from newsloom.errors import InputError
from newsloom.extract.dates import moment_of
from newsloom.extract.draft import Draft
from newsloom.extract.plain import split_headline
from newsloom.extract.texts import clean, one_line
from newsloom.vocabulary import Reason

MAX_UNPACKED_BYTES = 100_000_000
"""A document is a ZIP, which the library unpacks whole."""
MAX_PARTS = 10_000

_HEADLINE_STYLES = ("Title", "Heading 1")
_NO_TITLE = re.compile(r"^(?:word document|document\d*|untitled|.*\.docx?)$", re.IGNORECASE)


def from_docx(content: bytes) -> Draft:
    """Return the draft of a Word document; raises InputError (`malformed`, `too_large`)."""
    import docx

    _refuse_bomb(content)
    try:
        document = docx.Document(io.BytesIO(content))
        headline, lines = _lines(document)
        draft = _with_properties(document)
    except Exception as error:  # the library raises whatever the broken place leads to
        text = f"The document is broken: {type(error).__name__}: {one_line(str(error))[:200]}"
        raise InputError(Reason.MALFORMED, text) from error
    text = clean("\n\n".join(lines))
    if not headline:
        headline, text = split_headline(text)
    draft.title = headline or draft.title
    draft.text = text
    return draft


def _refuse_bomb(content: bytes) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (
        zipfile.BadZipFile,
        ValueError,
        OverflowError,
        LookupError,
        NotImplementedError,
    ) as error:
        text = f"The document is broken: {one_line(str(error))[:200]}"
        raise InputError(Reason.MALFORMED, text) from error
    if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES or len(parts) > MAX_PARTS:
        raise InputError(
            Reason.TOO_LARGE, f"The document unpacks to over {MAX_UNPACKED_BYTES} bytes."
        )
    if any(part.flag_bits & 1 for part in parts):
        raise InputError(Reason.ENCRYPTED, "The document has a password.")


def _lines(document: Any) -> tuple[str, list[str]]:
    """Return the headline, where a style marks it, and the other paragraphs and table rows."""
    from docx.table import Table

    headline = ""
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines.extend(_rows(block))
            continue
        text = block.text.strip()
        if text and not headline and not lines and _style(block) in _HEADLINE_STYLES:
            headline = text
        elif text:
            lines.append(text)
    return headline, lines


def _rows(table: Any) -> list[str]:
    rows = ([cell.text.strip() for cell in row.cells] for row in table.rows)
    # A cell that spans several is given once for each of them.
    return [" | ".join(filter(None, dict.fromkeys(row))) for row in rows if any(row)]


def _style(paragraph: Any) -> str:
    try:
        return str(paragraph.style.name)
    except (AttributeError, KeyError, ValueError):
        return ""


def _with_properties(document: Any) -> Draft:
    """Return a draft with what the document says about itself, where it says anything."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    draft = Draft()
    if not any(
        relation.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES
        for relation in document.part.package.rels.values()
    ):
        return draft  # the library would make some up
    properties = document.core_properties
    if properties.author == "python-docx":
        return draft  # made by a program that left the library's own sample in it
    title = one_line(properties.title or "")
    draft.title = "" if _NO_TITLE.match(title) else title
    draft.authors = re.split(r"[;,]", properties.author or "")
    if properties.created is not None:
        draft.date(moment_of(properties.created), "document")
    return draft
