"""Which kind of listing it is, told by what it holds: content types and names are often wrong."""

import zlib

from newsloom.discover.decoding import decode
from newsloom.errors import InputError
from newsloom.listings.jsonfeed import read_json_feed
from newsloom.listings.model import Listing
from newsloom.listings.sitemap import MAX_BYTES, is_address_list, read_address_list, read_sitemap
from newsloom.listings.startpage import find_listings
from newsloom.listings.xmlfeed import read_feed
from newsloom.listings.xmlsafe import root_name
from newsloom.settings import IngestSettings
from newsloom.vocabulary import Reason

_FEED_ROOTS = ("rss", "rdf", "feed", "channel")
_SITEMAP_ROOTS = ("urlset", "sitemapindex")
_GZIP = b"\x1f\x8b"


def read_listing(
    content: bytes, content_type: str | None, url: str | None, limits: IngestSettings
) -> Listing:
    """Return what a feed, a sitemap or an index of sitemaps lists; gzip is unpacked.

    content_type: as the server said, for its charset. url: what relative links are relative to.
    Raises InputError: `empty`, `too_large`, `malformed` or `not_a_feed`, each with what it is.
    """
    content = unpacked(content)
    if not content.strip():
        raise InputError(Reason.EMPTY, "The server sent nothing, or the file is empty.")
    root = root_name(content)
    if root in _SITEMAP_ROOTS:
        return _whole(read_sitemap(content, url))
    if len(content) > limits.max_document_bytes:
        raise InputError(
            Reason.TOO_LARGE,
            f"The feed has over {limits.max_document_bytes} bytes (ingest.max_document_bytes).",
        )
    if root in _FEED_ROOTS:
        return _whole(read_feed(content, content_type, url))
    if root is None:
        return _without_root(content, url)
    raise _other(root, content, content_type, url)


def looks_like_listing(content: bytes) -> bool:
    """Tell whether the beginning of a document is that of a feed, a sitemap or a JSON Feed."""
    head = content[:65_536]
    return root_name(head) in (*_FEED_ROOTS, *_SITEMAP_ROOTS) or _is_json(head, whole=False)


def unpacked(content: bytes) -> bytes:
    """Return `content`, out of gzip where it is packed, never more than a sitemap may have."""
    if content.startswith(_GZIP):
        decoder = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            content = decoder.decompress(content, MAX_BYTES + 1)
        except zlib.error as error:
            raise InputError(Reason.MALFORMED, f"The gzip data are broken: {error}.") from error
    if len(content) > MAX_BYTES:
        raise InputError(Reason.TOO_LARGE, f"The list has over {MAX_BYTES} bytes, unpacked.")
    return content


def _whole(listing: Listing) -> Listing:
    if listing.broken and not listing.entries and not listing.more:
        raise InputError(
            Reason.MALFORMED, f"Broken before its first usable entry: {listing.broken}"
        )
    return listing


def _without_root(content: bytes, url: str | None) -> Listing:
    if _is_json(content, whole=True):
        return read_json_feed(content, url)
    try:
        text = decode(content)
    except InputError as error:
        raise InputError(
            Reason.NOT_A_FEED, f"Neither a feed nor a sitemap: {error.detail}"
        ) from error
    if is_address_list(text):
        return read_address_list(text, url)
    raise InputError(
        Reason.NOT_A_FEED, "Neither RSS, Atom, JSON Feed nor sitemap: none of their marks is in it."
    )


def _is_json(content: bytes, *, whole: bool) -> bool:
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n\0")[:1] in (b"{", b"[")
    return start and (whole or b"jsonfeed.org/version" in content)


def _other(root: str, content: bytes, content_type: str | None, url: str | None) -> InputError:
    if root == "opml":
        text = "This is OPML, a list of feeds: `newsloom sources import FILE` takes it."
        return InputError(Reason.NOT_A_FEED, text)
    named = find_listings(content, content_type, url)
    if named:
        text = f"This is a web page, not a feed; the page names its feed: {named[0].address}"
    else:
        text = "This is a web page, not a feed or sitemap, and it names none."
    return InputError(Reason.NOT_A_FEED, text)
