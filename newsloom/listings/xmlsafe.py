"""XML from strangers: nothing is loaded, no entity is expanded, depth and size are bounded."""

import re
from typing import Any

from newsloom.discover.decoding import encoding_of
from newsloom.errors import InputError

_HEAD_BYTES = 65_536
_ROOT = re.compile(
    r"<(?:[\w.-]{1,40}:)?(rss|rdf|feed|channel|urlset|sitemapindex|opml|html|!doctype\s+html)"
    r"(?=[\s>/])",
    re.IGNORECASE,
)
PARSING: dict[str, Any] = {
    "recover": True,
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""How lxml is asked to parse."""


def root_name(content: bytes) -> str | None:
    """Return the first element by which a listing, or an HTML page, is known; None without one.

    Sites put blank lines and warnings before it, so it is looked for, not expected.
    """
    head = content[:_HEAD_BYTES]
    try:
        text = head.decode(encoding_of(head), "replace")
    except InputError:
        text = head.decode("latin-1")
    match = _ROOT.search(text)
    if match is None:
        return None
    name = match[1].lower()
    return "html" if name.startswith("!") else name


def local_name(tag: object) -> str:
    """Return a tag without its name space."""
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
