"""Articles out of words of our own: each reads somewhat like news, and no two are about one thing.

What an article is about are names that nobody else has; the common words between them are drawn at
random, so that two articles share neither phrases nor what is rare.
"""

import random
from typing import NamedTuple


def _list(words: str) -> list[str]:
    return words.split()


_SYLLABLES = _list(
    "bar bel bor cal cor dal den dor fal fen gar gol hal her jor kal kel lan lor mar mel mor "
    "nar nel nor pal pel ral ren ros sal sel sor tal tel tor val ven vor wes yar zel "
)
_ENDS = _list("ton ford wick ham mere by stad burg ville ia port mouth field dale gate ")
_FIRST = _list(
    "Ada Bruno Clara Diego Elsa Farid Greta Hugo Ines Jonas Kamala Lars Mina Nadia Oscar Petra "
    "Quentin Rosa Stefan Tara Ulla Viktor Wanda Yusuf Zora "
)
_NOUNS = _list(
    "bridge reservoir budget vaccine ferry archive orchard stadium library tunnel cable market "
    "satellite glacier theatre lighthouse quarry vineyard canal mill refinery nursery dam chapel "
    "laboratory flood strike fire drought election festival trial merger storm shortage inquiry "
    "dispute auction protest harvest museum airport orchestra council court hospital railway farm "
    "factory school embassy garden prison mine forest castle river harbour road clinic bakery "
)
_VERBS = _list(
    "closed opened sold rebuilt lost praised refused measured inspected repaired moved flooded "
    "painted guarded offered doubled blamed promised delayed cleared named bought rented feared "
    "visited filmed counted planned reached crossed saved divided borrowed cancelled finished "
)
_MANNERS = _list(
    "old new empty crowded wooden northern costly famous quiet broken narrow green distant rusty "
    "private foreign hidden early modern ruined steep coastal frozen popular forgotten disputed "
)
_LINKS = _list("near behind before after without despite beside against across beyond under ")
_DAYS = _list("Monday Tuesday Wednesday Thursday Friday Saturday Sunday ")
SENTENCES, IN_PARAGRAPH = 12, 4


class Story(NamedTuple):
    """The words of an article: a headline, paragraphs, and who wrote it."""

    title: str
    paragraphs: list[str]
    author: str


def story(host: str, number: int, version: int = 0) -> Story:
    """Return the same words for the same arguments; a later version has a paragraph more."""
    dice = random.Random(f"{host}/{number}")
    names = [_place(dice) for _ in range(4)] + [_person(dice) for _ in range(3)]
    title = (
        f"{names[0]} {dice.choice(_VERBS)} its {dice.choice(_MANNERS)} {dice.choice(_NOUNS)} "
        f"{dice.choice(_LINKS)} {names[1]}"
    )
    sentences = [_sentence(names, dice) for _ in range(SENTENCES)]
    paragraphs = [
        " ".join(sentences[at : at + IN_PARAGRAPH]) for at in range(0, SENTENCES, IN_PARAGRAPH)
    ]
    later = random.Random(f"{host}/{number}/later")
    for number in range(1, version + 1):
        told = " ".join(_sentence(names, later) for _ in range(IN_PARAGRAPH))
        paragraphs.append(f"Update {number}: {told}")
    return Story(title, paragraphs, _person(random.Random(f"{host}/{number}/author")))


def _sentence(names: list[str], dice: random.Random) -> str:
    one, two = dice.sample(names, 2)
    thing, other = (f"{dice.choice(_MANNERS)} {dice.choice(_NOUNS)}" for _ in range(2))
    verb, link, day = dice.choice(_VERBS), dice.choice(_LINKS), dice.choice(_DAYS)
    count = dice.randint(3, 980)
    return dice.choice(
        (
            f"On {day} {one} {verb} the {thing} {link} the {other}, and {two} was told.",
            f"{one} said that {count} people had {verb} a {thing} {link} {two}.",
            f"There were {count} of them in {two}, where {one} {verb} one {thing}.",
            f"The {thing} was not {verb} by {one}, but {link} {two} it is a {other}.",
            f"According to {one}, this {thing} will be {verb} for {count} days {link} {two}.",
            f"It was {two} that {verb} the {thing} while {one} went to the {other} on {day}.",
        )
    )


def _place(dice: random.Random) -> str:
    return "".join([*dice.choices(_SYLLABLES, k=2), dice.choice(_ENDS)]).capitalize()


def _person(dice: random.Random) -> str:
    return f"{dice.choice(_FIRST)} {_place(dice)}"
