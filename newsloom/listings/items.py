"""From an entry of a listing to an item of a run."""

import dataclasses

from newsloom.discover.found import Found, printable
from newsloom.discover.rows import ROW_TYPE, encoded, row_item
from newsloom.errors import InputError
from newsloom.listings.model import Entry
from newsloom.settings import IngestSettings
from newsloom.vocabulary import Kind, Reason

_TEXTS = ("feed_html", "summary")


def entry_item(
    entry: Entry,
    *,
    source: str | None = None,
    source_given: bool = False,
    via: str | None = None,
    paywalled: bool | None = None,
    limits: IngestSettings | None = None,
) -> Found:
    """Return the page that an entry leads to, or its text where it leads nowhere.

    source: the name of the source; source_given: it beats the host of the address. via: the
    address of the listing. Never raises: an entry that cannot be used is a reject.
    """
    limits = limits or IngestSettings()
    found = _found(entry, printable(via or "listing:"), limits)
    return dataclasses.replace(
        found,
        source=source,
        source_given=source_given,
        via=via and printable(via),
        listing_hash=entry.listing_hash,
        paywalled=paywalled,
    )


def _found(entry: Entry, via: str, limits: IngestSettings) -> Found:
    fields = entry.fields()
    content = encoded(fields)
    if entry.url:
        if len(content) > limits.max_document_bytes:  # the page is what counts
            content = encoded({k: v for k, v in fields.items() if k not in _TEXTS})
        return Found(printable(entry.url), Kind.PAGE, entry.url, content, content_type=ROW_TYPE)
    try:
        found = row_item(fields, via, limits.max_document_bytes)
    except InputError as error:
        payload = content[: limits.reject_payload_bytes]
        reason: Reason = error.reason
        return Found(via, Kind.ROW, via, payload, reason=reason, detail=error.detail)
    return dataclasses.replace(found, locator=found.uri)
