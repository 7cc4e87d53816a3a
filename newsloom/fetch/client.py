"""One page: its redirects followed by hand, every step checked, within one time budget."""

import asyncio
import time
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urljoin

import httpcore
import httpx

from newsloom.discover.addresses import checked, without_secrets
from newsloom.discover.decoding import encoding_of
from newsloom.discover.found import printable
from newsloom.errors import InputError
from newsloom.fetch.body import ENCODINGS, read_body
from newsloom.fetch.pace import Pace
from newsloom.fetch.transport import GuardedTransport
from newsloom.settings import FetchSettings
from newsloom.vocabulary import Reason

PAGE_TYPES = frozenset(
    ("text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml")
)
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_ACCEPT = "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.8,application/xml;q=0.7,*/*;q=0.1"


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was served."""

    url: str
    content: bytes
    content_type: str


class Client:
    """Fetches single pages over one pool of connections."""

    def __init__(self, settings: FetchSettings, transport: GuardedTransport) -> None:
        self._settings = settings
        self._pace = Pace(settings.concurrency, settings.per_host_delay_seconds)
        self._http = httpx.AsyncClient(
            transport=transport,
            trust_env=False,
            follow_redirects=False,
            # The client's own jar would carry cookies from one page to another: it takes none.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(
                settings.read_timeout_seconds, connect=settings.connect_timeout_seconds
            ),
            headers={
                "User-Agent": settings.user_agent,
                "Accept": _ACCEPT,
                "Accept-Encoding": ENCODINGS,
            },
        )

    async def page(self, url: str) -> Page:
        """Fetch a page, or raise InputError with the reason why not.

        robots.txt and stored validators (ETag, Last-Modified) will be consulted here, before
        the first request; waiting for a host's turn does not count against the time budget.
        """
        try:
            return await self._followed(checked(url))
        except (TimeoutError, httpcore.TimeoutException) as error:
            raise InputError(Reason.FETCH_TIMEOUT, _timeout_text(error, self._settings)) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise InputError(Reason.FETCH_FAILED, _failure_text(error)) from error
        except (httpx.InvalidURL, UnicodeError) as error:
            raise InputError(Reason.BAD_URL, f"The address cannot be used: {error}.") from error

    async def _followed(self, url: str) -> Page:
        cookies = httpx.Cookies()  # of this page's redirects only: consent gates set them
        seen: set[tuple[str, str]] = set()
        left = self._settings.total_timeout_seconds
        for _ in range(self._settings.max_redirects + 1):
            state = (url, repr(sorted((c.name, c.value) for c in cookies.jar)))
            if state in seen:
                raise InputError(Reason.REDIRECTS, f"The redirects run in a circle: {_shown(url)}.")
            seen.add(state)
            async with self._pace.turn(httpx.URL(url).host):
                started = time.monotonic()
                async with asyncio.timeout(left):
                    answer = await self._answer(url, cookies)
                left = max(0.0, left - (time.monotonic() - started))
            if isinstance(answer, Page):
                return answer
            url = answer
        raise InputError(Reason.REDIRECTS, f"More than {self._settings.max_redirects} redirects.")

    async def _answer(self, url: str, cookies: httpx.Cookies) -> Page | str:
        """Return the page at `url`, or the address that it redirects to."""
        request = self._http.build_request("GET", url)
        cookies.set_cookie_header(request)
        response = await self._http.send(request, stream=True)
        try:
            cookies.extract_cookies(response)
            if response.status_code in _REDIRECTS and "location" in response.headers:
                return _target(url, response.headers["location"])
            return await self._page(url, response)
        finally:
            await response.aclose()

    async def _page(self, url: str, response: httpx.Response) -> Page:
        if response.status_code != 200:
            phrase = httpx.codes.get_reason_phrase(response.status_code)
            raise InputError(
                Reason.HTTP_ERROR, f"The server answered {response.status_code} {phrase}.".strip()
            )
        declared = response.headers.get("content-type", "")
        if declared and _bare(declared) not in PAGE_TYPES:
            raise _wrong_type(_bare(declared))
        content = await read_body(response, self._settings.max_page_bytes)
        return Page(url, content, declared or _sniffed(content))


def _target(url: str, location: str) -> str:
    """Return where a redirect leads, if a page can be fetched there."""
    try:
        target = urljoin(url, location.strip())
    except ValueError as error:
        raise InputError(Reason.BAD_URL, "The redirect leads to no valid address.") from error
    try:
        return checked(target)
    except InputError as error:
        detail = f"The redirect leads to {_shown(target)}. {error.detail}"
        raise InputError(error.reason, detail) from error


def _bare(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _sniffed(content: bytes) -> str:
    """Return a content type for a page whose server names none."""
    if content.lstrip()[:1] == b"<":
        return "text/html"
    try:
        encoding_of(content)
    except InputError as error:
        raise _wrong_type("binary data") from error
    return "text/plain"


def _wrong_type(name: str) -> InputError:
    return InputError(
        Reason.NOT_ARTICLE_TYPE, f"The server sent {printable(name)[:80]}, not a page or text."
    )


def _shown(url: str) -> str:
    return printable(without_secrets(url))[:200]


def _timeout_text(error: Exception, settings: FetchSettings) -> str:
    if isinstance(error, httpcore.ConnectTimeout):
        return f"No connection within {settings.connect_timeout_seconds:g} s."
    if isinstance(error, httpcore.TimeoutException):
        return f"The server was silent for {settings.read_timeout_seconds:g} s."
    return f"The page took longer than {settings.total_timeout_seconds:g} s."


def _failure_text(error: Exception) -> str:
    text = printable(str(error))[:300]
    if "CERTIFICATE" in text.upper() or "SSL" in text.upper():
        return f"The server's certificate or TLS is not acceptable: {text}."
    if isinstance(error, httpcore.ProtocolError):
        return f"The server broke off or did not speak HTTP: {text}."
    return f"The server could not be reached: {text or type(error).__name__}."
