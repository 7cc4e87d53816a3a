"""HTML pages: the article's text and what the page says about it.

The text is trafilatura's reading (body.py). Headline, authors and dates are chosen among what the
page says in several places (headline.py, byline.py, pagemeta.py); where it says nothing,
trafilatura is asked.
"""

import datetime
import logging
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin

from newsloom import clock
from newsloom.errors import InputError
from newsloom.extract import body
from newsloom.extract.byline import authors
from newsloom.extract.dates import FUTURE_SLACK, parse_date
from newsloom.extract.declared import best_canonical
from newsloom.extract.draft import Draft
from newsloom.extract.embedded import embedded_text
from newsloom.extract.furniture import drop_embedded
from newsloom.extract.headline import folded, headings, headline
from newsloom.extract.htmltext import tamed
from newsloom.extract.linked import Tree
from newsloom.extract.pagemeta import PageMeta
from newsloom.extract.walls import Look, check
from newsloom.vocabulary import Reason

if TYPE_CHECKING:
    from trafilatura.settings import Document

MIN_TEXT_CHARACTERS = 200
"""With less text than that, a page may carry its article as data for programs."""
_NO_AUTHOR = re.compile(r"https?://|@|\.com$", re.IGNORECASE)


class Visit(NamedTuple):
    """How a page was come by that was fetched."""

    asked: str
    url: str  # after redirects
    fetched_at: datetime.datetime | None
    paywalled: bool
    least_characters: int


def from_html(html: str, url: str | None = None, visit: Visit | None = None) -> Draft:
    """Return the draft of a page.

    url: where the page was found, None for a saved one. visit: how it was fetched; it dates a page
    that has no date of its own, and what is no article then becomes the draft's `wall`. Raises
    InputError (`no_text`) for what is no HTML.
    """
    fetched_at = visit.fetched_at if visit else None
    tree = _tree(html)
    base = url or None
    meta = PageMeta(tree)
    title = headline(tree, meta)
    address = best_canonical(meta.addresses(), base, [title])
    draft = Draft(url=base, canonical_url=address, title=title)
    draft.url = draft.url or draft.canonical_url
    _describe(draft, tree, meta)
    read_at = fetched_at or clock.now()
    draft.date(meta.published(read_at), "page")
    if moment := meta.updated(read_at):
        draft.updated, draft.updated_from = moment, "page"
    if not (draft.title and draft.authors and draft.published):
        _fill(draft, _details(tree, base, read_at + FUTURE_SLACK))
    _read(draft, tree, meta)
    if len(draft.text) < MIN_TEXT_CHARACTERS:
        draft.text = embedded_text(html) or draft.text
    if visit is not None:
        text = draft.text.strip()
        draft.wall = check(
            Look(html, tree, meta, text, visit.asked, visit.url, visit.paywalled,
                 visit.least_characters)
        )  # fmt: skip
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


def _describe(draft: Draft, tree: Tree, meta: PageMeta) -> None:
    """Fill in what the page says about the article."""
    draft.authors = authors(tree, meta)
    draft.site_name = meta.first("og:site_name", "application-name") or meta.linked.publisher
    draft.description = meta.first("og:description", "description", "twitter:description")
    draft.image_url = _image(meta.first("og:image", "og:image:url", "twitter:image"), draft.url)


def _details(tree: Tree, url: str | None, latest: datetime.datetime) -> "Document":
    """Return what trafilatura makes of a page's head and byline, which takes long."""
    from trafilatura.metadata import extract_metadata

    options: dict[str, Any] = {
        "original_date": True,
        "extensive_search": False,
        "max_date": latest.strftime("%Y-%m-%d"),
    }
    return extract_metadata(tree, url, options)


def _fill(draft: Draft, document: "Document") -> None:
    """Fill what is still open with what trafilatura found."""
    draft.title = draft.title or document.title or ""
    draft.authors = draft.authors or _authors(document)
    draft.site_name = draft.site_name or document.sitename
    draft.description = draft.description or document.description
    draft.image_url = draft.image_url or _image(document.image, draft.url)
    moment = parse_date(document.date or "")
    # Where a page only says when it last changed, trafilatura takes that for the date.
    if moment and not (draft.updated and draft.updated.at.date() == moment.at.date()):
        draft.date(moment, "page")


def _read(draft: Draft, tree: Tree, meta: PageMeta) -> None:
    """Fill in the text, without the headline."""
    titles = [draft.title, *headings(tree), *meta.linked.headlines, meta.first("og:title")]
    drop_embedded(tree)
    text = body.text_of(tree, meta, [t for t in titles if t], draft.authors)
    draft.text = _without_title(text, draft.title)


def _without_title(text: str, title: str) -> str:
    first, _, rest = text.partition("\n")
    same = title and folded(first) == folded(title)
    return rest.lstrip("\n") if same and rest.strip() else text


def _authors(document: "Document") -> list[str]:
    names = [name.strip() for name in (document.author or "").split(";")]
    return [name for name in names if name and not _NO_AUTHOR.search(name)]


def _image(address: str | None, base: str | None) -> str | None:
    try:
        url = urljoin(base or "", address or "")
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) else None
