"""What is published when, and what is wrong with it: all decided by a seed."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from news_texts import articles

from month.ticking import START

LISTED = 12
"""A feed lists so many of its latest pages."""

PAGE_FAULTS = {
    "missing": "http_gone",
    "forbidden": "robots",
    "consent": "consent_wall",
    "challenge": "bot_challenge",
    "short": "too_short",
    "image": "not_article_type",
    "huge": "too_large",
    "bomb": "too_large",
    "circle": "redirects",
    "inside": "blocked_address",
    "cut": "fetch_failed",
    "error": "http_error",
}
"""What is wrong with a page, and the reason it must be rejected for."""
HABITS = (
    "plain", "plain", "plain", "validators", "validators", "lying304", "new_etags", "atom", "json",
    "sitemap", "outage", "slow_crawl", "throttled", "latin1", "moved", "chunks",
)  # fmt: skip
"""What is particular about a site; see site.py."""


@dataclass
class Page:
    """One page of a site. Moments are naive UTC."""

    path: str
    title: str
    text: str
    published_at: datetime
    fault: str | None = None
    edited_at: datetime | None = None
    edit: str = ""

    def words(self, at: datetime) -> str:
        """Return the text as it is at a moment."""
        edited = self.edited_at is not None and self.edited_at <= at
        return f"{self.text} {self.edit}" if edited else self.text


@dataclass
class Site:
    """One site: its address, its habit and its pages in order of time."""

    number: int
    habit: str
    pages: list[Page] = field(default_factory=list)
    port: int = 0

    @property
    def host(self) -> str:
        """Return its address on loopback: sites are told apart by nothing else."""
        return f"127.1.{self.number // 250}.{self.number % 250 + 1}"

    @property
    def base(self) -> str:
        """Return the address of its front page."""
        return f"http://{self.host}:{self.port}"

    @property
    def name(self) -> str:
        """Return what the source is called."""
        return f"sitio-{self.number}"

    def published(self, at: datetime) -> list[Page]:
        """Return the pages there are at a moment."""
        return [page for page in self.pages if page.published_at <= at]


def world(sites: int, days: int, pages_a_site: int, seed: int = 11) -> list[Site]:
    """Make the sites with everything that will happen in so many days."""
    draw = random.Random(seed)
    rows = iter(_texts(sites * pages_a_site, seed))
    made = [Site(number, HABITS[number % len(HABITS)]) for number in range(sites)]
    for site in made:
        moments = sorted(draw.random() * days for _ in range(pages_a_site))
        for number, moment in enumerate(moments):
            site.pages.append(_page(draw, next(rows), number, START + timedelta(days=moment)))
    _break_some(draw, made)
    return made


def _texts(count: int, seed: int) -> list[tuple[str, str]]:
    """Return headlines and texts, no two alike."""
    rows = articles(3 * count, seed)
    own = [row for row in rows if row["source"] != "diario-espejo"]
    assert len(own) >= count
    return [
        (f"{row['title']}, parte {number}", f"{row['text']} Expediente número {number * 7919}.")
        for number, row in enumerate(own[:count])
    ]


def _page(draw: random.Random, words: tuple[str, str], number: int, published_at: datetime) -> Page:
    page = Page(f"/noticias/{published_at:%Y/%m}/nota-{number}", *words, published_at)
    if draw.random() < 0.25:
        page.edited_at = published_at + timedelta(hours=2 + 60 * draw.random())
        page.edit = (
            f"Una segunda versión, difundida más tarde, eleva a {draw.randint(100, 999)} los "
            "afectados y añade que la investigación seguirá abierta durante varias semanas."
        )
    return page


def _break_some(draw: random.Random, sites: list[Site]) -> None:
    """Give every fault to some pages; sites that are odd themselves are left alone."""
    plain = [site for site in sites if site.habit in ("plain", "validators", "atom", "chunks")]
    for number, fault in enumerate(PAGE_FAULTS):
        for site in plain[number % len(plain) :: len(PAGE_FAULTS)] or plain[:1]:
            page = draw.choice([page for page in site.pages if page.fault is None])
            page.fault, page.edited_at = fault, None
            if fault == "forbidden":
                page.path = page.path.replace("/noticias/", "/privado/")
