"""Parts of the world that are no country: "West African" names the same place as "West Africa"."""

import re

from newsloom.entities.names import fold

_NOUNS = {
    "african": "Africa", "american": "America", "asian": "Asia",
    "european": "Europe", "english": "England", "scottish": "Scotland", "scots": "Scotland",
    "welsh": "Wales", "middle eastern": "Middle East", "caribbean": "Caribbean",
    "balkan": "Balkans", "baltic": "Baltics", "scandinavian": "Scandinavia",
}  # fmt: skip

_DIRECTIONS = {
    "west": "West", "western": "West", "east": "East", "eastern": "East", "north": "North",
    "northern": "North", "south": "South", "southern": "South", "central": "Central",
    "latin": "Latin", "southeast": "Southeast", "northeast": "Northeast", "sub saharan":
    "Sub-Saharan", "northwest": "Northwest", "southwest": "Southwest",
}  # fmt: skip

VAGUE = frozenset(_DIRECTIONS) | {
    "westerner", "westerners", "southerner", "southerners", "northerner", "northerners",
    "region", "world", "earth", "country", "nation", "state", "city", "capital", "continent",
}  # fmt: skip
"""Words that name a place or people only for the reader who knows from where one looks."""

_NAMED = re.compile(
    r"\b(?:West|East|North|South|Southeast|Central|Latin|Middle|Sub-Saharan|North-?[Ee]ast|"
    r"North-?[Ww]est|South-?[Ww]est|Western|Eastern|Northern|Southern|South-?[Ee]ast)[ -]"
    r"(?:Africa|America|Asia|Europe|East|Eastern|African|American|Asian|European)s?\b"
)


def ranges(text: str) -> list[tuple[int, int]]:
    """Return where `text` names a part of a continent, with capital letters throughout."""
    return [match.span() for match in _NAMED.finditer(text)]


def of(surface: str) -> str | None:
    """Return the region that is named, or whose people are called, `surface`."""
    folded = fold(surface)
    for form in (folded, folded.removesuffix("s")):
        direction, _, rest = form.rpartition(" ")
        if form in _NOUNS and form != "american":  # Americans are of the United States
            return _NOUNS[form]
        if direction in _DIRECTIONS and rest in _NOUNS:
            return f"{_DIRECTIONS[direction]} {_NOUNS[rest]}"
    return None
