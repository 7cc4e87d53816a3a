"""What the site's hosts hold at the moment, and what was asked of them."""

import datetime
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

START = datetime.datetime(2026, 3, 2, 6, 0, 0)


@dataclass
class Article:
    """One page of a host. version: so many edits of its words; touched: of its frame only."""

    number: int
    published_at: datetime.datetime
    updated_at: datetime.datetime | None = None
    version: int = 0
    touched: int = 0
    gone: bool = False


@dataclass
class Host:
    """One host: its articles, its robots.txt and its manners."""

    name: str
    articles: dict[int, Article] = field(default_factory=dict)
    robots: str | None = None
    robots_status: int = 404
    modes: dict[str, str] = field(default_factory=dict)
    """validators: honest, none, forever (304 whatever happened), new (a new ETag each time),
    ignored (200 whatever is asked). feed_status: answered in place of feeds and sitemaps.
    page_status: in place of articles. retry_after: sent with either. feed_size: entries listed.
    template: hollow, pages that have their words filled in by a script."""

    def publish(self, count: int, at: datetime.datetime) -> list[int]:
        """Add articles; return their numbers, from 1 on."""
        first = len(self.articles) + 1
        numbers = list(range(first, first + count))
        for number in numbers:
            self.articles[number] = Article(number, at - datetime.timedelta(minutes=count + first
                                                                            - number))  # fmt: skip
        return numbers

    def listed(self) -> list[Article]:
        """Return the articles of the feeds, latest first."""
        size = int(self.modes.get("feed_size", "30"))
        return [a for a in reversed(self.articles.values()) if not a.gone][:size]


class World:
    """All hosts, the site's own time, and the log of requests."""

    def __init__(self, hosts: list[str], articles: int) -> None:
        self.given = (hosts, articles)
        self.reset()

    def reset(self) -> None:
        """Begin anew."""
        hosts, articles = self.given
        self.now = START
        self.hosts = {name: Host(name) for name in hosts}
        self.log: list[dict[str, Any]] = []
        self.asked: Counter[str] = Counter()
        self.under_way: Counter[str] = Counter()
        for host in self.hosts.values():
            host.publish(articles, self.now)

    def note(self, host: str, target: str, headers: dict[str, str]) -> int:
        """Log a request; return how often its target was asked of the host, this time included."""
        self.under_way[host] += 1
        self.log.append(
            {"time": time.monotonic(), "host": host, "path": target, "headers": headers,
             "at_once": self.under_way[host]}
        )  # fmt: skip
        self.asked[host + target] += 1
        return self.asked[host + target]
