"""Serving the dashboard until Ctrl-C."""

from collections.abc import Callable
from pathlib import Path

import uvicorn

from dashboard.access import check_binding
from dashboard.app import create_app, guarded
from dashboard.listen import listening
from newsloom.settings import Settings


def serve(
    folder: Path, settings: Settings, host: str, port: int, ready: Callable[[str], None]
) -> None:
    """Serve the dashboard of a warehouse folder; `ready` gets its address once it answers.

    Raises UsageError where the address cannot be used, or would show the news to anybody.
    """
    check_binding(host, settings.dashboard)
    with listening(host, port) as (socket, address):
        app = guarded(create_app(folder, settings), settings, host)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False,
            server_header=False, date_header=True, timeout_graceful_shutdown=3,
        )  # fmt: skip
        server = _Telling(config, lambda: ready(address))
        server.run(sockets=[socket])


class _Telling(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            self._ready()
