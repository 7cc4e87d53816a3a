"""One address: its redirects followed by hand, every step checked, within one time budget."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import httpx

from newsloom import clock
from newsloom.discover.addresses import checked
from newsloom.discover.found import printable
from newsloom.errors import InputError
from newsloom.fetch.faults import FAULTS, Unreached, fault, passing, shown
from newsloom.fetch.hosts import Down, Hosts, host_of
from newsloom.fetch.messages import Answer, Request
from newsloom.fetch.pace import Pace
from newsloom.fetch.pauses import Patience, pause_of
from newsloom.fetch.robots import Robots
from newsloom.fetch.transport import GuardedTransport
from newsloom.fetch.wire import Budget, Wire, target
from newsloom.settings import FetchSettings
from newsloom.vocabulary import Reason


@dataclass
class Visit:
    """What is known so far of the way to one address."""

    request: Request
    url: str = ""
    status: int | None = None
    redirects: list[str] = field(default_factory=list)
    headers: httpx.Headers = field(default_factory=httpx.Headers)
    content: bytes | None = None
    content_type: str | None = None
    conditional: bool = False
    """Validators were sent with the last request."""
    limit: asyncio.Timeout | None = None
    """What ends the request under way."""
    started: bool = False
    """What it brings is being written down: it cannot be asked for again."""

    def answer(self, error: InputError | None = None) -> Answer:
        """Return what came of it."""
        asked, good = self.request, error is None
        same = good and self.status == 304
        return Answer(
            url=asked.url,
            final_url=self.url or asked.url,
            status=self.status,
            content=self.content if good else None,
            content_type=self.content_type if good else None,
            etag=asked.etag if same else self._header("etag") if good else None,
            last_modified=(
                asked.last_modified if same else self._header("last-modified") if good else None
            ),
            redirects=self.redirects,
            fetched_at=clock.now(),
            reason=error.reason if error else None,
            detail=error.detail if error else None,
        )

    def _header(self, name: str) -> str | None:
        value = self.headers.get(name, "").strip()
        # One that cannot be sent back as it came is of no use.
        plain = value.isascii() and value.isprintable() and len(value) <= _MAX_VALIDATOR
        return value if value and plain else None


_MAX_VALIDATOR = 500
Take = Callable[[Visit, httpx.Response], Awaitable[None]]
"""Reads the body of a 200 into the visit, or raises InputError."""


class Client:
    """Fetches addresses over one pool of connections."""

    def __init__(self, settings: FetchSettings, transport: GuardedTransport, hosts: Hosts) -> None:
        self._settings = settings
        self._hosts = hosts
        self._wire = Wire(settings, transport)
        self._pace = Pace(settings, hosts)
        self._robots = Robots(settings, hosts, self._wire, self._pace)

    async def answer(self, request: Request, accept: str, take: Take) -> Answer:
        """Fetch an address; whatever goes wrong is in the answer."""
        visit = Visit(request)
        try:
            await self._followed(visit, accept, take)
        except InputError as error:
            return visit.answer(error)
        except Exception as error:  # a defect met on one page must not cost the others
            detail = f"{type(error).__name__}: {printable(str(error))[:500]}"
            return visit.answer(InputError(Reason.INTERNAL, detail))
        return visit.answer()

    async def _followed(self, visit: Visit, accept: str, take: Take) -> None:
        cookies = httpx.Cookies()  # of this page's redirects only: consent gates set them
        budget = Budget(self._settings.total_timeout_seconds)
        seen: set[tuple[str, str]] = set()
        url = checked(visit.request.url)
        for _ in range(self._settings.max_redirects + 1):
            visit.url = url
            state = (url, repr(sorted((c.name, c.value) for c in cookies.jar)))
            if state in seen:
                raise InputError(Reason.REDIRECTS, f"The redirects run in a circle: {shown(url)}.")
            seen.add(state)
            onward = await self._tried(visit, cookies, budget, accept, take)
            if onward is None:
                return
            visit.redirects.append(url)
            url = onward
        raise InputError(Reason.REDIRECTS, f"More than {self._settings.max_redirects} redirects.")

    async def _tried(
        self, visit: Visit, cookies: httpx.Cookies, budget: Budget, accept: str, take: Take
    ) -> str | None:
        """Ask at the visit's address, more than once where that may help."""
        host, patience = host_of(visit.url), Patience(self._settings, self._hosts)
        while True:
            await self._allowed(visit.url)
            visit.status, visit.conditional = None, False
            pause: float | None = None
            try:
                async with self._pace.turn(host):
                    with budget as left:
                        async with asyncio.timeout(left) as visit.limit:
                            pause, onward = await self._asked(visit, cookies, accept, take)
                if pause is None:
                    self._hosts.named(host).answered()
                    return onward
                error = InputError(Reason.RATE_LIMITED, _pause_text(visit, pause))
            except FAULTS as failure:
                error = fault(failure, self._settings)
            except InputError as failure:
                error = failure
            again = not visit.started and (passing(error) or (visit.status or 0) >= 500)
            if not await patience.again(host, passing=again, pause=pause):
                unreached = isinstance(error, Unreached)
                timed_out = error.reason is Reason.FETCH_TIMEOUT and not isinstance(error, Down)
                if unreached or timed_out:
                    self._hosts.named(host).failed(error, unreached=unreached)
                raise error

    async def _allowed(self, url: str) -> None:
        try:
            await self._robots.check(url)
        except FAULTS as error:  # of the address itself, which no request was made of yet
            raise fault(error, self._settings) from error

    async def _asked(
        self, visit: Visit, cookies: httpx.Cookies, accept: str, take: Take
    ) -> tuple[float | None, str | None]:
        """Ask once. Return the pause that the server asks for, and where the answer leads on to."""
        headers = {"Accept": accept} | _conditions(visit)
        async with self._wire.asked(visit.url, headers, cookies) as response:
            visit.status, visit.headers = response.status_code, response.headers
            if (onward := target(visit.url, response)) is not None:
                return None, onward
            if (pause := pause_of(response)) is not None:
                return pause, None
            if visit.status == 304 and visit.conditional:
                return None, None
            if visit.status != 200:
                raise _refusal(visit)
            await take(visit, response)
        return None, None


def _conditions(visit: Visit) -> dict[str, str]:
    """Return the headers that ask for changes only, and note that they are sent."""
    asked = visit.request
    if asked.final_url not in (None, visit.url):
        return {}
    named = (("If-None-Match", asked.etag), ("If-Modified-Since", asked.last_modified))
    headers = {name: value for name, value in named if value}
    visit.conditional = bool(headers)
    return headers


def _refusal(visit: Visit) -> InputError:
    """Return the error for a status other than 200."""
    status = visit.status or 0
    text = f"The server answered {status} {httpx.codes.get_reason_phrase(status)}".strip() + "."
    if visit.headers.get("cf-mitigated", "").lower() == "challenge":
        return InputError(Reason.BOT_CHALLENGE, f"{text} It checks visitors for robots.")
    if status == 304:
        text = f"{text} It was not asked for changes only, so there is nothing to compare with."
    gone = status in (404, 410)
    return InputError(Reason.HTTP_GONE if gone else Reason.HTTP_ERROR, text)


def _pause_text(visit: Visit, pause: float) -> str:
    return f"The server answered {visit.status} and asks for a pause of {pause:.0f} s."
