"""HTML pages: the article's text and what the page says about it, by trafilatura."""

import datetime
import logging
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from newsloom import clock
from newsloom.errors import InputError
from newsloom.extract.dates import parse_date
from newsloom.extract.draft import Draft
from newsloom.extract.htmltext import tamed
from newsloom.extract.pagemeta import Tree, declared_urls, published
from newsloom.extract.texts import clean, one_line
from newsloom.extract.urls import best_canonical
from newsloom.vocabulary import Reason

if TYPE_CHECKING:
    from trafilatura.settings import Document

MIN_HEADLINE_CHARACTERS = 12
_SITE_MARK = re.compile(r"\s([|–—·-])\s(?=[^|–—·]*$)")
_NO_AUTHOR = re.compile(r"https?://|@|\.com$", re.IGNORECASE)


def from_html(
    html: str, url: str | None = None, fetched_at: datetime.datetime | None = None
) -> Draft:
    """Return the draft of a page.

    url: where the page was found, None for a saved one. fetched_at: dates a page that has no
    date of its own; None leaves it undated. Raises InputError (`no_text`) for what is no HTML.
    """
    tree = _tree(html)
    base = url or None
    document = _document(tree, base, fetched_at)
    draft = Draft(url=base, canonical_url=best_canonical(declared_urls(tree), base))
    draft.url = draft.url or draft.canonical_url
    if document is not None:
        _fill(draft, document, _headline(tree))
    draft.date(published(tree), "page")
    draft.date(parse_date((document and document.date) or ""), "page")
    if fetched_at is not None:
        draft.date(parse_date(fetched_at.isoformat() + "Z"), "fetched")
    return draft


def _tree(html: str) -> Tree:
    import trafilatura  # heavy: only where there is HTML

    for name in ("trafilatura", "htmldate", "courlan"):
        # What they warn of is told by the item's reason; on its own it helps nobody.
        logging.getLogger(name).setLevel(logging.CRITICAL)
    tree = trafilatura.load_html(tamed(html))
    if tree is None:
        raise InputError(Reason.NO_TEXT, "The page holds no HTML that can be parsed.")
    return tree


def _document(
    tree: Tree, url: str | None, fetched_at: datetime.datetime | None
) -> "Document | None":
    from trafilatura import bare_extraction

    found: Any = bare_extraction(
        tree,
        url=url,
        fast=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=_date_options(fetched_at),
    )
    return found  # type: ignore[no-any-return]


def _date_options(fetched_at: datetime.datetime | None) -> dict[str, Any]:
    latest = (fetched_at or clock.now()) + datetime.timedelta(days=1)
    return {
        "original_date": True,
        "extensive_search": False,
        "max_date": latest.strftime("%Y-%m-%d"),
    }


def _fill(draft: Draft, document: "Document", headline: str) -> None:
    """Copy what trafilatura found."""
    draft.site_name = document.sitename
    draft.title = _title(document, headline)
    draft.text = _without_title(clean(document.text or ""), draft.title)
    draft.authors = _authors(document)
    draft.description = document.description
    draft.image_url = _image(document.image, draft.url)


def _headline(tree: Tree) -> str:
    """Return the page's only main heading, "" where it has none or several."""
    headings = tree.findall(".//h1")
    return one_line(headings[0].text_content()) if len(headings) == 1 else ""


def _title(document: "Document", headline: str) -> str:
    """Return the title without what pages put behind the headline: section and site name."""
    title = one_line(document.title or "")
    if len(headline) >= MIN_HEADLINE_CHARACTERS and title.startswith(headline):
        return headline
    site = one_line(document.sitename or "")
    head, mark, tail = [*_SITE_MARK.split(title, maxsplit=1), "", ""][:3]
    return head if mark and head and site and tail.casefold() == site.casefold() else title


def _without_title(text: str, title: str) -> str:
    first, _, rest = text.partition("\n")
    same = title and _folded(first) == _folded(title)
    return rest.lstrip("\n") if same and rest.strip() else text


def _folded(line: str) -> str:
    """Return a line for comparison: pages spell quotation marks one way here, another there."""
    return re.sub(r"\W+", " ", line.casefold()).strip()


def _authors(document: "Document") -> list[str]:
    names = [name.strip() for name in (document.author or "").split(";")]
    return [name for name in names if name and not _NO_AUTHOR.search(name)]


def _image(address: str | None, base: str | None) -> str | None:
    try:
        url = urljoin(base or "", address or "")
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) else None
