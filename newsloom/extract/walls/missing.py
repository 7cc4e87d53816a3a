"""Soft 404s: pages that say they are not there, with a status that says they are."""

import re

from newsloom.extract.urls import canonical, is_home
from newsloom.extract.walls.look import Look

MAX_TEXT_CHARACTERS = 800
MAX_NAME_CHARACTERS = 120
# Whole titles, but for words of regret and the number: headlines may hold any of these words.
_REGRET = (
    r"(?:(?:oops|sorry|whoops|ups|hoppla|leider|désolée?|lo sentimos|spiacenti|error|fehler|erreur|"
    r"errore|erro|fel|feil|chyba|błąd|hata|ошибка|помилка|404|http|the|this|that|your|requested|die|"
    r"diese|angeforderte|la|cette|esta|a|ta|den|denne)\b\W*)*"
)
_GONE = re.compile(
    rf"\W*(?:{_REGRET}404\W*(?:error|fehler|page)?|not found|{_REGRET}(?:"
    r"page (?:(?:you|that) .{0,60})?(?:(?:was|could|can)(?: ?not|n?['’]t) (?:be )?found|not found|"
    r"(?:is )?no longer (?:exists?|available)|does(?: not|n['’]t) exist|is missing)|"
    r"something went wrong|"
    r"(?:article|story|content) (?:not found|(?:is )?no longer available|has been removed)|"
    r"seite (?:wurde )?(?:leider )?nicht (?:gefunden|verfügbar|vorhanden)|"
    r"(?:artikel|beitrag|inhalt) (?:ist |wurde )?(?:leider )?nicht (?:mehr )?"
    r"(?:gefunden|verfügbar)|"
    r"page (?:introuvable|non trouvée|n['’]existe (?:pas|plus))|article introuvable|"
    r"página no (?:encontrada|existe|disponible)|página não encontrada|"
    r"pagina (?:non trovata|inesistente|niet gevonden|nu a fost găsită)|"
    r"sidan (?:kunde inte hittas|hittades inte|finns inte|saknas)|"
    r"side(?:n|r)? (?:blev )?(?:ikke fundet|finnes ikke|ble ikke funnet|kunne ikke findes)|"
    r"sivua ei (?:löytynyt|löydy)|nie znaleziono(?: (?:strony|artykułu))?|"
    r"strona nie (?:została znaleziona|istnieje)|"
    r"stránk[ay] (?:nebyla nalezena|nenalezena|neexistuje)|az oldal nem található|"
    r"страница не (?:найдена|существует)|сторінк[аиу] не (?:знайдено|існує)|"
    r"sayfa bulunamadı|halaman tidak ditemukan|không tìm thấy trang|"
    r".{0,8}(?:ページ|記事)(?:は|が).{0,6}見つかり(?:ません)?(?:でした)?|"
    r".{0,8}(?:页面不存在|找不到(?:该|此)?(?:页面|網頁|頁面)|頁面不存在)|"
    r".{0,8}페이지를 찾을 수 없.{0,6}|"
    r"الصفحة غير موجودة|הדף לא נמצא|η σελίδα δεν βρέθηκε"
    r"))(?:\W*\b(?:404|error|fehler))*\W*",
    re.IGNORECASE,
)


def seen(look: Look) -> str | None:
    """Return what shows that there is no such page."""
    if look.characters <= MAX_TEXT_CHARACTERS and not look.claims_article:
        for name in look.titles:
            if len(name) <= MAX_NAME_CHARACTERS and _GONE.fullmatch(name):
                return f'The page is called "{name[:80]}".'
    asked, answered = canonical(look.asked), canonical(look.url)
    if asked and answered and is_home(answered) and not is_home(asked) and not look.claims_article:
        return f"The address leads to the home page {answered}."
    return None
