"""Articles out of words of our own: each reads like news, and no two are alike."""

import random
from typing import NamedTuple


def _list(words: str, separator: str | None = None) -> list[str]:
    return [word.strip() for word in words.split(separator)]


_SYLLABLES = _list(
    "bar bel bor cal cor dal den dor fal fen gar gol hal her jor kal kel lan lor mar mel mor "
    "nar nel nor pal pel ral ren ros sal sel sor tal tel tor val ven vor wes yar zel "
)
_ENDS = _list("ton ford wick ham mere by stad burg ville ia port mouth field dale gate ")
_FIRST = _list(
    "Ada Bruno Clara Diego Elsa Farid Greta Hugo Ines Jonas Kamala Lars Mina Nadia Oscar Petra "
    "Quentin Rosa Stefan Tara Ulla Viktor Wanda Yusuf Zora "
)
_BODIES = _list(
    "council | court | ministry | harbour board | fire service | hospital | university | police "
    "| railway | farmers' union | energy agency | weather office | chamber of commerce | museum "
    "| football club | water authority | school board | central bank | airport | orchestra ",
    "|",
)
_THINGS = _list(
    "bridge | reservoir | tram line | budget | vaccine | ferry | power station | archive | "
    "orchard | stadium | library | tunnel | cable | market hall | satellite | glacier | theatre "
    "| greenhouse | lighthouse | quarry | vineyard | observatory | canal | mill | refinery | "
    "nursery | dam | warehouse | chapel | laboratory ",
    "|",
)
_EVENTS = _list(
    "flood strike fire landslide drought election festival trial blackout merger storm recall "
    "shortage earthquake inquiry dispute outbreak auction protest discovery "
)
_PARTS = (
    "The {body} of {place} said on {day} that the {thing} near {other} would {open} after {n} "
    "weeks of work.",
    "{person}, who has led the {body} since {year}, called the {event} a test for the whole "
    "valley of {place}.",
    "Engineers counted {n} faults in the {thing}, most of them on the side that faces {other}.",
    "About {n} people had gathered by noon, and many of them blamed the {event} on the {body}.",
    "According to {person}, repairs will cost {n} million crowns and take until the end of {year}.",
    "In {other}, where the same {event} was feared, schools stayed closed and buses ran empty.",
    "A report that {person} signed in {year} had warned that the {thing} could not last.",
    "The {thing} was built in {year} and has been changed {n} times since, twice after a {event}.",
    "Neighbours brought soup and blankets to the {body}, which had run out of both by evening.",
    "{person} of the {body} denied that anybody had known of the {thing} before the {event}.",
    "Ships now wait off {place} for {n} hours, and fishermen say that they have lost the season.",
    "Prices in {other} rose by {n} percent in a week, faster than during the {event} of {year}.",
    "A court in {place} is to decide on {day} whether the {body} must pay for the {thing}.",
    "Volunteers from {other} measured the {thing} by hand and came to {n} metres, not fewer.",
    "What remains of the {thing} will be shown in {place}, next to finds from the {event} there.",
    "The vote was close: {n} members of the {body} were for it, and {person} spoke against.",
)
_DAYS = _list("Monday Tuesday Wednesday Thursday Friday Saturday Sunday ")
_OPENS = _list(
    "reopen | be closed | be rebuilt | move | be sold | be inspected again | cost more ",
    "|",
)


class Story(NamedTuple):
    """The words of an article: a headline, paragraphs, and who wrote it."""

    title: str
    paragraphs: list[str]
    author: str


def story(host: str, number: int, version: int = 0) -> Story:
    """Return the same words for the same arguments; a later version has a paragraph more."""
    dice = random.Random(f"{host}/{number}")
    names = {
        "place": _place(dice), "other": _place(dice), "person": _person(dice),
        "body": dice.choice(_BODIES), "thing": dice.choice(_THINGS), "event": dice.choice(_EVENTS),
    }  # fmt: skip
    title = f"{names['place']} {names['body']} and the {names['thing']} after the {names['event']}"
    parts = dice.sample(_PARTS, 9)
    sentences = [_filled(part, names, dice) for part in parts]
    paragraphs = [" ".join(sentences[at : at + 3]) for at in range(0, 9, 3)]
    later = random.Random(f"{host}/{number}/later")
    for change in range(version):
        added = _filled(later.choice(_PARTS), names, later)
        paragraphs.append(f"Update {change + 1}: {added} {_filled(_PARTS[2], names, later)}")
    return Story(title, paragraphs, _person(random.Random(f"{host}/{number}/author")))


def _filled(part: str, names: dict[str, str], dice: random.Random) -> str:
    own = {"person": _person(dice)} if dice.random() < 0.5 else {}
    return part.format(
        **(names | own),
        n=dice.randint(3, 980), year=dice.randint(1950, 2025),
        day=dice.choice(_DAYS), open=dice.choice(_OPENS),
    )  # fmt: skip


def _place(dice: random.Random) -> str:
    return (dice.choice(_SYLLABLES) + dice.choice(_SYLLABLES) + dice.choice(_ENDS)).capitalize()


def _person(dice: random.Random) -> str:
    return f"{dice.choice(_FIRST)} {_place(dice)}"
