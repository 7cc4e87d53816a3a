"""Lines that say by themselves what they are: links elsewhere, credits, bylines, stamps.

A line that is dropped in error is news that is lost, so words that also begin sentences ("Update:
12 people were killed", "Read more slowly, teachers say") are not enough: a link says so with a
colon or is nothing else, a credit holds names only, and none of them ends like a sentence.
"""

import re

from newsloom.extract.headline import folded
from newsloom.stamps import is_lone_date, is_stamp

MAX_LONE_LABEL_CHARACTERS = 40

# Words that lead elsewhere and nothing else, where a colon or the like stands behind them.
_TELLS_TO_READ = (
    r"read (?:more|also|next|the full (?:story|article))|also read|see also|"
    r"lesen sie (?:auch|mehr|dazu)|lies auch|mehr (?:zum thema|dazu|lesen)|auch interessant|"
    r"weiterlesen|das könnte sie auch (?:interessieren)?|siehe auch|zum thema|"
    r"lire (?:aussi|la suite|également)|à lire(?: aussi)?|voir aussi|sur le même sujet|"
    r"lea también|leer más|te puede interesar|ver también|más información|"
    r"leia (?:também|mais)|veja também|saiba mais|leggi anche|vedi anche|"
    r"lees (?:ook|meer|verder)|bekijk ook|läs (?:också|mer|även)|les (?:også|mer)|"
    r"læs (?:også|mere)|lue (?:myös|lisää)|czytaj (?:też|także|więcej|również)|"
    r"zobacz (?:też|także|również)|čtěte také|přečtěte si|olvassa el|citește și|"
    r"читайте (?:также|також)|читать также|baca (?:juga|selengkapnya)|xem thêm|"
    r"ayrıca oku|関連記事|あわせて読みたい|阅读更多|相关(?:新闻|阅读)|延伸閱讀|관련\s?기사"
)
# Such words that begin sentences, too.
_MAY_LEAD = (
    r"read the full|related(?: (?:articles?|stor(?:y|ies)|topics?|news))?|"
    r"more (?:from|on|about|stories)|most (?:read|popular)|recommended|sign up|subscribe|"
    r"follow us|share this|don['’]t miss|click here|get the latest|download (?:the|our)|"
    r"watch(?: now| more| the video)?|listen(?: now)?|lesen sie|mehr von|hier geht['’]?s?|"
    r"jetzt (?:abonnieren|anmelden)|abonnez-vous|suscríb\w*|okuyun"
)
_BULLETS = r"(?:[-–—•▶►>»→+*]\s*)*"
_LINK = re.compile(rf"{_BULLETS}(?:{_TELLS_TO_READ})\s*[:：|»>→–—-]\s*\S", re.IGNORECASE)
_HEADING = re.compile(
    rf"{_BULLETS}(?:{_TELLS_TO_READ}|{_MAY_LEAD})(?: (?:here|hier|ici|aquí))?\s*[:：|»>→.…-]*",
    re.IGNORECASE,
)
_LEADS_AWAY = re.compile(rf"{_BULLETS}(?:{_TELLS_TO_READ}|{_MAY_LEAD})(?=\W|$)", re.IGNORECASE)
# What asks readers for their address.
_ASKS = re.compile(
    r"(?:sign up|subscribe|get|join|receive|follow|abonn|inscri|suscr|regist|melden sie|"
    r"erhalten sie|"
    r"holen sie|iscriv|meld je|schrijf|anmäl|tilmeld|zapisz|подпи).{0,160}"
    r"(?:newsletter|inbox|boletín|рассылк)",
    re.IGNORECASE,
)
_ASKS_BELOW = re.compile(
    r"(?:sign up|subscribe|follow us|join us|abonn|inscri|suscr|iscriv|anmäl|tilmeld|zapisz)"
    r".{0,160}(?:e-?mail|whatsapp|telegram)",
    re.IGNORECASE,
)
# A line of nothing but such words, or one of these.
_LONE = re.compile(
    r"\W*(?:advertisement|advertising|anzeige|werbung|publicité|publicidad|pubblicità|reklam[ae]?|"
    r"share|teilen|partager|compartir|embed|popular|liveblog|newsletter|comments?|kommentare?|"
    r"passer la publicité|thema|topics?|tags?|video|\|)\W*",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\W*?(?:(?:photo(?:graph)?|foto|bild|image|picture|quelle|source|crédit|credit|copyright|"
    r"getty images)\s*[:©]|©|\(c\))\s*(.{1,100})",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|von|par|por|di|door|av|af)\s+\S", re.IGNORECASE)
_STAMP = re.compile(
    r"[\s|,-]*(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2}|"
    r"\d{1,2}:\d{2}(?::\d{2})?)[\d.:/\s|,-]{0,25}(?:min|uhr|h|am|pm|gmt|utc)?\.?",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?。！？।۔…][\"'”’»)\]]*$")
# Small words inside names, and between them.
_SMALL_WORDS = """
    and und et y e i og och en & via of von van der de du la le di da dos del für for by par
    courtesy the c/o at
"""
_PARTICLES = frozenset(_SMALL_WORDS.split())
_MORE = re.compile(
    r"(?:more (?:from|on|stories)|mehr (?:von|aus)|weitere (?:artikel|themen|meldungen))(?=\W|$)"
    r".*|(?:related (?:articles?|stor(?:y|ies)|topics?|news)|recommended(?: for you| stories)?|"
    r"most read|à lire aussi|más noticias|altri articoli|mais notícias|関連記事|相关新闻)\W*",
    re.IGNORECASE,
)
_ENDS = frozenset(
    (
        "popular", "most popular", "comments", "kommentare", "commentaires", "comentarios",
        "newsletter", "trending", "latest news", "top stories", "mehr zum thema",
    )
)  # fmt: skip


def is_label(line: str) -> bool:
    """Tell whether a short line says by itself that it is no part of the text."""
    return is_label_of(line.strip(), set())


def heads_links(line: str) -> bool:
    """Tell whether a line is nothing but a heading for links, such as "Related articles"."""
    bare = line.strip()
    return bool(_HEADING.fullmatch(bare) or is_end(bare))


def leads_away(line: str) -> bool:
    """Tell whether a line is a link elsewhere, and says so: "Read more: Mayor resigns"."""
    bare = line.strip()
    return bool(_LINK.match(bare) or _HEADING.fullmatch(bare))


def is_label_of(bare: str, known: set[str]) -> bool:
    """Tell the same of a line without spaces around it, on a page with known, folded names."""
    return bool(
        leads_away(bare)
        or _ASKS.match(bare)
        or _LONE.fullmatch(bare)
        or _is_credit(bare)
        or _STAMP.fullmatch(bare)
        or is_stamp(bare)
        or _is_byline(bare, known)
        or (len(bare) <= MAX_LONE_LABEL_CHARACTERS and is_lone_date(bare))
    )


def may_lead_away(line: str) -> bool:
    """Tell whether a line below a text leads elsewhere; a sentence that begins alike does not."""
    leads = bool(_LEADS_AWAY.match(line)) and not _SENTENCE.search(line)
    return leads or bool(_ASKS_BELOW.match(line))


def _is_credit(line: str) -> bool:
    """Tell whether a line names who made a picture: names, and no sentence."""
    match = _CREDIT.fullmatch(line)
    return match is not None and not _SENTENCE.search(line) and _are_names(match[1])


def _is_byline(line: str, known: set[str]) -> bool:
    if not _BYLINE.match(line) or _SENTENCE.search(line):
        return False
    rest = line.partition(" ")[2]
    if any(author and author in folded(rest) for author in known):
        return True
    return len(line.split()) <= 4 and not any(map(str.isdigit, rest)) and _are_names(rest)


def _are_names(text: str) -> bool:
    """Tell whether all words could be of names: no small letters, but for `of` and the like."""
    words = text.replace("/", " ").split()
    return all(
        word.casefold() in _PARTICLES or not any(c.isalpha() for c in word) or not word[0].islower()
        for word in words
    )


def is_end(line: str) -> bool:
    """Tell whether a line could head what comes after articles."""
    lone = len(line) <= MAX_LONE_LABEL_CHARACTERS
    ends = _MORE.fullmatch(line.strip()) and not _SENTENCE.search(line)
    return lone and bool(ends or line.strip().casefold() in _ENDS)
