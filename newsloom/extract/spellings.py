"""The spellings of one address beyond its canonical form, for what must not come back."""

import re
from urllib.parse import urlsplit, urlunsplit

from newsloom.extract.urls import OTHER_LAYOUT_LABELS, canonical, is_home

_PAGE_ENDING = re.compile(r"(?:/index)?(?:\.html?)?/*$", re.IGNORECASE)


def loose(url: str | None) -> str | None:
    """Return what the spellings of one page's address have in common, None for no address.

    Without scheme, `www.`, a slash or `.html` at the end, and without the order of parameters.
    Too little to tell articles apart; enough to tell that a page is one that must stay out.
    Front pages have none.
    """
    address = canonical(url)
    if address is None or is_home(address):
        return None
    parts = urlsplit(address)
    labels = parts.netloc.split(".")
    while len(labels) > 2 and labels[0] in ("www", *OTHER_LAYOUT_LABELS):
        del labels[0]
    query = "&".join(sorted(parts.query.split("&")))
    return urlunsplit(("", ".".join(labels), _bare(parts.path), query, parts.fragment))


def variants(address: str) -> set[str]:
    """Return the canonical addresses, with this one, that a page at a canonical address may have.

    All have the same loose form.
    """
    parts = urlsplit(address)
    bare = _bare(parts.path)
    plain = parts.netloc.removeprefix("www.")
    spelt = (
        urlunsplit((scheme, host, path, parts.query, parts.fragment))
        for scheme in ("http", "https")
        for host in (plain, f"www.{plain}")
        for path in (bare, f"{bare}/", f"{bare}.html", f"{bare}.htm")
    )
    if not bare:
        return {address}
    return {address} | {other for other in spelt if not is_home(other)}


def _bare(path: str) -> str:
    return _PAGE_ENDING.sub("", path)
