"""What stands around an article on its page and is none of it: teasers, captions, embedded posts.

Two sides of one job. `Furniture(tree)` looks at the structure before the text is taken out: blocks
that are links as a whole, captions, what other people posted. `without_furniture` then drops their
lines from the text, with lines that say by themselves what they are ("Read more: ...", a byline,
the headline again).
"""

import re
from collections.abc import Iterable

from newsloom.extract.dates import parse_date
from newsloom.extract.headline import folded
from newsloom.extract.linked import Tree

LINK_SHARE = 0.75
LIST_LINK_SHARE = 0.5
MAX_TEASER_CHARACTERS = 800
MAX_CAPTION_CHARACTERS = 600
MAX_LABEL_CHARACTERS = 160
MAX_LONE_LABEL_CHARACTERS = 40
MAX_BLOCKS = 20_000
PARAGRAPH_CHARACTERS = 180
TAIL_SHARE = 0.4
LEAST_KEPT = 0.5
"""If dropping lines leaves less than this share of a text, the rules do not fit the page."""

_EMBEDDED = (
    "//blockquote[contains(@class,'twitter-') or contains(@class,'instagram-')"
    " or contains(@class,'tiktok-') or contains(@class,'bluesky-')] | //figcaption[not(.//p[2])]"
)
_CAPTIONS = (
    "//figcaption | //*[contains(@class,'caption') or contains(@class,'Caption')"
    " or contains(@class,'copyright') or contains(@class,'image-credit')"
    " or contains(@class,'photo-credit') or contains(@itemprop,'copyrightHolder')]"
)
_BLOCKS = " | ".join(
    f"//{tag}[.//a] | //a//{tag}" for tag in ("p", "li", "h2", "h3", "h4", "h5", "h6")
)
# Beginnings of lines that lead elsewhere; the rest of the line is a headline or an address.
_LEADS_AWAY = re.compile(
    r"(?:[-–—•▶►>»→+*]\s*)*(?:"
    r"read (?:more|also|next|the full)|also read|see also|related(?: (?:articles?|stor|topics?))?|"
    r"more (?:from|on|about|stories)|most (?:read|popular)|watch(?: now| more| the video)?:|"
    r"listen(?: now)?:|recommended|sign up|subscribe|follow us|share this|don['’]t miss|"
    r"click here|get the latest|download (?:the|our)|"
    r"lesen sie|lies auch|mehr (?:zum thema|dazu|lesen|von)|auch interessant|weiterlesen|"
    r"das könnte sie auch|zum thema:?|siehe auch|hier geht['’]?s? |jetzt (?:abonnieren|anmelden)|"
    r"lire (?:aussi|la suite|également)|à lire|voir aussi|sur le même sujet|abonnez-vous|"
    r"lea también|leer más|te puede interesar|ver también|más información:|suscríb|"
    r"leia (?:também|mais)|veja também|saiba mais|leggi anche|vedi anche|"
    r"lees (?:ook|meer|verder)|bekijk ook|läs (?:också|mer|även)|les (?:også|mer)|læs (?:også|"
    r"mere)|"
    r"lue (?:myös|lisää)|czytaj (?:też|także|więcej|również)|zobacz (?:też|także|również)|"
    r"čtěte také|přečtěte si|olvassa el|citește și|читайте (?:также|також)|читать также|"
    r"baca (?:juga|selengkapnya)|xem thêm|okuyun|ayrıca oku|関連記事|あわせて読みたい|"
    r"阅读更多|相关(?:新闻|阅读)|延伸閱讀|관련\s?기사"
    r")(?=\W|$)",
    re.IGNORECASE,
)
# What asks readers for their address.
_ASKS = re.compile(
    r"(?:sign up|subscribe|get|join|receive|follow|abonn|inscri|suscr|regist|melden sie|"
    r"erhalten sie|"
    r"holen sie|iscriv|meld je|schrijf|anmäl|tilmeld|zapisz|подпи).{0,160}"
    r"(?:newsletter|inbox|e-?mail|whatsapp|telegram|boletín|рассылк)",
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
    r"\W*(?:photo(?:graph)?|foto|bild|image|picture|quelle|source|crédit|credit|copyright|©|\(c\)|"
    r"getty images|stand|updated?|published|aktualisiert|veröffentlicht)\s*[:©].{0,100}",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|von|par|por|di|door|av|af)\s+\S", re.IGNORECASE)
_STAMP = re.compile(r"[\d.:/\s|,-]{6,40}(?:min|uhr|h|am|pm|gmt|utc)?\.?", re.IGNORECASE)


class Furniture:
    """Lines, folded, that the structure of a page gives away."""

    def __init__(self, tree: Tree) -> None:
        self.lines: set[str] = set()
        for element in tree.xpath(_CAPTIONS)[:MAX_BLOCKS]:
            self._add(element, MAX_CAPTION_CHARACTERS)
        for element in tree.xpath(_BLOCKS)[:MAX_BLOCKS]:
            if _is_teaser(element):
                self._add(element, MAX_TEASER_CHARACTERS)

    def _add(self, element: Tree, limit: int) -> None:
        text = "".join(element.itertext())
        whole = folded(text)
        if len(whole) <= limit:
            self.lines.update(line for part in text.split("\n") if (line := folded(part)))
            self.lines.add(whole)

    def holds(self, line: str) -> bool:
        """Tell whether a line is one of these."""
        return folded(line) in self.lines


def drop_embedded(tree: Tree) -> None:
    """Take programs, and what other people posted, out of a page."""
    for element in tree.xpath(f"{_EMBEDDED} | //script | //style"):
        parent = element.getparent()
        if parent is not None:
            element.tag = "div"
            tail = element.tail
            element.clear()
            element.tail = tail


def _is_teaser(element: Tree) -> bool:
    """Tell whether a block is a link as a whole, inside one or around some."""
    text = _text(element)
    if not text or len(text) > MAX_TEASER_CHARACTERS:
        return False
    if next(element.iterancestors("a"), None) is not None:
        return True
    linked = sum(len(_text(link)) for link in element.iter("a"))
    return linked >= (LIST_LINK_SHARE if element.tag == "li" else LINK_SHARE) * len(text)


def _text(element: Tree) -> str:
    return " ".join("".join(element.itertext()).split())


def without_furniture(
    text: str, furniture: Furniture, titles: Iterable[str], authors: Iterable[str]
) -> str:
    """Return a text without the lines that are none of it."""
    known = {folded(title) for title in titles} | {folded(name) for name in authors}
    lines = _without_tail(text.split("\n"))
    kept = [line for line in lines if not _is_furniture(line, furniture, known)]
    left = "\n".join(kept).strip()
    return left if len(left) >= LEAST_KEPT * len(text) else text


def is_label(line: str) -> bool:
    """Tell whether a short line says by itself that it is no part of the text."""
    return _is_label(line.strip(), set())


def _is_furniture(line: str, furniture: Furniture, known: set[str]) -> bool:
    bare = line.strip()
    if not bare:
        return False
    words = folded(bare)
    if not words or words in known or words in furniture.lines:
        return True
    return len(bare) <= MAX_LABEL_CHARACTERS and _is_label(bare, known)


def _is_label(bare: str, known: set[str]) -> bool:
    """Tell whether a short line says by itself that it is no part of the text."""
    return bool(
        _leads_away(bare)
        or _ASKS.match(bare)
        or _LONE.fullmatch(bare)
        or _CREDIT.fullmatch(bare)
        or _STAMP.fullmatch(bare)
        or _is_byline(bare, known)
        or (len(bare) <= MAX_LONE_LABEL_CHARACTERS and parse_date(bare))
    )


def _leads_away(line: str) -> bool:
    """Tell whether a line leads elsewhere; a whole sentence that only begins alike does not."""
    return bool(_LEADS_AWAY.match(line)) and (":" in line or not line.endswith((".", "!", "。")))


def _is_byline(line: str, known: set[str]) -> bool:
    if not _BYLINE.match(line):
        return False
    name = folded(line.partition(" ")[2])
    return len(line.split()) <= 4 or any(author and author in name for author in known)


def _without_tail(lines: list[str]) -> list[str]:
    """Cut what comes after a heading that says that the article is over."""
    total = sum(map(len, lines))
    passed = 0
    for number, line in enumerate(lines):
        late = passed >= (1 - TAIL_SHARE) * total
        if late and _is_end(line) and not _goes_on(lines[number + 1 :]):
            return lines[:number]
        passed += len(line)
    return lines


def _is_end(line: str) -> bool:
    """Tell whether a line could head what comes after articles."""
    lone = len(line) <= MAX_LONE_LABEL_CHARACTERS
    return lone and bool(_MORE.match(line) or line.strip().casefold() in _ENDS)


def _goes_on(lines: list[str]) -> bool:
    """Tell whether a whole paragraph is among the lines, as of an article that goes on."""
    return any(len(line) > PARAGRAPH_CHARACTERS for line in lines)


_MORE = re.compile(
    r"(?:more (?:from|on|stories)|related (?:articles?|stor|topics?|news)|recommended|most read|"
    r"mehr (?:von|aus)|weitere (?:artikel|themen|meldungen)|à lire aussi|más noticias|"
    r"altri articoli|"
    r"mais notícias|関連記事|相关新闻)(?=\W|$|s\b|ies\b)",
    re.IGNORECASE,
)
_ENDS = frozenset(
    (
        "popular", "most popular", "comments", "kommentare", "commentaires", "comentarios",
        "newsletter", "trending", "latest news", "top stories", "mehr zum thema",
    )
)  # fmt: skip
