"""Listings: what a site says that it has published, as feeds, sitemaps and start pages say it.

    listing = read_listing(content, content_type, url, limits)
    items = [entry_item(entry, source="Example News", via=url) for entry in listing.entries]

Everything here works on bytes that somebody else has fetched; nothing here opens an address or a
file. What cannot be read is an InputError whose detail says what it is instead.
"""

from newsloom.listings.items import entry_item
from newsloom.listings.model import Candidate, Entry, Listing, Outline
from newsloom.listings.opml import read_opml
from newsloom.listings.reading import looks_like_listing, read_listing
from newsloom.listings.startpage import article_links, find_listings

__all__ = [
    "Candidate",
    "Entry",
    "Listing",
    "Outline",
    "article_links",
    "entry_item",
    "find_listings",
    "looks_like_listing",
    "read_listing",
    "read_opml",
]
