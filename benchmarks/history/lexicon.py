"""The words that a made-up past is written with."""

from typing import NamedTuple


def _split(words: str) -> list[str]:
    return words.split()


class Grammar(NamedTuple):
    """How a sentence of a language is made: form has places for noun, verb, noun and day."""

    nouns: list[str]
    verbs: list[str]
    form: str
    days: list[str]


THEMES = {
    theme: _split(nouns)
    for theme, nouns in {
        "politics": "parliament minister coalition ballot committee reform senate decree mandate",
        "economy": "bank market budget exporter inflation tariff investor factory wage loan",
        "weather": "storm river flood forecast drought harbour levee rescue snow warning",
        "justice": "court judge trial appeal witness verdict lawyer inquiry prosecutor sentence",
        "health": "hospital clinic vaccine doctor patient nurse outbreak laboratory therapy",
        "sport": "team coach final stadium league striker season referee transfer goal",
        "transport": "railway airport bridge tunnel driver ferry motorway timetable station",
        "science": "telescope satellite probe institute sample reactor glacier model sensor",
        "culture": "museum festival theatre orchestra painter novel archive gallery premiere",
        "labour": "union strike worker contract employer shift pension dispute wage walkout",
        "energy": "pipeline grid turbine refinery plant reservoir price coal regulator",
        "farming": "harvest farmer wheat orchard cattle grain drought subsidy dairy vineyard",
    }.items()
}
ADJECTIVES = _split(
    "new local national long-awaited regional former public independent second late"
)
VERBS = _split(
    "approved delayed examined rejected opened criticised defended reviewed cancelled funded"
)
TIMES = [
    "on Monday", "late on Tuesday", "this week", "after months of talks", "before the weekend",
    "for the third time", "despite earlier doubts", "in the early hours",
]  # fmt: skip
SAID = [
    "officials said", "residents reported", "a spokeswoman confirmed", "according to a statement",
]  # fmt: skip
SENTENCES = [
    "The {old} {one} {did} the {two} {when}, {said}.",
    "About {many} people waited near the {one} while the {two} was {did}.",
    '"The {one} will not wait for the {two}," a {old} {three} said {when}.',
    "Earlier plans for the {one} had been {did} by the {old} {two}.",
    "Costs of the {one} rose by {few} percent, and the {two} remains {did}.",
]

OTHER = {
    "de": Grammar(
        _split("Regierung Gemeinde Behörde Polizei Zeitung Brücke Schule Klinik Ernte Bahn"),
        _split("prüfte verschob genehmigte kritisierte eröffnete verteidigte"),
        "Die {0} {1} am {3} die {2}, wie es in der Mitteilung heißt.",
        _split("Montag Dienstag Mittwoch Donnerstag Freitag Wochenende"),
    ),
    "es": Grammar(
        _split("comisión ciudad empresa policía escuela cosecha región huelga clínica carretera"),
        _split("aprobó revisó retrasó rechazó abrió defendió"),
        "La {0} {1} el {3} la propuesta de la {2}, según fuentes oficiales.",
        _split("lunes martes miércoles jueves viernes sábado"),
    ),
    "fr": Grammar(
        _split("commission région ville police école récolte grève clinique banque mairie"),
        _split("approuve examine retarde rejette ouvre défend"),
        "La {0} {1} ce {3} le projet de la {2}, selon un communiqué.",
        _split("lundi mardi mercredi jeudi vendredi samedi"),
    ),
}

FIRST_NAMES = _split(
    "Ada Bruno Clara Dario Elena Felix Greta Hugo Irina Jonas Karin Luca Mina Nils Olga Pavel Rosa "
    "Samir Tara Viktor"
)
LAST_NAMES = _split(
    "Aldon Brack Corvin Delmar Estrup Falk Gorran Hastel Ivers Jarrow Kessel Lindmar Morano Norvik "
    "Osten Pell Quist Rovere Sander Tolland"
)
PLACES = [
    ("Berlin", "DE", 52.52, 13.41), ("Nairobi", "KE", -1.29, 36.82), ("Lima", "PE", -12.05, -77.04),
    ("Oslo", "NO", 59.91, 10.75), ("Osaka", "JP", 34.69, 135.5), ("Quito", "EC", -0.18, -78.47),
    ("Accra", "GH", 5.6, -0.19), ("Riga", "LV", 56.95, 24.11), ("Perth", "AU", -31.95, 115.86),
    ("Turin", "IT", 45.07, 7.69), ("Halifax", "CA", 44.65, -63.58), ("Lyon", "FR", 45.76, 4.84),
]  # fmt: skip
COUNTRIES = [
    ("Germany", "DE", "Q183"), ("Kenya", "KE", "Q114"), ("Peru", "PE", "Q419"),
    ("Norway", "NO", "Q20"), ("Japan", "JP", "Q17"), ("Ecuador", "EC", "Q736"),
    ("Ghana", "GH", "Q117"), ("Latvia", "LV", "Q211"), ("Italy", "IT", "Q38"),
    ("Canada", "CA", "Q16"), ("France", "FR", "Q142"), ("Chile", "CL", "Q298"),
]  # fmt: skip
ORGANISATIONS = [
    "Port Authority", "Rail Union", "Harvest Board", "Civic Alliance", "River Agency",
    "Trade Chamber", "Energy Council", "Health Board", "Lantern Party", "Coast Guard",
]  # fmt: skip
TOWNS = _split(
    "harbour river summit meadow lantern granite orchard beacon valley northern coastal old-town "
    "lakeside central island prairie"
)
PAPERS = _split(
    "gazette courier herald tribune observer chronicle post record dispatch bulletin examiner"
    " ledger"
)
