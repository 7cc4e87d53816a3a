"""OPML: the lists of feeds that feed readers export."""

from typing import Any

from newsloom.discover.addresses import MAX_URL_CHARACTERS, checked, without_secrets
from newsloom.errors import InputError
from newsloom.listings.model import Outline
from newsloom.listings.words import headline
from newsloom.listings.xmlsafe import PARSING, local_name, root_name
from newsloom.plain import one_line
from newsloom.vocabulary import Reason

MAX_OUTLINES = 10_000
MAX_BYTES = 10_000_000


def read_opml(content: bytes) -> list[Outline]:
    """Return the feeds of an OPML file, each once, in its order.

    One whose address cannot be used is among them, with the reason in `refused`.
    Raises InputError (`not_a_feed`, `too_large`, `nothing_usable`).
    """
    from lxml import etree

    if len(content) > MAX_BYTES:
        raise InputError(Reason.TOO_LARGE, f"The OPML file has over {MAX_BYTES} bytes.")
    if root_name(content) != "opml":
        raise InputError(Reason.NOT_A_FEED, "This is no OPML file: it has no <opml> element.")
    try:
        tree = etree.fromstring(content.lstrip(), etree.XMLParser(**PARSING))
    except (etree.LxmlError, ValueError) as error:
        raise InputError(Reason.MALFORMED, f"The OPML file is broken: {error}.") from error
    found: dict[tuple[str, str | None], Outline] = {}
    for element in tree.iter() if tree is not None else ():
        outline = _outline(element)
        if outline and len(found) < MAX_OUTLINES:
            # What was refused may differ in the password only: it hides nothing.
            found.setdefault((outline.address, outline.refused), outline)
    if not found:
        raise InputError(Reason.NOTHING_USABLE, "The OPML file names no feed (no xmlUrl).")
    return list(found.values())


def _outline(element: Any) -> Outline | None:
    if local_name(element.tag) != "outline":
        return None
    given = {local_name(name): value for name, value in element.attrib.items()}
    given_address = one_line(_as_http(given.get("xmlurl", ""))).replace(" ", "%20")
    if not given_address:
        return None
    name = headline(given.get("title") or given.get("text") or "")
    try:
        address = checked(given_address)
    except InputError as error:
        shown = without_secrets(given_address)[:MAX_URL_CHARACTERS]
        return Outline(name or shown, shown, refused=error.detail)
    return Outline(name or address, address, _folders(element, given))


def _as_http(address: str) -> str:
    """Return feed:https://… and feed://… as the web addresses that they mean."""
    rest = address.strip()
    if rest.lower().startswith("feed:"):
        rest = rest[5:]
        return f"http:{rest}" if rest.startswith("//") else rest
    return rest


def _folders(element: Any, given: dict[str, str]) -> tuple[str, ...]:
    """Return the names of the outlines around a feed, outermost first, and its own categories."""
    around = [
        headline(parent.get("title") or parent.get("text") or "")
        for parent in element.iterancestors()
        if local_name(parent.tag) == "outline"
    ]
    own = [headline(part.strip(" /")) for part in given.get("category", "").split(",")]
    return tuple(dict.fromkeys(filter(None, [*reversed(around), *own])))
