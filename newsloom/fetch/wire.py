"""Single requests over one pool of connections, with what every request of ours sends."""

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urljoin

import httpx

from newsloom.discover.addresses import checked
from newsloom.errors import InputError
from newsloom.fetch.faults import shown
from newsloom.fetch.transport import GuardedTransport
from newsloom.fetch.unpack import ENCODINGS
from newsloom.settings import FetchSettings
from newsloom.vocabulary import Reason

REDIRECTS = frozenset((301, 302, 303, 307, 308))


class Wire:
    """Sends requests; redirects are not followed here."""

    def __init__(self, settings: FetchSettings, transport: GuardedTransport) -> None:
        self._http = httpx.AsyncClient(
            transport=transport,
            trust_env=False,
            follow_redirects=False,
            # The client's own jar would carry cookies from one page to another: it takes none.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(
                settings.read_timeout_seconds, connect=settings.connect_timeout_seconds
            ),
            headers={"User-Agent": settings.user_agent, "Accept-Encoding": ENCODINGS},
        )

    @asynccontextmanager
    async def asked(
        self, url: str, headers: Mapping[str, str], cookies: httpx.Cookies | None = None
    ) -> AsyncIterator[httpx.Response]:
        """Send a request; the body of the answer is read inside, or not at all."""
        request = self._http.build_request("GET", url, headers=headers)
        if cookies is not None:
            cookies.set_cookie_header(request)
        response = await self._http.send(request, stream=True)
        try:
            if cookies is not None:
                cookies.extract_cookies(response)
            yield response
        finally:
            await response.aclose()


def target(url: str, response: httpx.Response) -> str | None:
    """Return where an answer leads on to, None where it does not.

    Raises InputError (`bad_url`) where that is no address to fetch.
    """
    location = response.headers.get("location")
    if response.status_code not in REDIRECTS or location is None:
        return None
    try:
        found = urljoin(url, location.strip())
    except ValueError as error:
        raise InputError(Reason.BAD_URL, "The redirect leads to no valid address.") from error
    try:
        return checked(found)
    except InputError as error:
        detail = f"The redirect leads to {shown(found)}. {error.detail}"
        raise InputError(error.reason, detail) from error


class Budget:
    """The time that a page may take, waiting for its turn not counted.

    This is about servers that are slow, so it is real time also where a test sets the clock.
    """

    def __init__(self, seconds: float) -> None:
        self.left = seconds
        self._began = 0.0

    def __enter__(self) -> float:
        self._began = time.monotonic()
        return self.left

    def __exit__(self, *error: object) -> None:
        self.left = max(0.0, self.left - (time.monotonic() - self._began))
