"""A browser without a screen: asks an ASGI application and keeps its cookies."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from starlette.types import ASGIApp, Message


class Browser:
    """Requests to `app` at an address; no redirect is followed."""

    def __init__(self, app: ASGIApp, base_url: str = "http://127.0.0.1") -> None:
        self._app = app
        self._base_url = base_url
        self.cookies = httpx.Cookies()

    @contextmanager
    def living(self) -> Iterator["Browser"]:
        """Start the application, as a server does, and end it."""
        with asyncio.Runner() as runner:
            told: asyncio.Queue[Message] = asyncio.Queue()
            begun = asyncio.Event()

            async def send(message: Message) -> None:
                assert message["type"] != "lifespan.startup.failed", message
                begun.set()

            async def start() -> "asyncio.Task[None]":
                await told.put({"type": "lifespan.startup"})
                life = asyncio.ensure_future(self._app({"type": "lifespan"}, told.get, send))  # type: ignore[arg-type]
                await begun.wait()
                return life

            async def end(life: "asyncio.Task[None]") -> None:
                await told.put({"type": "lifespan.shutdown"})
                await life

            life = runner.run(start())
            yield self
            runner.run(end(life))

    def get(self, url: str, **given: Any) -> httpx.Response:
        return self.request("GET", url, **given)

    def request(self, method: str, url: str, **given: Any) -> httpx.Response:
        return asyncio.run(self._request(method, url, given))

    async def _request(self, method: str, url: str, given: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(
            transport=transport, base_url=self._base_url, cookies=self.cookies
        ) as client:
            response = await client.request(method, url, **given)
            self.cookies.update(client.cookies)
            return response
