"""The headers that every answer of the dashboard has, and the only two methods that it knows.

The policy lets a page load its own style, script and images and nothing else, so that a headline
which got past the escaping could still run nothing and send nothing anywhere.
"""

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
STATIC = "/static/"
_FOR_EVER = "public, max-age=31536000, immutable"
_METHODS = ("GET", "HEAD")


class Headers:
    """ASGI middleware: the outermost, so that its headers are on refusals and errors too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers; any method but GET and HEAD is refused."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(ALWAYS)
                headers.setdefault("Cache-Control", _caching(scope, message["status"]))
            await send(message)

        answer = self._app if scope["method"] in _METHODS else _REFUSAL
        await answer(scope, receive, sending)


_REFUSAL = PlainTextResponse(
    "The dashboard only shows: GET and HEAD are all it answers.\n",
    status_code=405,
    headers={"Allow": ", ".join(_METHODS)},
)


def _caching(scope: Scope, status: int) -> str:
    """Return how long an answer may be kept.

    Pages are the news of this moment and may be secret. A static file under an address with its
    version (?v=) never changes; under another the browser asks each time, and its ETag answers.
    """
    if not scope["path"].startswith(STATIC) or status not in (200, 304):
        return "no-store"
    return _FOR_EVER if scope["query_string"].startswith(b"v=") else "no-cache"
