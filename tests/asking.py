"""A browser without a screen: asks an ASGI application and keeps its cookies."""

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
from starlette.types import ASGIApp

from dashboard import create_app, guarded
from newsloom.settings import Settings


class Browser:
    """Requests to `app` at an address; no redirect is followed."""

    def __init__(self, app: ASGIApp, base_url: str = "http://127.0.0.1") -> None:
        self._app = app
        self._base_url = base_url
        self.cookies = httpx.Cookies()
        self.app: Any = app
        """The application within, with its state."""

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


@contextmanager
def asking(folder: Path, settings: Settings | None = None) -> Iterator[Browser]:
    """Have the dashboard of a warehouse folder answer in this process."""
    settings = settings or Settings()
    app = create_app(folder, settings)
    with app.state.snapshots, closing(app.state.box):
        site = Browser(guarded(app, settings, "127.0.0.1"))
        site.app = app
        yield site
