"""Time stamps and counters: lines of a page that change by themselves.

A stamp is a verb and a moment ("Updated 5 minutes ago") or a moment alone, and nothing else: each
word of it must be one of those that tell times. "Update: 12 people were killed" is news.
"""

import re

from newsloom.extract.dates import parse_date

MAX_CHARACTERS = 120
"""A line that is only a time stamp or a counter is no longer than this."""

_VERB = re.compile(
    r"\W*(?:(?:last|first|zuletzt|dernière|última|ultimo|senast|sist) )?(?:updated?|published|"
    r"posted|modified|stand|aktualisiert|veröffentlicht|actualisée?|mis(?:e)? à jour|publiée?|"
    r"mise à jour|actualizado|actualización|publicado|atualizado|atualização|aggiornato|"
    r"aggiornamento|pubblicato|bijgewerkt|gepubliceerd|uppdaterad|publicerad|oppdatert|publisert|"
    r"opdateret|päivitetty|zaktualizowano|aktualizacja|opublikowano|обновлено|опубликовано|"
    r"оновлено|更新日時|更新时间|更新|公開|发布时间|发布)(?![^\W\d_])",
    re.IGNORECASE,
)
_SPAN = (
    r"(?:\d{1,2}|an?|one|une?|eine[rm]?)\s+(?:seconds?|minutes?|mins?|hours?|hrs?|days?|sekunden?|"
    r"minuten?|stunden?|tage?n?|secondes?|heures?|jours?|segundos?|minutos?|horas?|días?|dias?|"
    r"minut[ioe]|ore|giorni|uur|dagen|minuter|timm?ar|timer|minutter|dag|dage|dager)"
)
# How long ago. `for` and `há` lead other things too, so theirs need what follows them.
_AGO = re.compile(
    rf"\W*(?:(?:vor|il y a|hace|há)\s+{_SPAN}|for\s+{_SPAN}\s+siden|för\s+{_SPAN}\s+sedan|"
    rf"{_SPAN}\s+(?:ago|siden|sedan|geleden|fa|atrás)|just now|gerade eben|à l['’]instant)\W*",
    re.IGNORECASE,
)
_COUNTER = re.compile(
    r"\W*(?:\d[\d.,\s]*[kKmM]?\s*(?:views?|reads?|comments?|shares?|likes?|min(?:ute)?s? read|"
    r"aufrufe|kommentare?|vues|commentaires?|visitas|comentarios?|visualizza\w+|commenti|reacties|"
    r"просмотр\w*|комментари\w*|次浏览|阅读)|(?:views?|comments?|kommentare?|просмотров)"
    r"\s*:?\s*\(?\d[\d.,\s]*[kKmM]?\)?)\W*",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_TIME_WORDS = """
    am pm a p m h min uhr kl klo klokken um at on à le el en de del il alle ore om den der the of
    st nd rd th er utc gmt bst cet cest est edt cst cdt mst mdt pst pdt ist jst msk z et pt ct
    mon monday tue tues tuesday wed wednesday thu thurs thursday fri friday sat saturday sun sunday
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
    lundi mardi mercredi jeudi vendredi samedi dimanche
    lunes martes miércoles jueves viernes sábado domingo
    lunedì martedì mercoledì giovedì venerdì sabato domenica
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    today yesterday heute gestern hier aujourd hui hoy ayer oggi ieri
    jan january januar janvier enero ene janeiro gennaio gen januari styczeń stycznia января січня
    feb february februar février févr febrero fevereiro fev febbraio februari lutego февраля лютого
    mar march märz mrz mars marzo março maart mrt marca марта березня
    apr april avril avr abril abr aprile kwietnia апреля квітня
    may mai mayo maio maggio mag mei maj maja мая травня
    jun june juni juin junio junho giugno giu czerwca июня червня
    jul july juli juillet juil julio julho luglio lug lipca июля липня
    aug august août agosto ago augustus augusti sierpnia августа серпня
    sep sept september septembre septiembre setembro set settembre września сентября вересня
    oct october okt oktober octobre octubre outubro out ottobre ott października октября жовтня
    nov november novembre noviembre novembro listopada ноября листопада
    dec december dez dezember décembre déc diciembre dic dezembro dicembre des desember grudnia
    декабря грудня 年 月 日 時 时 分
"""
_TOLD_BY = frozenset(_TIME_WORDS.split())
# What makes words and figures a moment: a time of day, a date in figures, a day and its month.
_MOMENT = re.compile(
    r"\b\d{1,2}[:.h]\d{2}\b|\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b|"
    r"\d{1,2}\s?月\s?\d{1,2}|\d{1,2}(?:\.|st|nd|rd|th)?\s+(?:de\s+)?[^\W\d_]{3}|"
    r"[^\W\d_]{3,}\.?\s+\d{1,2}\b|\b\d{1,2}\s*[ap]\.?m\b|\b\d{1,2}\s+uhr\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"[%‰€$£¥₹₽₩₺₴]")


def is_stamp(line: str) -> bool:
    """Tell whether a line says when a page was published or changed, and nothing else."""
    bare = line.strip()
    if len(bare) > MAX_CHARACTERS:
        return False
    verb = _VERB.match(bare)
    rest = bare[verb.end() :] if verb else bare
    if not _TOKEN.search(rest):
        return verb is not None
    return bool(_AGO.fullmatch(rest)) or (verb is not None and _is_moment(rest))


def is_lone_date(line: str) -> bool:
    """Tell whether a line is a date and nothing else, in words or figures with their marks."""
    bare = line.strip()
    return len(bare) <= MAX_CHARACTERS and not bare.isdigit() and parse_date(bare) is not None


def is_counter(line: str) -> bool:
    """Tell whether a line counts readers, comments or minutes to read."""
    bare = line.strip()
    return len(bare) <= MAX_CHARACTERS and _COUNTER.fullmatch(bare) is not None


def _is_moment(text: str) -> bool:
    if _AMOUNT.search(text) or not _MOMENT.search(text):
        return False
    return all(_tells_time(token) for token in _TOKEN.findall(text.casefold()))


def _tells_time(token: str) -> bool:
    if token.isdigit():
        return len(token) <= 2 or (len(token) == 4 and token[:2] in ("19", "20"))
    return token in _TOLD_BY
