"""The stage that removes articles on request: tombstones, and what stands around them settled."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from newsloom import ids
from newsloom.discover.addresses import checked, looks_like_url
from newsloom.errors import InputError, UsageError
from newsloom.events import MARKS
from newsloom.extract.spellings import variants
from newsloom.extract.urls import is_home
from tasks import copies, events, stories, tag
from tasks.context import Context, utc_now
from tasks.removed import loose_spelling, one_spelling
from tasks.stage import stage
from warehouse import groups, known, removals
from warehouse.commit import Commit
from warehouse.groups import one_column
from warehouse.query import Queryable

MOST_ARTICLES = 5
"""So many are named in a message when a text is not clear."""


class Target(NamedTuple):
    """What one argument of a removal means."""

    text: str
    address: str | None  # canonical, where the text is an address
    articles: tuple[str, ...]
    """Articles here with that id, path or address, removed ones too; for an address without any,
    the id that its article would have."""


def resolve(source: Queryable, texts: Sequence[str]) -> list[Target]:
    """Return what each of the texts means.

    Raises UsageError for one that means nothing here and is no address either.
    """
    return [_resolved(source, text.strip()) for text in dict.fromkeys(texts)]


def _resolved(source: Queryable, text: str) -> Target:
    if looks_like_url(text):
        return _address(source, text)
    found = removals.articles_named(source, text, str(Path(text).absolute()), ())
    if not found:
        raise UsageError(
            f"No article has the id or path {text!r}.",
            "Give an article's id, the path it was read from, or a whole http(s) address, which "
            "need not be known yet.",
        )
    if len(found) > 1:
        listed = ", ".join(found[:MOST_ARTICLES])
        raise UsageError(f"{text!r} fits several articles: {listed}.", "Give a whole id.")
    return Target(text, None, tuple(found))


def _address(source: Queryable, text: str) -> Target:
    try:
        address = one_spelling(checked(text))
    except InputError as error:
        raise UsageError(f"{text!r} is no address of an article: {error.detail}") from error
    if address is None:
        raise UsageError(f"{text!r} is no web address.")
    if is_home(address):
        raise UsageError(
            f"{text!r} is a site's front page, no article.", "Give the address of the article."
        )
    found = removals.articles_named(source, text, text, {text, *variants(address)})
    absent = ids.article_id(canonical_url=address, source="", external_id=None, uri=address)
    return Target(text, address, tuple(found) or (absent,))


@stage("remove")
def remove(
    context: Context, commit: Commit, targets: Sequence[Target], reason: str
) -> list[dict[str, Any]]:
    """Write the tombstones of the targets, and settle copies, stories and events around them.

    Returns the articles that this removes, as `removals.shown`. To be called inside the commit.
    """
    lake = context.lake
    wanted = {article for target in targets for article in target.articles}
    going = removals.shown(lake, wanted)
    articles = {row["article_id"] for row in going}
    current = known.articles(lake, one_column("article_id", articles))
    contents = set(current["content_id"].to_pylist())
    group = groups.copy_group(lake, contents)["article_id"].to_pylist()
    before = groups.copies_of(lake, group)
    commit.append("tombstones", removals.tombstones(_tombstones(context, targets, reason)))
    if articles:
        _settle(context, commit, articles, contents, before)
    return going


def _settle(
    context: Context,
    commit: Commit,
    articles: set[str],
    contents: set[str],
    before: dict[str, str],
) -> None:
    """Settle what is left. before: which articles copied which, before the tombstones."""
    changed = copies.settle_copies(context, commit, contents)
    after = groups.copies_of(context.lake, before)
    freed = {a for a in before if a not in after and a not in articles}
    # The views free a removed article's copies by themselves; written too, it can be traced.
    commit.append("copies", _freed(freed - changed.keys()))
    tag.write_tags(context, commit, {})
    fresh = freed | {article for article, original in changed.items() if not original}
    touched = articles | freed | changed.keys()
    gone = {article: _heir(article, before, after) for article in articles}
    stories.settle_stories(context, commit, fresh, touched, gone)
    events.settle_events(context, commit, fresh | articles, MARKS.empty_table())


def _heir(article: str, before: dict[str, str], after: dict[str, str]) -> str | None:
    """Return the article that now stands for the copies of a removed one."""
    left = sorted(copy for copy, original in before.items() if original == article)
    heirs = [after.get(copy, copy) for copy in left]
    return next((heir for heir in heirs if heir != article), None)


def _freed(articles: set[str]) -> pa.Table:
    return one_column("article_id", sorted(articles))


def _tombstones(
    context: Context, targets: Sequence[Target], reason: str
) -> Iterable[dict[str, Any]]:
    """Yield the rows: an article once for each spelling of each address it was found at."""
    addresses = _addresses(context.lake, targets)
    spelt = {loose_spelling(place): a for a, places in addresses.items() for place in places}
    spelt.pop(None, None)
    for uri, *others in removals.reject_places(context.lake):
        # A reject is hidden by what stands in it as it stands: SQL knows one spelling only.
        owner = next((spelt[s] for p in (uri, *others) if (s := loose_spelling(p)) in spelt), None)
        if owner:
            addresses[owner].add(uri)
    at = utc_now()
    for article, places in addresses.items():
        for place in (*sorted(places),) or (None,):
            yield {"article_id": article, "url": place, "reason": reason, "removed_at": at}


def _addresses(source: Queryable, targets: Sequence[Target]) -> dict[str, set[str]]:
    """Return, for each article, its addresses in the spelling that counts and as they stand."""
    found: dict[str, set[str]] = {}
    for target in targets:
        for article in target.articles:
            found.setdefault(article, set()).update(filter(None, [target.address]))
    for row in removals.places(source, found):
        address = one_spelling(row["place"])
        if address is None:
            found[row["article_id"]].add(row["place"])  # a file: hides what was rejected of it
        elif not is_home(address):
            found[row["article_id"]] |= {address, row["place"]}
    return found
