"""Paywall stubs: the first lines of an article, and an offer.

Most pages that are not free hold the whole text all the same: that they say so proves nothing. It
takes a text that is cut off, too.
"""

import re

from newsloom.extract.texts import one_line, word_count
from newsloom.extract.walls.look import Look, measure, phrases

STUB_CHARACTERS = 600
"""So short a text, of a page that says it is not free, is only the beginning."""
CUT_CHARACTERS = 1_500
"""Up to so many, where the text breaks off or an offer is on the page."""
MAX_OFFER_CHARACTERS = 120
"""A line of the text that is an offer is no longer than this."""
LEAST_SHARE_OF_WORDS = 0.5
MIN_DECLARED_WORDS = 150
_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[\.\.\.\]|\[…\])\W*$")
_ENDS = re.compile(r"[.!?。！？…”»\"'）)\]:।۔]\s*$")
_OFFER = phrases(
    r"(?:subscribe|sign up|log ?in|register)(?: now| today)? (?:to|and|for) (?:continue|keep|read|"
    r"access|unlock)", r"(?:continue|keep) reading (?:this|with|for|the full)",
    r"(?:only|exclusively|reserved|available) (?:to|for) (?:our )?(?:subscribers|members)",
    r"subscriber[- ](?:only|exclusive)", r"already (?:a )?(?:subscriber|subscribed)",
    r"you have (?:reached|read) (?:your|all)", r"free articles? (?:left|remaining)",
    r"this (?:article|content|story) is (?:only )?(?:for|exclusive)",
    r"(?:weiterlesen|weiter lesen) mit", r"(?:jetzt|sofort) weiterlesen", r"nur für abonnent",
    r"(?:artikel|inhalt) (?:exklusiv )?(?:ist )?(?:nur )?für (?:\w+[- ])?abonnent",
    r"bereits (?:\w+[- ])?abonnent", r"(?:noch )?kein abo\b", r"abo abschließen",
    r"\bjetzt testen\b",
    r"réservé (?:à|aux) (?:nos |l['’])?abonné", r"(?:déjà|pas encore) abonné",
    r"pour lire la suite", r"la suite de (?:cet|l['’])", r"il vous reste \d+ ?%",
    r"(?:exclusivo|solo|sólo|reservado) para (?:nuestros )?su(?:s)?criptores",
    r"ya eres suscriptor",
    r"suscríbete para (?:seguir|continuar|leer)", r"para seguir leyendo",
    r"(?:exclusivo|só) para assinantes", r"já é assinante", r"continue lendo",
    r"(?:riservato|solo per) (?:agli |gli )?abbonati", r"per continuare a leggere",
    r"sei già abbonato",
    r"(?:exclusief|alleen) voor abonnees", r"verder lezen", r"al abonnee",
    r"(?:endast|bara|för) prenumerant", r"(?:logga in|bli prenumerant) för att", r"läs vidare med",
    r"(?:kun|bare) for abonnent", r"kræver abonnement", r"vain tilaajille",
    r"(?:dla|tylko dla) (?:subskrybent|prenumerator|abonent)", r"czytaj dalej z",
    r"(?:только )?для подписчиков", r"оформите подписку", r"доступно лише передплатникам",
    r"(?:有料)?会員(?:限定|の方)", r"この記事は(?:有料|会員)",
    r"続きを読むには", r"残り\s?\d+\s?文字",
    r"仅限(?:订阅|会员)|訂閱(?:後|以)繼續", r"구독자? ?(?:전용|회원)", r"khusus pelanggan",
)  # fmt: skip


def seen(look: Look) -> str | None:
    """Return what shows that only the beginning of an article is there for all to read."""
    if not look.text or look.meta.linked.is_free is True or look.characters > CUT_CHARACTERS:
        return _too_few_words(look)
    free = look.meta.linked.is_free
    suspected = free is False or look.paywalled
    body, offered = _split(look.text)
    cut = _is_cut(body)
    so_far = f"the text has {look.characters} characters"
    stub = offered and not look.claims_article and look.characters <= STUB_CHARACTERS
    offer = offered or _outside(look, body)
    if offer and (suspected or cut or stub):
        return f'The page says "{offer[:80]}", and {so_far}.'
    if suspected and cut:
        return f"The page is not free to read, {so_far}, and it breaks off."
    if free is False and look.characters <= STUB_CHARACTERS:
        return f"The page says that it is not free to read, and {so_far}."
    return _too_few_words(look)


def _split(text: str) -> tuple[str, str]:
    """Return a text without the offer in short lines at its end, and the offer, "" for none."""
    lines = text.rstrip().split("\n")
    offered = ""
    while len(lines) > 1:
        line = lines[-1].strip()
        offer = _OFFER.search(line) if len(line) <= MAX_OFFER_CHARACTERS else None
        if line and offer is None:
            break
        offered = offer[0] if offer else offered
        lines.pop()
    return "\n".join(lines), offered


def _is_cut(text: str) -> bool:
    last = text.rstrip().rpartition("\n")[2]
    return bool(_CUT_OFF.search(last)) or (measure(last) > 60 and not _ENDS.search(last))


def _outside(look: Look, body: str) -> str:
    """Return an offer that stands soon after the text, not in it nor in the page's foot."""
    seen, told = look.seen_above_foot, one_line(body)
    end = seen.rfind(told[-40:])
    for offer in _OFFER.finditer(seen):
        near = end < 0 or abs(offer.start() - end) < CUT_CHARACTERS
        if near and offer[0] not in told:
            return offer[0]
    return ""


def _too_few_words(look: Look) -> str | None:
    """Return how many words are missing of those that the page says it has."""
    if not look.text or look.meta.linked.is_free is not False:
        return None
    declared = look.meta.linked.text("wordCount") or str(look.meta.linked.number("wordCount"))
    count, found = int(declared) if declared.isdigit() else 0, word_count(look.text)
    if count >= MIN_DECLARED_WORDS and found < LEAST_SHARE_OF_WORDS * count:
        return f"The page says that it is not free and has {count} words; {found} are there."
    return None
