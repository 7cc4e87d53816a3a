"""A real news site on this machine, in a process of its own, for tests that fetch.

    with running(hosts=3, articles=20) as site:
        site.url("/feed.rss", host=1)          http://127.0.0.2:PORT/feed.rss
        site.publish(2, host=1)                two more articles there
        site.edit(5, "words")                  a new version of one: words, frame or gone
        site.robots("User-agent: *\\nDisallow: /news/3")
        site.mode(validators="forever")        manners of a host: state.Host.modes
        site.log()                             what was asked, in order

What it serves: routes.py, feeds.py and faults.py.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

_DIRECT = build_opener(ProxyHandler({}))


class Site:
    """The running site; hosts are numbered from 0."""

    def __init__(self, port: int, hosts: int) -> None:
        self.port = port
        self.hosts = [f"127.0.{number // 250}.{number % 250 + 1}" for number in range(hosts)]

    def url(self, path: str, host: int = 0) -> str:
        """Return the address of a path on a host."""
        return f"http://{self.hosts[host]}:{self.port}{path}"

    def name(self, host: int = 0) -> str:
        """Return a host as Newsloom calls it."""
        return f"{self.hosts[host]}:{self.port}"

    def publish(self, count: int = 1, host: int = 0) -> list[int]:
        """Add articles; return their numbers."""
        numbers: list[int] = self.control("publish", host=self.hosts[host], count=count)
        return numbers

    def edit(self, number: int, what: str = "words", host: int = 0) -> None:
        """Change an article: its `words`, its `frame` only, or let it be `gone`."""
        self.control("edit", host=self.hosts[host], number=number, what=what)

    def robots(self, text: str | None, host: int = 0, status: int = 200) -> None:
        """Set the robots.txt of a host."""
        self.control("robots", host=self.hosts[host], text=text, status=status)

    def mode(self, host: int = 0, **modes: str) -> None:
        """Set a host's modes; "" takes one back."""
        self.control("mode", host=self.hosts[host], **modes)

    def now(self, at: str) -> None:
        """Set the site's time, an ISO date: of what is published and edited from then on."""
        self.control("now", at=at)

    def articles(self, host: int = 0) -> dict[int, str]:
        """Return the addresses of a host's articles by number, those that are gone too."""
        paths = self.control("paths", host=self.hosts[host])
        return {int(number): self.url(path, host) for number, path in paths.items()}

    def log(self, since: int = 0) -> list[dict[str, Any]]:
        """Return the requests so far: time (seconds), host, path, headers by lower-case name.

        at_once: how many requests were under way at that host then, this one counted.
        """
        entries: list[dict[str, Any]] = self.control("log", since=since)
        return entries

    def reset(self) -> None:
        """Begin anew, with an empty log."""
        self.control("reset")

    def control(self, action: str, **arguments: Any) -> Any:
        """Have the site do something (control.py)."""
        request = Request(self.url(f"/_control/{action}"), json.dumps(arguments).encode())
        with _DIRECT.open(request, timeout=30) as answer:
            return json.load(answer)


@contextmanager
def running(hosts: int = 4, articles: int = 60) -> Iterator[Site]:
    """Start the site: so many hosts, each with so many articles."""
    command = [sys.executable, "-m", "website.server", str(hosts), str(articles)]
    with subprocess.Popen(
        command, cwd=Path(__file__).parents[1], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        try:
            yield Site(int(process.stdout.readline()), hosts)
        finally:
            process.kill()
