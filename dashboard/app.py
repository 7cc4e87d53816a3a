"""The application: routes to pages, data, pictures and metrics."""

import contextlib
import csv
import io
import json
import traceback
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import duckdb
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from dashboard import show
from dashboard.access import Access
from dashboard.charts import CHARTS, draw
from dashboard.figures import FIGURES, WINDOWS, Ask, NotThere, filled
from dashboard.headers import Headers
from dashboard.metrics import metrics
from dashboard.pages import Page, load
from dashboard.snapshot import Snapshot, Snapshots
from newsloom import __version__
from newsloom.errors import NewsloomError
from newsloom.settings import Settings
from warehouse.folder import PUBLISHED_NAME
from warehouse.sandbox import Sandbox, SqlError

HERE = Path(__file__).parent
MOST_CHART_BYTES = 20_000_000
"""So much of the pictures made is kept with a snapshot."""
DATA_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


class Dashboard:
    """What answers the requests."""

    def __init__(self, snapshots: Snapshots, settings: Settings) -> None:
        self.snapshots = snapshots
        self.settings = settings
        self.box = Sandbox(snapshots.folder / PUBLISHED_NAME, settings.dashboard)
        self.pages = load()
        self.templates = Environment(
            loader=PackageLoader("dashboard"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self.templates.filters |= show.FILTERS
        self.templates.globals |= {"measure": show.measure, "filled": filled, "windows": WINDOWS,
                                   "with_window": _with_window, "trend": show.trend}  # fmt: skip

    def routes(self) -> list[Route | Mount]:
        """Return what is where."""
        return [
            *(Route(page.path, self._page(page)) for page in self.pages),
            Route("/data/{name}.{kind:str}", self.data),
            Route("/chart/{name}.svg", self.chart),
            Route("/metrics", self.metrics),
            Route("/healthz", self.healthz),
            Mount("/static", StaticFiles(directory=HERE / "static"), name="static"),
        ]

    def _page(self, page: Page) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            snapshot = self.snapshots.current()
            if snapshot is None:
                return self.render("empty.html", request, None, 503)
            ask = self._ask(request, snapshot)
            try:
                content = page.view(ask)
            except NotThere as error:
                return self.render("error.html", request, snapshot, 404, error=error)
            except NewsloomError as error:
                return self.render("error.html", request, snapshot, 400, error=error)
            status = content.pop("http_status", 200)
            return self.render(
                page.template, request, snapshot, status, page=page, ask=ask, **content
            )

        return answer

    def data(self, request: Request) -> Response:
        """Answer with the rows of a figure, all columns."""
        name, kind = request.path_params["name"], request.path_params["kind"]
        snapshot = self.snapshots.current()
        if name not in FIGURES or kind not in DATA_TYPES or snapshot is None:
            return PlainTextResponse("There is no such data.\n", 404)
        try:
            figure = FIGURES[name](self._ask(request, snapshot))
        except NewsloomError as error:
            return PlainTextResponse(f"{error}\n", _status_of(error))
        rows, columns = figure.rows, [column.key for column in figure.columns]
        text = _csv(rows, columns) if kind == "csv" else json.dumps(rows, default=_plain, indent=1)
        name_it = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
        return Response(text, media_type=DATA_TYPES[kind], headers=name_it)

    def chart(self, request: Request) -> Response:
        """Answer with the picture of a figure, made once for each snapshot."""
        name, snapshot = request.path_params["name"], self.snapshots.current()
        if name not in CHARTS or snapshot is None:
            return PlainTextResponse("There is no such picture.\n", 404)
        dark = request.query_params.get("scheme") == "dark"
        ask = self._ask(request, snapshot)
        try:
            figure = FIGURES[name](ask)
        except NewsloomError as error:
            return PlainTextResponse(f"{error}\n", 404)
        # By what the figure depends on: made-up parameters must not fill the memory.
        key = (name, str(dark), *sorted(f"{k}={v}" for k, v in figure.query.items()))
        if key not in snapshot.charts:
            picture = draw(name, figure.rows, ask, dark=dark)
            if sum(map(len, snapshot.charts.values())) < MOST_CHART_BYTES:
                snapshot.charts[key] = picture
            return Response(picture, media_type="image/svg+xml")
        return Response(snapshot.charts[key], media_type="image/svg+xml")

    def metrics(self, request: Request) -> Response:
        """Answer with the checks for a monitoring system."""
        return PlainTextResponse(
            metrics(self.snapshots.current(), readable=not self.snapshots.trouble),
            media_type=_METRICS_TYPE,
        )

    def healthz(self, request: Request) -> Response:
        """Say that the page itself works."""
        return JSONResponse({"dashboard": "up"})

    def missing(self, request: Request, error: Exception) -> Response:
        """Answer for an address that is none."""
        snapshot = self.snapshots.current()
        return self.render("error.html", request, snapshot, 404,
                           error=NotThere("There is no such page."))  # fmt: skip

    def broken(self, request: Request, error: Exception) -> Response:
        """Answer where a page failed: what it was goes to the log, no part of it to the reader."""
        traceback.print_exception(error)
        snapshot = self.snapshots.current()
        return self.render("error.html", request, snapshot, 500,
                           error=NewsloomError("This page could not be made.",
                                               "The log of the dashboard says why."))  # fmt: skip

    def render(
        self,
        template: str,
        request: Request,
        snapshot: Snapshot | None,
        status: int = 200,
        **content: Any,
    ) -> Response:
        """Fill a template."""
        content = {"page": None, "ask": None, **content}
        text = self.templates.get_template(template).render(
            request=request, snapshot=snapshot, pages=self.pages, version=__version__,
            snapshot_number=snapshot.number if snapshot else 0,
            warehouse=str(self.snapshots.folder), there=self.snapshots.is_there(),
            trouble_now=self.snapshots.trouble, **content,
        )  # fmt: skip
        return HTMLResponse(text, status)

    def _ask(self, request: Request, snapshot: Snapshot) -> Ask:
        return Ask(snapshot, self.settings, {**request.query_params, **request.path_params},
                   self.box)  # fmt: skip


def create_app(folder: Path, settings: Settings) -> Starlette:
    """Return the application that shows a warehouse folder."""
    snapshots = Snapshots(folder.absolute(), settings)
    dashboard = Dashboard(snapshots, settings)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        with snapshots, contextlib.closing(dashboard.box):
            yield

    app = Starlette(
        routes=dashboard.routes(),
        lifespan=lifespan,
        exception_handlers={404: dashboard.missing, 500: dashboard.broken,
                            duckdb.Error: dashboard.broken},
    )  # fmt: skip
    app.state.snapshots, app.state.box = snapshots, dashboard.box
    return app


def guarded(app: Starlette, settings: Settings, host: str) -> ASGIApp:
    """Return the application as it is served at an address: refusals and headers around it."""
    return Headers(Access(app, settings.dashboard, host, settings.health.page))


def _status_of(error: NewsloomError) -> int:
    if isinstance(error, SqlError):
        return error.status
    return 404 if isinstance(error, NotThere) else 400


def _with_window(request: Request, window: str) -> str:
    return urlencode({**request.query_params, "window": window})


_METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def _csv(rows: list[dict[str, Any]], columns: list[str]) -> str:
    """Return rows as CSV with all that they have; of none, the columns that are shown."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if rows or columns:
        writer.writerow(rows[0] if rows else columns)
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    """Return a value as a spreadsheet may have it: none that it would take for a formula."""
    if isinstance(value, list | dict):
        value = json.dumps(value, default=_plain)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds") + "Z"
    return value.hex() if isinstance(value, bytes) else str(value)
