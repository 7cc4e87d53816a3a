"""The events of an item, from discovery to story, put together from the facts: the trace."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from newsloom.discover.addresses import looks_like_url
from newsloom.errors import UsageError
from newsloom.extract.urls import canonical
from warehouse.changes import changes

Row = dict[str, Any]


class Asked(Protocol):
    """What answers named queries: a published file, or the dashboard's snapshot of one."""

    def rows(self, name: str, **parameters: object) -> list[Row]:
        """Run the named query of queries/ and return its rows."""


def history(news: Asked, text: str) -> Row:
    """Return everything that happened to what `text` names.

    A path or address as it was given, an address it led to, or an article's id or its start.
    items: its readings. article: the article as it is now, None where there is none.
    revisions, memberships: the facts of the articles in it. events: all of it, in order of time.
    """
    path = str(Path(text).absolute())
    address = (canonical(text) if looks_like_url(text) else None) or text
    named = [row["article_id"] for row in news.rows("trace_articles", text=text, address=address)]
    items = news.rows("trace_items", text=text, path=path, address=address, articles=named)
    articles = list(dict.fromkeys([*named, *(r["article_id"] for r in items if r["article_id"])]))
    # The rows of one file are many articles: then the readings alone are shown.
    single = articles[0] if len(articles) == 1 else None
    memberships = news.rows("trace_memberships", article=single) if single else []
    if not items and not memberships:
        raise UsageError(
            f"Nothing named {text!r} was ever ingested here.",
            'See what was with: newsloom sql "SELECT locator, status FROM items"',
        )
    found = news.rows("article", article=single) if single else []
    revisions = news.rows("trace_revisions", article=single) if single else []
    return {
        "items": items,
        "article": found[0] if found else None,
        "revisions": revisions,
        "memberships": memberships,
        "events": sorted(_events(items, revisions, memberships), key=_order),
    }


def _order(event: Row) -> tuple[datetime, int, int]:
    return event.pop("order")  # type: ignore[no-any-return]


def _events(items: list[Row], revisions: list[Row], memberships: list[Row]) -> Iterator[Row]:
    made = {(row["article_id"], row["revision"]): row for row in revisions}
    for item in items:
        yield from _of_item(item, made.get((item["article_id"], item["revision"])))
    stories: list[str] = []
    copying = False
    for row in memberships:
        words = _membership(row, stories[-1] if stories else None, copying)
        if row["what"] == "story":
            stories.append(row["id"])
        elif row["what"] == "copy":
            copying = row["id"] is not None
        if words:
            yield _event(row["at"], 3, row, *words)


def _membership(row: Row, story: str | None, copying: bool) -> tuple[str, str] | None:
    """Return event and words for a change of story or copy; `story` is the one before."""
    what, id_ = row["what"], row["id"]
    if what == "removed":
        return "removed", f"on request: {id_}"
    if what == "copy":
        if id_:
            return "copy", f"{row['kind']} copy of {id_}"
        return ("original", "a copy no more") if copying else None
    if id_ is None:
        return ("left", f"story {story}") if story else None
    return "story", f"moved from {story} to {id_}" if story else f"joined {id_}"


def _of_item(item: Row, revision: Row | None) -> Iterator[Row]:
    """Yield how an item was found, fetched, and how it ended."""
    begin = item["discovered_at"] or item["seen_at"]
    if item["discovered_at"]:
        via = f"via {item['via']}" if item["via"] else f"by {item['flow'] or 'a run'}"
        yield _event(item["discovered_at"], 0, item, "discovered", via, sort=begin)
    if item["fetched_at"]:
        # An archive's pages were fetched long before they were found: told after it all the same.
        after = max(item["fetched_at"], begin)
        yield _event(item["fetched_at"], 1, item, "fetched", _answer(item), sort=after)
    adds = item["status"] in ("new", "revised")
    yield _event(item["seen_at"], 2, item, item["status"], _ending(item)) | {
        "reason": item["reason"],
        "detail": item["detail"],
        "revision": item["revision"],
        "changes": changes(revision) if revision and adds else {},
    }


def _answer(item: Row) -> str:
    words = [str(item["http_status"])] if item["http_status"] else []
    if item["redirects"]:
        words.append(f"over {', '.join(item['redirects'])}")
    if item["final_url"] and item["final_url"] != item["uri"]:
        words.append(f"at {item['final_url']}")
    return " ".join(words) or ("no answer" if item["status"] == "rejected" else item["uri"])


def _ending(item: Row) -> str:
    if item["reason"]:
        return str(item["reason"])
    if item["status"] == "removed":
        return f"{item['kind']}, kept out"
    return f"{item['kind']}, revision {item['revision'] or '–'}"


def _event(
    at: datetime, rank: int, row: Row, event: str, words: str, *, sort: datetime | None = None
) -> Row:
    return {
        "at": at,
        "event": event,
        "what": words,
        "locator": row.get("locator"),
        "run_id": row["run_id"],
        "order": (sort or at, row["commit_id"], rank),
    }
