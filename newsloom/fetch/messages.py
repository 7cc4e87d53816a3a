"""What is asked of a web server, and what came of it."""

import datetime
from typing import NamedTuple

from newsloom.vocabulary import Reason


class Request(NamedTuple):
    """One address to fetch.

    etag and last_modified are the validators of an earlier answer: with them, the server may say
    that nothing has changed. final_url is the address that gave them; they go to no other, unless
    it is None.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    listing: bool = False
    """A feed, a sitemap or a start page: of any text or packed type, and larger than a page."""
    final_url: str | None = None

    @property
    def conditional(self) -> bool:
        """The server is asked for changes only."""
        return bool(self.etag or self.last_modified)


class Answer(NamedTuple):
    """What came of a request. It failed where `reason` is set; `detail` says how, for a person.

    etag and last_modified are those to ask with next time: of a 200 its own, of a 304 those that
    were sent (it replaces nothing), of a failure none.
    """

    url: str
    """As it was asked for."""
    final_url: str
    """The last address on the way."""
    status: int | None
    """The last server's answer, None where none came; 304 has no content and no reason."""
    content: bytes | None
    content_type: str | None
    etag: str | None
    last_modified: str | None
    redirects: list[str]
    """The addresses that led on, in order: without the last one."""
    fetched_at: datetime.datetime
    reason: Reason | None = None
    detail: str | None = None

    @property
    def unchanged(self) -> bool:
        """The server says that what it sent last time still holds."""
        return self.status == 304 and self.reason is None
