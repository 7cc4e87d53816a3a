"""What a page declares about itself: its address, when it was published and changed, its names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from newsloom.extract.dates import Moment, doubt_of, parse_date
from newsloom.extract.linked import Linked, Tree

MAX_CONTENTS = 50
# Most exact first. All mean the first publication, none a later change.
_PUBLISHED_NAMES = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "article.published", "cxenseparse:recs:publishtime",
    "publish-date", "publishdate", "publication_date", "pubdate", "date.issued", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "date",
)  # fmt: skip
_UPDATED_NAMES = (
    "article:modified_time", "og:modified_time", "og:updated_time", "og:article:modified_time",
    "datemodified", "article.updated", "dcterms.modified", "dc.date.modified", "last-modified",
    "lastmod", "revised",
)  # fmt: skip


class PageMeta:
    """The `meta` elements of a page and its linked data, read once."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.linked = Linked(tree)
        self._named: dict[str, list[str]] = defaultdict(list)
        for meta in tree.iterfind(".//meta[@content]"):
            name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
            contents = self._named[name.strip().lower()[:100]]
            if (content := meta.get("content", "").strip()) and len(contents) < MAX_CONTENTS:
                contents.append(content)

    def all(self, name: str) -> list[str]:
        """Return what is said under a name, in order."""
        return self._named.get(name, [])

    def first(self, *names: str) -> str:
        """Return what the first name that says anything says, else ""."""
        return next((self._named[n][0] for n in names if self._named.get(n)), "")

    def addresses(self) -> list[str]:
        """Return the addresses that a page gives for itself, most trusted first."""
        links = self.tree.xpath("//link[translate(@rel,'CANOIL','canoil')='canonical']/@href")
        return [str(url) for url in (*links[:1], *self.all("og:url")[:1])]

    def published(self, read_at: datetime) -> Moment | None:
        """Return when the page, read then, says that it was first published."""
        return _best(self._statements("datePublished", _PUBLISHED_NAMES), read_at)

    def updated(self, read_at: datetime) -> Moment | None:
        """Return when the page, read then, says that it last changed."""
        return _best(self._statements("dateModified", _UPDATED_NAMES), read_at)

    def _statements(self, key: str, names: Iterable[str]) -> Iterator[str]:
        yield from self.linked.dates(key)
        yield from (self._named[name][0] for name in names if self._named.get(name))
        if key == "datePublished":
            yield from map(str, self.tree.xpath("//time[@pubdate]/@datetime")[:1])
        for attribute in ("datetime", "content"):
            yield from map(str, self.tree.xpath(f"//*[@itemprop='{key}']/@{attribute}")[:1])


def _best(statements: Iterable[str], read_at: datetime) -> Moment | None:
    """Return the first of several statements; an exact one, without a doubt, comes first."""
    found = [moment for text in statements if (moment := parse_date(text))]
    return min(
        found, key=lambda m: (bool(doubt_of(m, read_at)), m.precision != "second"), default=None
    )
