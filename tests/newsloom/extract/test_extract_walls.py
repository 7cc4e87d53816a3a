"""Pages that are no articles, in several languages, and articles that look like them."""

import datetime
from typing import Any

import pytest
from extract_helpers import page

from newsloom.discover.rows import FEED_HTML, ROW_TYPE, encoded

URL = "https://news.example.org/2023/dam-fails-above-town"
PARAGRAPHS = [
    "The dam above the town gave way on Monday after three days of rain, officials said.",
    "Water filled the lower streets within an hour, and four hundred people left their homes.",
    "The mayor said that the school would serve as a shelter until the end of the week.",
]
FREE = '{"@type": "NewsArticle", "headline": "Dam fails", "isAccessibleForFree": %s}'


def html(title: str, *paragraphs: str, head: str = "", more: str = "") -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title>{head}</head>"
        f"<body><main><h1>{title}</h1>{body}</main>{more}</body></html>"
    ).encode()


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


CHALLENGES = {
    "cloudflare": html("Just a moment...", "Enable JavaScript and cookies to continue"),
    "datadome": b"<html><head><title>example.org</title></head><body>"
    b"<p>Please enable JS and disable "
    b'any ad blocker</p><script src="https://ct.captcha-delivery.com/c.js"></script></body></html>',
    "press": html(
        "Access to this page has been denied", "Press & Hold to confirm you are a human."
    ),
    "german": html("Einen Moment, bitte", "Bestätigen Sie, dass Sie ein Mensch sind."),
    "french": html("Vérification", "Nous devons vérifier que vous n’êtes pas un robot."),
    "russian": html("Один момент", "Подтвердите, что запросы отправляли вы, а не робот"),
    "scripts": b"<html><body><noscript>You need to enable JavaScript to run this app.</noscript>"
    b"<div id=root></div></body></html>",
}
CONSENTS = {
    "english": html(
        "Before you continue",
        "We and our partners use cookies and other tracking to personalise ads.",
        "You can accept all, or manage consent for each of our 842 vendors. See our privacy "
        "policy.",
        "Some vendors rely on legitimate interest. You may withdraw your consent at any time.",
    ),
    "german": html(
        "Wir brauchen Ihre Zustimmung",
        "Wir und unsere Drittanbieter verwenden Cookies und Tracking, um Werbung zu "
        "personalisieren.",
        "Mit Ihrer Einwilligung verarbeiten wir personenbezogene Daten. Sie können alles "
        "akzeptieren "
        "oder den Widerruf jederzeit in der Datenschutzerklärung erklären.",
    ),
    "french": html(
        "Le respect de votre vie privée",
        "Avec nos partenaires, nous utilisons des cookies et des traceurs pour la publicité.",
        "Vous pouvez accepter ou refuser. Votre consentement porte sur vos données personnelles.",
    ),
    "spanish": html(
        "Tu privacidad es importante",
        "Nosotros y nuestros socios usamos cookies para mostrar publicidad y tratar datos "
        "personales.",
        "Puedes aceptar o rechazar; tu consentimiento se puede retirar en la política de "
        "privacidad.",
    ),
    "polish": html(
        "Szanujemy Twoją prywatność",
        "My i nasi partnerzy używamy pliki cookie w celu wyświetlania reklam.",
        "Wyrażając zgodę, pozwalasz na przetwarzanie danych osobowych. Zgoda jest dobrowolna: "
        "reklamy, "
        "partnerzy, cookie.",
    ),
}  # fmt: skip
MISSING = {
    "english": html("Page not found", "The page you are looking for has moved. Try the search."),
    "number": html("404 - The Example", "Nothing here."),
    "german": html("Seite nicht gefunden", "Die Seite gibt es nicht mehr. " * 9),
    "french": html("Page introuvable", "Désolé."),
    "spanish": html("Página no encontrada", "Lo sentimos."),
    "russian": html("Страница не найдена", "Попробуйте поиск."),
    "japanese": html("ページが見つかりません", "お探しのページはありません。"),
}
PAYWALLS = {
    "declared": html("Dam fails above town", PARAGRAPHS[0], head=linked(FREE % "false")),
    "english": html(
        "Dam fails above town", *PARAGRAPHS[:2], "Subscribe to continue reading this article.",
    ),
    "german": html(
        "Damm gebrochen", "Der Damm über der Stadt ist am Montag nach drei Tagen Regen gebrochen, "
        "teilten die Behörden mit. Vierhundert Menschen mussten ihre Häuser verlassen, als das "
        "Wasser "
        "in die unteren Straßen lief und die Schule zur Notunterkunft wurde …",
        "Weiterlesen mit dem Digitalabo. Bereits Abonnent?",
    ),
    "french": html(
        "La digue a cédé",
        "La digue au-dessus de la ville a cédé lundi après trois jours de pluie, ont "
        "annoncé les autorités. L’eau a rempli les rues basses en une heure et quatre cents "
        "personnes "
        "ont quitté leurs maisons pour l’école, qui…", "Cet article est réservé aux abonnés.",
    ),
    "hidden words": html(
        "Dam fails above town", *PARAGRAPHS,
        head=linked('{"@type": "NewsArticle", "isAccessibleForFree": "False", "wordCount": 900}'),
    ),
}  # fmt: skip


def fetched(content: bytes, **columns: Any) -> dict[str, Any]:
    when = datetime.datetime(2023, 8, 23, 12, 0)
    return page(content, URL, **({"fetched_at": when} | columns))


@pytest.mark.parametrize(
    ("reason", "content"),
    [
        *(("bot_challenge", content) for content in CHALLENGES.values()),
        *(("consent_wall", content) for content in CONSENTS.values()),
        *(("soft_404", content) for content in MISSING.values()),
        *(("paywall", content) for content in PAYWALLS.values()),
    ],
)
def test_what_is_no_article_is_named(reason: str, content: bytes) -> None:
    document = fetched(content)
    assert (document["reason"], bool(document["detail"])) == (reason, True), document["detail"]


ARTICLES = {
    "plain": html("Dam fails above town", *PARAGRAPHS),
    "on cookies": html(
        "What the new law on cookies means", "Parliament has passed a law on cookies and consent.",
        *PARAGRAPHS * 3, "Publishers fear for the money that tracking brings, a spokesman said.",
    ),
    "on a number": html("404 people left the town above", *PARAGRAPHS * 4),
    "on robots": html("Are you a robot? The test that nobody passes", *PARAGRAPHS * 5),
    "not free but whole": html("Dam fails", *PARAGRAPHS * 4, head=linked(FREE % "false")),
    "with an offer": html(
        "Dam fails", *PARAGRAPHS * 8, more="<footer>Subscribe to continue reading</footer>"
    ),
    "with a list": html(
        "Dam fails", *PARAGRAPHS * 3,
        head='<meta property="og:type" content="article">',
        more="".join(f"<a href=/{n}>Another story of some length, {n}</a>" for n in range(60)),
    ),
    "with a note for old browsers": html(
        "Dam fails", *PARAGRAPHS, more="<noscript>Please enable JavaScript</noscript>"
    ),
}  # fmt: skip


BRIEF = (
    "A car bomb exploded at a police post on the road to the airport on Tuesday morning, killing "
    "twelve people and wounding thirty others, officials said.",
    "The interior ministry said that the driver had been waved through by two officers shortly "
    "before the blast, and that an inquiry into it had begun.",
)
ON_COOKIES = (
    "A search company said on Tuesday that it will keep third-party cookies, ending a plan to "
    "replace them with its own privacy tools for advertisers.",
    "Regulators had feared that it would hurt rival advertising firms. Privacy groups said that "
    "cookies let companies follow people without consent; vendors welcomed the announcement.",
)
ON_PAYWALLS = (
    "The Daily Herald put up a paywall on Monday, its editor said. Readers of more than three "
    "articles a month will be asked to subscribe to continue reading, she told staff in a memo.",
    "Print sales fell by a fifth last year. The union said that it had not been consulted, and "
    "that eleven jobs would go by June, most of them in sports.",
)
OFFER = "<p>Subscribe to continue to support us. Already a subscriber?</p>"
LIKE_WALLS = [
    *((title, BRIEF, "") for title in (
        "Security checkpoint bombing kills 12", "Security check fails at Heathrow airport",
        "One more step towards peace in Sudan", "Access denied: reporters barred from hospital",
        "Captcha inventor wins engineering prize", "Oops: lost Rembrandt found in a garden shed",
        "Sorry, but the minister is wrong on rents", "404 error strands thousands",
        "Broadcaster: story no longer available in Russia", "Nie znaleziono sprawcy pożaru",
        "Firm says denial content has been removed",
    )),
    ("Your privacy: cookies are kept after all", ON_COOKIES, ""),
    ("Cookies are kept after all", ON_COOKIES, ""),
    ("Herald puts up a paywall", ON_PAYWALLS, ""),
    ("Herald cuts jobs", BRIEF, "<footer><p>Already a subscriber? Log in</p></footer>"),
    ("Blast kills 12", BRIEF, f"<aside>{OFFER}</aside>"),
]  # fmt: skip


@pytest.mark.parametrize("claim", ["", '<meta property="og:type" content="article">'])
@pytest.mark.parametrize(("title", "paragraphs", "more"), LIKE_WALLS)
def test_short_news_with_the_words_of_walls_stays(
    title: str, paragraphs: tuple[str, ...], more: str, claim: str
) -> None:
    document = fetched(html(title, *paragraphs, head=claim, more=more))
    assert document["reason"] is None, document["detail"]


@pytest.mark.parametrize(
    ("reason", "content"),
    [
        ("bot_challenge", html("Access Denied", "You don't have permission to access this page.")),
        ("bot_challenge", html("Attention Required! | Cloudflare", "Why have I been blocked?")),
        ("soft_404", html("Oops! That page can’t be found. – The Example", "Try a search.")),
        ("soft_404", html("Error 404: Page not found | The Example", "Try a search.")),
        ("paywall", html("Blast kills 12", BRIEF[0] + " The driver, who…", OFFER)),
    ],
)
def test_whole_titles_and_cut_texts_are_still_named(reason: str, content: bytes) -> None:
    assert fetched(content)["reason"] == reason


@pytest.mark.parametrize("name", sorted(ARTICLES))
def test_articles_are_not_taken_for_walls(name: str) -> None:
    document = fetched(ARTICLES[name])
    assert document["reason"] is None, document["detail"]


LINKS = "".join(
    f"<li><a href=/2023/{n}>The report of some length on what happened, number {n}</a></li>"
    for n in range(40)
)


def test_lists_are_named() -> None:
    content = (
        f"<html><head><title>World</title></head><body><ul>{LINKS}</ul></body></html>".encode()
    )
    assert fetched(content)["reason"] == "list_page"
    home = page(content, "https://news.example.org/", fetched_at=datetime.datetime(2023, 8, 23))
    assert home["reason"] == "list_page"
    assert "home page" in home["detail"]


def test_an_article_that_leads_home_is_gone() -> None:
    document = fetched(html("The Example", *PARAGRAPHS), final_url="https://news.example.org/")
    assert document["reason"] == "soft_404"


def test_another_host_that_asks_for_consent() -> None:
    content = html("The Example", "Accept all cookies? " + " ".join(PARAGRAPHS))
    document = fetched(content, final_url="https://consent.example.org/collect?next=dam")
    assert document["reason"] == "consent_wall"


def test_a_source_with_a_paywall_is_suspected_sooner() -> None:
    content = html(
        "Dam fails", *PARAGRAPHS, "The school in the upper part of the town has room for …"
    )
    assert fetched(content)["reason"] is None
    assert fetched(content, paywalled=True)["reason"] == "paywall"


def test_short_pages_are_rejected_and_short_files_are_not() -> None:
    document = fetched(html("Dam fails", PARAGRAPHS[0]))
    assert document["reason"] == "too_short"
    assert "200" in document["detail"]
    assert fetched(PARAGRAPHS[0].encode(), content_type="text/plain")["reason"] == "too_short"
    # 80 Han characters say as much as 240 Latin ones.
    assert fetched(html("洪水", "洪水淹没了下城区的街道" * 8))["reason"] is None


@pytest.mark.parametrize("content", ["Just a moment...", "<html></html>", ""])
def test_the_feeds_own_text_is_used_where_the_page_is_a_wall(content: str) -> None:
    feed = "<p>" + "</p><p>".join(PARAGRAPHS) + "</p>"
    row = {"url": URL, "title": "Dam fails", FEED_HTML: feed, "html": content}
    document = fetched(encoded(row), content_type=ROW_TYPE)
    assert document["reason"] is None
    assert document["text"] == "\n\n".join(PARAGRAPHS)
    assert (document["title"], document["canonical_url"]) == ("Dam fails", URL)
    short = fetched(encoded(row | {FEED_HTML: "<p>Water rose.</p>"}), content_type=ROW_TYPE)
    assert short["reason"] is not None


def test_the_page_is_used_where_it_holds_the_article() -> None:
    row = {
        "url": URL,
        FEED_HTML: "<p>" + "A teaser. " * 40,
        "html": html("Dam", *PARAGRAPHS).decode(),
    }
    assert fetched(encoded(row), content_type=ROW_TYPE)["text"].startswith("The dam above the town")
