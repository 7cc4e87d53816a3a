"""The countries and territories of ISO 3166, under the names that English news calls them by.

countries.csv holds public facts: ISO code, Wikidata id, short English name (as the Unicode CLDR
has it), a point near the middle in degrees, demonyms and other names.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from newsloom.entities.gazetteer import Gazetteer
from newsloom.entities.names import fold

_FILE = Path(__file__).with_name("countries.csv")

NAMES_OF_OTHER_THINGS = frozenset(
    {"chad", "china", "georgia", "grenada", "guinea", "holland", "ireland", "israel", "jersey",
     "jordan", "kenya", "macedonia", "montserrat", "reunion", "samoa", "st martin",
     "saint martin", "st helena", "saint helena", "st lucia", "saint lucia", "trinidad",
     "png", "polish", "turkey", "dominica", "antigua", "america", "malta", "france", "congo"}
)  # fmt: skip
"""Countries that share their name with people, places or things: alone, the word proves little."""

_HOMONYM_EVIDENCE = {
    "georgia": frozenset({"georgian", "georgians", "tbilisi", "abkhazia", "south ossetia",
                          "armenia", "azerbaijan", "caucasus"}),
    "jersey": frozenset({"guernsey", "saint helier", "st helier", "channel islands"}),
}  # fmt: skip
"""What else an article names when it means the country and not the state of the same name."""

_SHORT_NAME_LENGTH = 3
_SHORTEST_SAFE_DEMONYM = 5


@dataclass(frozen=True, slots=True)
class Country:
    """One country or territory. Coordinates are degrees north and east."""

    code: str
    wikidata_id: str
    name: str
    latitude: float
    longitude: float
    demonyms: tuple[str, ...]
    aliases: tuple[str, ...]


@cache
def by_code() -> dict[str, Country]:
    """Return every country by its ISO 3166-1 alpha-2 code."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: _country(row) for row in csv.DictReader(lines)}


def _country(row: dict[str, str]) -> Country:
    return Country(
        code=row["code"],
        wikidata_id=row["wikidata_id"],
        name=row["name"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        demonyms=tuple(filter(None, row["demonyms"].split(";"))),
        aliases=tuple(filter(None, row["aliases"].split(";"))),
    )


@cache
def _names() -> dict[str, str]:
    return {
        fold(name): country.code
        for country in by_code().values()
        for name in (country.name, *country.aliases)
    }


@cache
def _demonyms() -> dict[str, str]:
    return {
        fold(form): country.code
        for country in by_code().values()
        for demonym in country.demonyms
        for form in (demonym, demonym + "s")
    }


def named(surface: str) -> Country | None:
    """Return the country that has `surface` among its English names."""
    if _is_pronoun_not_acronym(surface):
        return None
    return by_code().get(_names().get(fold(surface), ""))


def called_after(surface: str) -> Country | None:
    """Return the country whose people or things are called `surface`, such as French."""
    return by_code().get(_demonyms().get(fold(surface), ""))


def is_any(surface: str) -> bool:
    """Tell whether `surface` is a country's name or demonym."""
    return named(surface) is not None or called_after(surface) is not None


def _is_pronoun_not_acronym(surface: str) -> bool:
    """Tell "Us" and "us" from "US"."""
    return len(surface) <= _SHORT_NAME_LENGTH and not surface.isupper()


def needs_evidence(surface: str, others: frozenset[str]) -> bool:
    """Tell whether `surface` is probably a namesake, given the folded names in the article."""
    evidence = _HOMONYM_EVIDENCE.get(fold(surface))
    return evidence is not None and not (evidence & others)


@cache
def gazetteer() -> Gazetteer:
    """Return all English names and demonyms of countries, the doubtful ones included."""
    names: dict[str, str] = {}
    for country in by_code().values():
        for demonym in country.demonyms:
            names[demonym] = names[demonym + "s"] = country.code
    for country in by_code().values():
        names |= dict.fromkeys((country.name, *country.aliases), country.code)
    return Gazetteer(names)


def is_telling(surface: str) -> bool:
    """Tell whether the bare word can be trusted to mean the country, without the tagger's word."""
    folded = fold(surface)
    if folded in NAMES_OF_OTHER_THINGS:
        return False
    return folded in _names() or len(folded) >= _SHORTEST_SAFE_DEMONYM
