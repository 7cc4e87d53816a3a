"""The rejects of one reason, and one of them with the beginning of what was kept."""

from typing import Any
from unicodedata import category
from urllib.parse import quote

from dashboard.figures import Ask, Column, Figure, NotThere, figure
from dashboard.pages import page
from dashboard.pages.rejects import MEANING, UNTRIED, chosen, reject_trend
from dashboard.paging import Part

SHOWN_BYTES = 20_000
EXAMPLES = 50


@page("/rejects/{reason}", "reason.html", windowed=True)
def page_of_reason(ask: Ask) -> dict[str, Any]:
    """Fill the page of one reason."""
    reason = ask.text("reason", 80)
    part = Part.of(ask, "window", "source", size=EXAMPLES)
    examples = reject_examples(part)
    if reason not in MEANING and not examples.rows:
        raise NotThere(f"There is no reason {reason!r}.",
                       "Those that occur are listed under /rejects.")  # fmt: skip
    return {
        "reason": reason, "meaning": MEANING.get(reason, "No meaning of it is known any more."),
        "trend_of": reject_trend(ask), "sources": reject_sources(ask), "examples": examples,
        "part": part, "untried": reason in UNTRIED, "source": ask.text("source", 4000),
    }  # fmt: skip


@page("/rejects/{reason}/{item}", "reject.html")
def page_of_reject(ask: Ask) -> dict[str, Any]:
    """Fill the page of one reject."""
    found = reject(ask)
    if not found.rows:
        raise NotThere(f"There is no reject {ask.text('item', 80)!r} for this reason.",
                       "It may have been mended meanwhile: see /rejects.")  # fmt: skip
    row = found.one
    return {"figure": found, "row": row, "meaning": MEANING.get(row["reason"], ""),
            "trace": f"/trace?url={quote(row['uri'] or row['locator'] or '', safe='')}",
            "text": readable(row["start"] or b""), "untried": row["reason"] in UNTRIED}  # fmt: skip


def readable(start: bytes) -> str | None:
    """Return the beginning of some bytes as text, None where they are no text."""
    if b"\0" in start:
        return None
    try:
        # The cut may go through a character of up to four bytes.
        return start.decode("utf-8", "strict" if len(start) < SHOWN_BYTES else "ignore")
    except UnicodeDecodeError:
        text = start.decode("latin-1")
        odd = sum(category(char) == "Cc" and char not in "\t\n\r\f" for char in text)
        return text if odd * 50 <= len(text) else None


@figure("reject_sources")
def reject_sources(ask: Ask) -> Figure:
    """Ask for the sources that have most of them."""
    given = chosen(ask)
    return ask.figure(
        "reject_sources", "By source",
        (Column("source", "Source", link="/sources/{source}"),
         Column("standing", "Standing", "number"), Column("first_at", "First", "ago", wide=True),
         Column("last_at", "Last", "ago"),),
        empty="None.", query=given, reason=given.get("reason", ""), source=given.get("source", ""),
    )  # fmt: skip


@figure("reject_examples")
def reject_examples(ask: Ask) -> Figure:
    """Ask for the rejects of a reason, the latest first."""
    given = chosen(ask)
    return ask.figure(
        "reject_examples", "Those that stand",
        (Column("locator", "What", "brief", "/rejects/{reason}/{item_id}"),
         Column("detail", "Detail", "brief"),
         Column("source", "Source", "brief", "/sources/{source}", wide=True),
         Column("payload_bytes", "Bytes", "number", wide=True),
         Column("rejected_at", "When (UTC)", "moment", wide=True)),
        empty="None: every item that was rejected so could be used later.",
        query=given, reason=given.get("reason", ""), source=given.get("source", ""),
    )  # fmt: skip


@figure("reject")
def reject(ask: Ask) -> Figure:
    """Ask for one reject with the beginning of its content."""
    reason, item = ask.text("reason"), ask.text("item")
    return ask.figure("reject", "Reject", query={"reason": reason, "item": item},
                      reason=reason, item=item, bytes=SHOWN_BYTES)  # fmt: skip
