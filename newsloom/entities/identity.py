"""Which entity a surface stands for, given all that one article says: the canonical form.

An entity's id depends on nothing but the article at hand, so that it is the same whatever else
was ever read: a country has its Wikidata id, all else a digest of its type and folded name.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from newsloom import ids
from newsloom.entities import countries, regions
from newsloom.entities.acronyms import Definition
from newsloom.entities.countries import Country
from newsloom.entities.names import fold, is_acronym, word_set
from newsloom.entities.people import People
from newsloom.entities.spans import TYPES
from newsloom.vocabulary import EntityType

_PLACES = frozenset({"GPE", "LOC"})
_DEMONYM_LABELS = _PLACES | {"NORP"}
_NOT_PEOPLE = frozenset({"ORG", "WORK_OF_ART", "PRODUCT", "FAC", "EVENT", "LAW", "NORP"})
_LEGAL_FORMS = word_set("inc corp corporation co ltd plc llc gmbh")
_RANK = {
    type_: rank
    for rank, type_ in enumerate(
        (EntityType.PLACE, EntityType.PERSON, EntityType.ORGANISATION, EntityType.GROUP,
         EntityType.EVENT, EntityType.WORK)
    )
}  # fmt: skip
"""Between types that the tagger gave a name equally often, the one it is surer of wins."""


@dataclass(frozen=True, slots=True)
class Named:
    """A surface in the article, with the tagger's label."""

    surface: str
    label: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What a surface stands for. `key` is what the id is made from; a country has no need of it."""

    type: EntityType
    key: str
    country: Country | None = None
    name: str = ""  # where it is not simply the commonest surface

    @property
    def entity_id(self) -> str:
        """Return the Wikidata id of a country, else a digest of type and key."""
        return self.country.wikidata_id if self.country else ids.entity_id(self.type, self.key)


class Resolver:
    """Knows the people, countries, acronyms and habits of one article."""

    def __init__(self, named: Iterable[Named], definitions: Mapping[str, Definition]) -> None:
        named = list(named)
        self._people = People(entry.surface for entry in named if entry.label == "PERSON")
        self._folded = frozenset(fold(entry.surface) for entry in named)
        self._as_place = {fold(entry.surface) for entry in named if entry.label in _PLACES}
        self._acronyms = {fold(acronym): entry for acronym, entry in definitions.items()}
        self._long_forms = {fold(entry.long_form): entry for entry in definitions.values()}
        self._votes: dict[str, Counter[EntityType]] = {}
        for entry in named:
            votes = self._votes.setdefault(fold(entry.surface), Counter())
            votes[TYPES[entry.label]] += 1

    def identify(self, entry: Named) -> Identity | None:
        """Return what `entry` stands for, or None if that is nothing in particular."""
        folded = fold(entry.surface)
        if not folded or (entry.label in _DEMONYM_LABELS and folded in regions.VAGUE):
            return None
        definition = self._definition(entry.surface, folded)
        country = self._country(entry) or (definition and countries.named(definition.long_form))
        if country:
            return Identity(EntityType.COUNTRY, country.code, country, country.name)
        if definition:
            return self._defined(definition)
        if self._is_person(entry, folded):
            return Identity(EntityType.PERSON, " ".join(self._people.resolve(entry.surface)))
        return self._other(entry, folded)

    def _definition(self, surface: str, folded: str) -> Definition | None:
        found = self._acronyms.get(folded) if is_acronym(surface) else None
        if found is None and surface in {entry.acronym for entry in self._acronyms.values()}:
            found = self._acronyms[folded]
        return found or self._long_forms.get(folded)

    def _defined(self, definition: Definition) -> Identity:
        """Identify by the acronym if that says it all, else by the long form."""
        long_form = fold(definition.long_form)
        voted = self._voted(long_form) if long_form in self._votes else None
        kinds = (EntityType.EVENT, EntityType.WORK)
        type_ = voted if voted in kinds else EntityType.ORGANISATION
        name = definition.acronym if definition.is_unique else definition.long_form
        return Identity(type_, fold(name), name=name)

    def _country(self, entry: Named) -> Country | None:
        """Return the country only where the tagger, or the word itself, leaves no doubt."""
        country = countries.named(entry.surface)
        if entry.label in _DEMONYM_LABELS:
            country = country or countries.called_after(entry.surface)
            doubtful = countries.needs_evidence(entry.surface, self._folded)
            return None if doubtful or self._is_namesake(entry.surface) else country
        if entry.label == "PERSON":
            return self._taken_for_person(entry.surface)
        return country if country and countries.is_telling(entry.surface) else None

    def _taken_for_person(self, surface: str) -> Country | None:
        """Return the country that the tagger takes for a person, if nobody is called so."""
        country = countries.named(surface) or countries.called_after(surface)
        sure = fold(surface) in self._as_place or countries.is_telling(surface)
        return country if sure and not self._people.has_part(surface) else None

    def _is_namesake(self, surface: str) -> bool:
        """Tell whether a name like Jordan is the surname of somebody in the article."""
        common = fold(surface) in countries.NAMES_OF_OTHER_THINGS
        return common and self._people.has_surname(surface)

    def _is_person(self, entry: Named, folded: str) -> bool:
        if entry.label == "PERSON":
            return self._people.has_surname(entry.surface) or self._voted(folded) == "person"
        if self._is_namesake(entry.surface):
            return True
        return entry.label in _NOT_PEOPLE and self._people.has_surname(entry.surface)

    def _other(self, entry: Named, folded: str) -> Identity | None:
        region = regions.of(entry.surface) if entry.label in _DEMONYM_LABELS else None
        if region:
            return Identity(EntityType.PLACE, fold(region), name=region)
        type_ = self._voted(folded)
        if type_ is EntityType.GROUP:
            single = _singular(entry.surface)
            return Identity(type_, fold(single), name=single)
        if type_ is EntityType.ORGANISATION:
            bare = _without_legal_form(folded)
            return Identity(type_, bare) if bare not in _LEGAL_FORMS else None
        return Identity(type_, folded)

    def _voted(self, folded: str) -> EntityType:
        """Return the type that the tagger gave this name most often in the article."""
        votes = self._votes[folded]
        return min(votes, key=lambda type_: (-votes[type_], _RANK[type_]))


def _without_legal_form(folded: str) -> str:
    words = folded.split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def _singular(group: str) -> str:
    """Return "Republican" for "Republicans"."""
    if len(group) <= len("Sikhs") - 1 or not group.endswith("s") or group[-2] in "isuS":
        return group
    return group[:-3] + "y" if group.endswith("ies") else group[:-1]
