"""The article in the making: what an extractor fills in, and how it becomes a row of DOCUMENT."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from newsloom.errors import InputError
from newsloom.extract.dates import Moment, doubt_of, in_path
from newsloom.extract.texts import clean, one_line, word_count
from newsloom.ids import content_id


@dataclass(slots=True)
class Draft:
    """What was found in one item, not yet cleaned."""

    title: str = ""
    text: str = ""
    authors: list[str] = field(default_factory=list)
    published: Moment | None = None
    published_from: str | None = None
    updated: Moment | None = None
    updated_from: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    external_id: str | None = None
    source: str | None = None
    """As the item itself says; the user's --source comes after it."""
    description: str | None = None
    image_url: str | None = None
    site_name: str | None = None
    language: str | None = None
    """As declared; language identification may use it to break a tie."""
    wall: InputError | None = None
    """What stands on a fetched page in place of an article."""

    def date(self, moment: Moment | None, origin: str) -> None:
        """Set the date if it is known and none is set yet."""
        if moment is not None and self.published is None:
            self.published, self.published_from = moment, origin

    def columns(self, read_at: datetime.datetime) -> dict[str, Any]:
        """Return the cleaned columns of DOCUMENT that do not depend on the item's place.

        read_at: when the item was fetched or read; dates much later than that are doubted.
        """
        title, text = one_line(self.title), clean(self.text)
        return {
            "external_id": _or_none(self.external_id),
            "url": _or_none(self.url),
            "canonical_url": self.canonical_url,
            "title": title,
            "text": text,
            "authors": list(dict.fromkeys(filter(None, map(one_line, self.authors)))),
            **self._dated(read_at),
            "description": _or_none(self.description),
            "image_url": _or_none(self.image_url),
            "site_name": _or_none(self.site_name),
            "language": _or_none(self.language),
            "word_count": word_count(text),
            "content_id": content_id(title, text),
        }

    def _dated(self, read_at: datetime.datetime) -> dict[str, datetime.datetime | str | None]:
        published, origin = self._published(read_at)
        columns: dict[str, datetime.datetime | str | None] = {}
        if published is not None:
            columns |= {
                "published_at": published.at,
                "published_precision": published.precision,
                "published_from": origin,
                "published_doubt": doubt_of(published, read_at),
            }
        updated = self.updated
        # A change that is to come, or was before the beginning, is no statement to keep.
        if updated and not doubt_of(updated, read_at) and _later(updated, published):
            columns |= {
                "updated_at": updated.at,
                "updated_precision": updated.precision,
                "updated_from": self.updated_from,
            }
        return columns

    def _published(self, read_at: datetime.datetime) -> tuple[Moment | None, str | None]:
        """Return the date and where it is from; the address speaks before the clock does."""
        if self.published is None or self.published_from == "fetched":
            for url in (self.canonical_url, self.url):
                moment = in_path(url or "")
                if moment and not doubt_of(moment, read_at):
                    return moment, "url"
        return self.published, self.published_from


def _later(updated: Moment, published: Moment | None) -> bool:
    if published is None:
        return True
    if "day" in (updated.precision, published.precision):
        return updated.at.date() > published.at.date()
    return updated.at > published.at


def _or_none(text: str | None) -> str | None:
    return (one_line(text) or None) if text else None
