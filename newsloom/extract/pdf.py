"""PDF documents, by pypdf: their text layer. A scan has none, and reading pictures is not ours."""

import io
import logging
import re
from collections import Counter
from typing import Any

from newsloom import clock
from newsloom.errors import InputError
from newsloom.extract.dates import moment_of
from newsloom.extract.draft import Draft
from newsloom.extract.plain import split_headline
from newsloom.extract.texts import clean, one_line
from newsloom.vocabulary import Reason

MAX_PAGES = 500
MAX_CHARACTERS = 2_000_000
MAX_SECONDS = 60.0
"""For all pages of one document: some are drawings of a million strokes."""

_FILE_NAME = re.compile(
    r"^(?:microsoft (?:word|excel|powerpoint) - .*|untitled.*|"
    r".*\.(?:docx?|pdf|indd|tex|qxd|rtf|odt)|"
    r"document\d*|layout \d+)$",
    re.IGNORECASE,
)
_HYPHEN = re.compile(r"(?<=\w)[-\u00ad\u2010]\n(?=[^\W\d_A-Z])")
_SENTENCE_END = re.compile(r"[.!?:…。！？][\"'”’»)\]]*$")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|p\.|s\.)\s*)?\d{1,4}(?:\s*(?:/|of|von|de)\s*\d{1,4})?\W*", re.I
)
_SHORT_LINE = 0.7
"""A line this much shorter than the long ones ends its paragraph, if a sentence ends there."""


def from_pdf(content: bytes) -> Draft:
    """Return the draft of a PDF; raises InputError (`encrypted`, `no_text`, `malformed`)."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # the item's reason tells it
    try:
        reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(
                Reason.ENCRYPTED, "The PDF has a password; save a copy of it without one."
            )
        pages = _pages(reader)
        draft = _with_metadata(reader)
    except InputError:
        raise
    except Exception as error:  # the library raises whatever the broken place leads to
        text = f"The PDF is broken: {type(error).__name__}: {one_line(str(error))[:200]}"
        raise InputError(Reason.MALFORMED, text) from error
    text = _text(pages)
    if not text.strip():
        raise InputError(
            Reason.NO_TEXT,
            "The PDF has no text in it, as scans have not; run it through OCR "
            "(such as ocrmypdf) first.",
        )
    headline, rest = split_headline(text)
    draft.title = draft.title or headline
    draft.text = rest if headline and headline == draft.title else text
    return draft


def _pages(reader: Any) -> list[str]:
    """Return the text of the pages, up to the limits; a broken page among others is empty."""
    pages: list[str] = []
    size, failed, until = 0, None, clock.monotonic() + MAX_SECONDS
    for page in reader.pages[:MAX_PAGES]:
        try:
            text = page.extract_text() or ""
        except Exception as error:
            failed, text = error, ""
        pages.append(clean(text))
        size += len(text)
        if size > MAX_CHARACTERS or clock.monotonic() > until:
            break
    if failed is not None and not any(pages):
        raise failed
    return pages


def _with_metadata(reader: Any) -> Draft:
    """Return a draft with what the document says about itself, where that is of use."""
    draft = Draft()
    try:
        about = reader.metadata
        title = one_line(str(about.title or "")) if about else ""
        draft.title = "" if _FILE_NAME.match(title) else title
        draft.authors = re.split(r"[;,]", str(about.author or "") if about else "")
        created = about.creation_date if about else None
    except Exception:  # metadata of a kind of its own costs only itself
        return draft
    if created is not None:
        draft.date(moment_of(created), "document")
    return draft


def _text(pages: list[str]) -> str:
    """Return the pages as paragraphs, without what stands at the edge of every page."""
    lines = [[line.strip() for line in page.split("\n")] for page in pages]
    furniture = _furniture(lines)
    kept = [
        "\n".join(
            line for line in page if line not in furniture and not _PAGE_NUMBER.fullmatch(line)
        )
        for page in lines
    ]
    return _paragraphs(_HYPHEN.sub("", "\n".join(kept)))


def _furniture(pages: list[list[str]]) -> set[str]:
    """Return the first and last lines that most pages have in common."""
    edges = Counter(
        line
        for page in pages
        for line in {*[p for p in page if p][:2], *[p for p in page if p][-2:]}
    )
    return {line for line, number in edges.items() if number >= 3 and number > len(pages) / 2}


def _paragraphs(text: str) -> str:
    """Join the lines of a paragraph, which a PDF breaks where its column ends."""
    lines = text.split("\n")
    widths = sorted(len(line) for line in lines if line)
    wide = widths[len(widths) * 9 // 10] if widths else 0
    joined: list[str] = []
    ended = True
    for line in lines:
        if not line:
            ended = True
        elif ended:
            joined.append(line)
        else:
            joined[-1] += f" {line}"
        if line:
            short = len(line) < _SHORT_LINE * wide
            ended = short and (bool(_SENTENCE_END.search(line)) or len(joined) == 1)
    return "\n\n".join(joined)
