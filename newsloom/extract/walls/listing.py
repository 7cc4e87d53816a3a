"""List pages: home pages, sections, search results. Their links are the news, not their text."""

from newsloom.clock import now
from newsloom.extract.texts import one_line
from newsloom.extract.urls import canonical, is_home
from newsloom.extract.walls.look import Look

MIN_HEADLINE_CHARACTERS = 25
LEAST_HEADLINES = 12
LEAST_LINKED_SHARE = 0.5
MAX_ARTICLE_CHARACTERS = 4_000
"""A page with so much text of its own tells something, whatever else is on it."""
MAX_LINKS = 5_000
_LIST_KINDS = frozenset(("CollectionPage", "ItemList", "SearchResultsPage"))
_LIST_TYPES = frozenset(("website", "blog", "profile"))


def seen(look: Look) -> str | None:
    """Return what shows that a page lists articles."""
    if look.claims_article or look.characters > MAX_ARTICLE_CHARACTERS or _dated(look):
        return None
    headlines = _headlines(look)
    if len(headlines) < LEAST_HEADLINES:
        return None
    told = f"and {len(headlines)} headlines on it are links"
    address = canonical(look.url)
    if address and is_home(address):
        return f"It is the site's home page, {told}."
    share = _linked_share(look.text, headlines)
    if share >= LEAST_LINKED_SHARE:
        return f"Of its text {share:.0%} are links, {told}."
    kinds = sorted(_LIST_KINDS & look.meta.linked.kinds)
    if kinds and look.meta.first("og:type").lower() in _LIST_TYPES and share >= 0.25:
        return f"It calls itself {kinds[0]}, {told}."
    return None


def _dated(look: Look) -> bool:
    """Tell whether the page has a date of publication, as articles have and lists have not."""
    return look.meta.published(now()) is not None


def _headlines(look: Look) -> set[str]:
    """Return the texts of links that are long enough for headlines."""
    texts = (one_line("".join(a.itertext())) for a in look.tree.xpath("//a[@href]")[:MAX_LINKS])
    return {text for text in texts if len(text) >= MIN_HEADLINE_CHARACTERS}


def _linked_share(text: str, headlines: set[str]) -> float:
    """Return how much of a text stands in lines that are links."""
    lines = [line.strip("-•* ") for line in text.split("\n")]
    linked = sum(len(line) for line in lines if line in headlines)
    return linked / max(sum(map(len, lines)), 1)
