"""Pages that stand where an article should be: walls, stubs, challenges, lists, and nothing at all.

    wall = check(Look(...))     an InputError with a reason of the vocabulary, or None

A false alarm loses news, so each rule wants two things at once: a sign of what the page is (its
headline, its markup, its words), and that no article was found on it. The detail says what was
seen. Only fetched pages are looked at; what is handed in as a file, a row or a text is not. That a
page is merely too short is said at last, where the text of its feed is of no help either.
"""

from collections.abc import Callable

from newsloom.errors import InputError
from newsloom.extract.walls import challenge, consent, listing, missing, paywall
from newsloom.extract.walls.look import Look
from newsloom.vocabulary import Reason

__all__ = ["Look", "check"]

_RULES: tuple[tuple[Reason, Callable[[Look], str | None]], ...] = (
    (Reason.BOT_CHALLENGE, challenge.seen),
    (Reason.CONSENT_WALL, consent.seen),
    (Reason.SOFT_404, missing.seen),
    (Reason.LIST_PAGE, listing.seen),
    (Reason.PAYWALL, paywall.seen),
)
"""In this order: a challenge may mention cookies, and a wall may be short."""


def check(look: Look) -> InputError | None:
    """Return why a fetched page is no article, None where it may be one."""
    for reason, seen in _RULES:
        if detail := seen(look):
            return InputError(reason, detail)
    return None
