"""A real browser, for tests of the dashboard: Chromium as the system has it."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from support import COMMAND, ROOT, clean_environment

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
START_SECONDS = 60


def chromium() -> str:
    """Return the browser's path; skips the test where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("No Chromium on this machine; .ci/run installs it.")
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the browser."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            yield started
        finally:
            started.close()


@contextmanager
def dashboard(folder: Path, **environment: str) -> Iterator[str]:
    """Run `newsloom dashboard` on a warehouse; yield its address, without the last slash."""
    command = [*COMMAND, "dashboard", "--warehouse", str(folder), "--port", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, env=clean_environment(**environment), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            yield next(word for word in line.split() if word.startswith("http")).rstrip("/")
        finally:
            process.terminate()
            process.wait(START_SECONDS)


class Visit:
    """A page in the browser that notes what should not happen."""

    def __init__(self, browser: Browser, base: str, **options: Any) -> None:
        self.base = base
        self.context = browser.new_context(base_url=base, **options)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("dialog", lambda dialog: self.faults.append(f"dialog: {dialog.message}"))
        self.page.on("request", self._request)
        self.page.on("requestfailed", lambda request: self.faults.append(f"failed: {request.url}"))

    def __enter__(self) -> "Visit":
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def go(self, path: str, status: int = 200) -> Page:
        """Open a path."""
        answer = self.page.goto(urljoin(self.base + "/", path.lstrip("/")))
        assert answer is not None
        assert answer.status == status, (path, answer.status)
        return self.page

    def links(self) -> list[str]:
        """Return the paths of the dashboard that the page links to."""
        addresses = self.page.eval_on_selector_all("a[href]", "links => links.map(a => a.href)")
        return [_path(url) for url in addresses if url.startswith(self.base + "/")]

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        if urlsplit(request.url).hostname not in ("127.0.0.1", "localhost", None, ""):
            self.faults.append(f"left the machine: {request.url}")


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def kind_of(path: str) -> str:
    """Return what tells kinds of pages apart: the path without what it names."""
    parts = urlsplit(path).path.strip("/").split("/")
    return "/".join([parts[0], *("…" for _ in parts[1:])])
