"""The door: each request knows the token or the password, or gets a page that says what to do."""

import html
import time
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.access import secrets
from dashboard.access.binding import is_own_name
from newsloom.settings import DashboardSettings

HEALTH = "/healthz"
_COSTLY = ("/sql", "/data/sql", "/chart/")
_OPEN = (HEALTH, "/static/")
"""A monitor has no token, and the page that asks for one has a style. Neither tells any news."""


class Access:
    """ASGI middleware; `host` is what the dashboard listens on, `page` its address for others."""

    def __init__(
        self, app: ASGIApp, settings: DashboardSettings, host: str, page: str = ""
    ) -> None:
        self._app = app
        self._settings = settings
        self._host = host
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request that may pass."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            answer = self._answer(scope) or self._app
            await answer(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        """Return what is said instead of the page, or None where the page may be shown."""
        headers = Headers(scope=scope)
        if scope["path"] == HEALTH:
            return None
        if not is_own_name(headers.get("host", ""), self._host, self._page):
            return PlainTextResponse(
                "This dashboard is asked for under a name that is not its own. Open it as "
                "http://127.0.0.1 with its port, or set health.page to its address.\n",
                status_code=421,
            )
        if _is_foreign(scope, headers):
            return PlainTextResponse("Another site may not ask for this.\n", status_code=403)
        if scope["path"].startswith(_OPEN) or not (self._settings.token or self._settings.password):
            return None
        given = _given(scope)
        if given is not None:
            return self._admit(scope, given)
        return None if self._is_known(headers) else self._refuse(scope)

    def _is_known(self, headers: Headers) -> bool:
        if secrets.knows(self._settings, headers.get("authorization", "")):
            return True
        value = cookie_parser(headers.get("cookie", "")).get(secrets.COOKIE, "")
        token = self._settings.token
        return bool(token) and secrets.is_valid_cookie(token, value, time.time())

    def _admit(self, scope: Scope, given: str) -> Response:
        """Answer an address with a token: a cookie in its place, and the address without it."""
        if not self._settings.token or not secrets.same(given, self._settings.token):
            return self._refuse(scope, wrong=True)
        response = RedirectResponse(_address(scope), status_code=303)
        response.set_cookie(
            secrets.COOKIE, secrets.cookie(self._settings.token, time.time()),
            max_age=secrets.COOKIE_SECONDS, httponly=True, samesite="strict",
            secure=scope.get("scheme") == "https",
        )  # fmt: skip
        return response

    def _refuse(self, scope: Scope, *, wrong: bool = False) -> Response:
        basic = 'Basic realm="Newsloom", charset="UTF-8"'
        scheme = basic if self._settings.password else 'Bearer realm="Newsloom"'
        page = _page(_address(scope), bool(self._settings.token), wrong)
        return HTMLResponse(page, status_code=401, headers={"WWW-Authenticate": scheme})


def _is_foreign(scope: Scope, headers: Headers) -> bool:
    """Say whether a page of another site asks: it may lead here, but not load things or run SQL."""
    if headers.get("sec-fetch-site") != "cross-site":
        return False
    return headers.get("sec-fetch-mode") != "navigate" or scope["path"].startswith(_COSTLY)


def _given(scope: Scope) -> str | None:
    """Return the token in the address, if there is one."""
    pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    return dict(pairs).get("token")


def _address(scope: Scope) -> str:
    """Return the address that was asked for, on this site, without a token."""
    pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    query = urlencode([pair for pair in pairs if pair[0] != "token"])
    # One slash: with two the browser would take what follows for another site's name.
    path = "/" + quote(scope["path"].replace("\\", "/").lstrip("/"))
    return f"{path}?{query}" if query else path


def _page(address: str, has_token: bool, wrong: bool) -> str:
    """Return the page of a refusal; where it was led to from another site, it leads on."""
    form = _FORM.format(action=html.escape(address.partition("?")[0])) if has_token else ""
    how = _HOW_BY_ADDRESS if has_token else _HOW_BY_QUESTION
    said = "This token is not the one. " if wrong else ""
    return _PAGE.format(said=said, how=how, form=form, address=html.escape(address))


_HOW_BY_ADDRESS = (
    "Open it once with <code>?token=…</code> at the end of the address, or give the token here. "
    "It is what <code>NEWSLOOM_DASHBOARD_TOKEN</code> or <code>token</code> in the section "
    "<code>[dashboard]</code> of newsloom.toml says on the machine that runs it. Programs send "
    "<code>Authorization: Bearer …</code>."
)
_HOW_BY_QUESTION = "Reload the page and give the user name and the password when the browser asks."
_FORM = """\
<form method="get" action="{action}"><label>Token
<input type="password" name="token" autocomplete="current-password" required></label>
<button>Open</button></form>
"""
_PAGE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Newsloom: who are you?</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="/static/style.css"></head>
<body><main><h1>This dashboard asks for a token or password</h1>
<p>{said}{how}</p>
{form}<p>Were you here before, and came by a link from elsewhere?
<a href="{address}">Open the page</a></p></main></body></html>
"""
