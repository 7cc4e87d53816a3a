"""Soft 404s: pages that say they are not there, with a status that says they are."""

from newsloom.extract.urls import canonical, is_home
from newsloom.extract.walls.look import Look, phrases

MAX_TEXT_CHARACTERS = 1_500
MAX_NAME_CHARACTERS = 120
_GONE = phrases(
    r"^(?:error|fehler|erreur|errore?|fel|chyba|błąd)?\W*404\b(?!\s*\w+\s+\w+\s+\w+)",
    r"\b404 (?:error|not found|page|fehler)", r"^not found$",
    r"page (?:(?:you \w+ )?(?:was|could|can) ?not (?:be )?found|not found|no longer (?:exists|"
    r"available))",
    r"^(?:oops|sorry|whoops)\b.{0,40}(?:found|exist|gone|wrong|missing)",
    r"(?:article|story|content) (?:not found|(?:is )?no longer available|has been removed)",
    r"seite (?:wurde )?(?:leider )?nicht (?:gefunden|verfügbar|vorhanden)",
    r"(?:artikel|beitrag|inhalt) (?:ist |wurde )?(?:leider )?(?:nicht (?:mehr )?(?:gefunden|"
    r"verfügbar))",
    r"page (?:introuvable|non trouvée|n['’]existe (?:pas|plus))", r"article introuvable",
    r"página no (?:encontrada|existe|disponible)", r"página não encontrada",
    r"pagina (?:non trovata|inesistente|niet gevonden|nu a fost găsită)",
    r"sidan (?:kunde inte hittas|hittades inte|finns inte|saknas)",
    r"side(?:n|r)? (?:blev )?(?:ikke fundet|finnes ikke|ble ikke funnet|kunne ikke findes)",
    r"sivua ei (?:löyt|löydy)", r"(?:nie znaleziono|strona nie (?:została|istnieje))",
    r"stránk[ay] (?:nebyla nalezena|nenalezena|neexistuje)", r"az oldal nem található",
    r"страница не (?:найдена|существует)", r"сторінк[аиу] не (?:знайдено|існує)",
    r"sayfa bulunamadı", r"halaman tidak ditemukan", r"không tìm thấy trang",
    r"(?:ページが|お探しの(?:ページ|記事)(?:は|が)).{0,6}見つかり(?:ません)?",
    r"页面不存在|找不到(?:该|此)?(?:页面|網頁|頁面)|頁面不存在", r"페이지를 찾을 수 없",
    r"الصفحة غير موجودة", r"הדף לא נמצא", r"η σελίδα δεν βρέθηκε",
)  # fmt: skip


def seen(look: Look) -> str | None:
    """Return what shows that there is no such page."""
    if look.characters <= MAX_TEXT_CHARACTERS and not look.meta.linked.is_article:
        for name in look.names:
            if len(name) <= MAX_NAME_CHARACTERS and _GONE.search(name):
                return f'The page is called "{name[:80]}".'
    asked, answered = canonical(look.asked), canonical(look.url)
    if asked and answered and is_home(answered) and not is_home(asked) and not look.claims_article:
        return f"The address leads to the home page {answered}."
    return None
