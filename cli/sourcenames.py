"""What new sources are called, and which of an OPML file can be one."""

from newsloom.errors import SettingsError
from newsloom.listings import Outline
from newsloom.listings.words import visible
from newsloom.sources import Source
from newsloom.sources.finding import Offer
from newsloom.sources.source import source_of
from newsloom.vocabulary import SourceKind


def free_name(offer: Offer, present: list[Source]) -> str:
    """Return the title of a list as a name that no other source has."""
    taken = {source.name for source in present}
    base = " ".join(visible(offer.title).split())[:60].strip() or offer.address
    names = (base if n == 1 else f"{base} {n}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def importable(
    outlines: list[Outline], present: list[Source]
) -> tuple[list[Source], list[dict[str, str]]]:
    """Return the sources to add, and what cannot be one: its name, address and why."""
    added: list[Source] = []
    refused: list[dict[str, str]] = []
    addresses = {source.address for source in present}
    for outline in outlines:
        if outline.address in addresses and not outline.refused:
            continue
        offer = Offer(outline.address, SourceKind.FEED, outline.name, ())
        values = {
            "name": free_name(offer, [*present, *added]),
            "kind": str(offer.kind),
            "address": offer.address,
            "tags": list(outline.tags),
        }
        try:
            if outline.refused:
                raise SettingsError(outline.refused)
            added.append(source_of(values, outline.name))
            addresses.add(outline.address)
        except SettingsError as error:
            named = {"name": outline.name, "address": outline.address}
            refused.append({**named, "detail": str(error)})
    return added, refused
