"""Checks for robots: the page of a protection service, in place of the site's own."""

from newsloom.extract.walls.look import Look, measure, phrases

MAX_HTML_CHARACTERS = 300_000
MAX_TEXT_CHARACTERS = 800
MAX_SEEN_CHARACTERS = 2_500
_MARKS = phrases(
    r"/cdn-cgi/challenge-platform/[^\"']{0,80}orchestrate", r"_cf_chl_opt", r"cf-chl-widget",
    r"cf-browser-verification", r"challenges\.cloudflare\.com/turnstile", r"captcha-delivery\.com",
    r"_Incapsula_Resource", r"\bpx-captcha\b", r"perimeterx\.net", r"ddos-guard",
    r"sec-if-cpt-container", r"awswaf\.com/[^\"']{0,120}challenge", r"/_sec/cp_challenge",
    r"id=[\"']?distilIdentificationBlock", r"geetest\.com", r"hcaptcha\.com/1/api",
    r"google\.com/recaptcha/", r"sucuri_cloudproxy_js", r"ak_bmsc_challenge", r"anubis_challenge",
)  # fmt: skip
# Whole titles: "Access denied" is one, "Access denied: reporters barred" is not.
_NAMES = phrases(
    r"just a moment", r"attention required", r"access (?:to this page has been )?denied",
    r"pardon our interruption", r"are you a (?:robot|human)(?: or a (?:robot|human))?",
    r"(?:human|bot|security) (?:check|verification)", r"one more step",
    r"please (?:wait|verify)(?: a moment| (?:that )?you are (?:a )?human)?",
    r"checking your browser(?: before accessing.{0,60})?", r"ddos-guard",
    r"verify(?:ing)? (?:that )?you are (?:a )?human", r"robot check",
    r"request (?:unsuccessful|blocked)", r"einen moment,?(?: bitte)?",
    r"un instant(?:,? s['’]il vous pla[iî]t)?", r"un momento,?(?: por favor)?",
    r"um momento,?(?: por favor)?", r"один момент", r"sicherheits(?:überprüfung|check)",
    r"vérification(?: de sécurité)?", r"проверка браузера",
    r"making sure you(?:'|’)?re not a bot", r"captcha",
)  # fmt: skip
_WORDS = phrases(
    r"enable javascript and cookies to continue", r"enable js and disable any ad ?blocker",
    r"checking (?:if the site connection is secure|your browser before)",
    r"(?:verify|confirm|prove) (?:that )?you(?: are|'re|’re) (?:a )?(?:human|not a (?:ro)?bot)",
    r"you don['’]t have permission to access", r"your (?:request|ip address) (?:has been|was|is) "
    r"blocked", r"why have i been blocked", r"you have been blocked",
    r"unusual (?:traffic|activity) from your (?:computer|network|ip)", r"cloudflare ray id",
    r"our systems have detected unusual", r"press (?:and|&) hold to confirm",
    r"(?:ro)?bots? (?:oder|or) (?:ein )?mensch", r"bestätigen sie,? dass sie (?:ein mensch|kein)",
    r"ungewöhnliche(?:n|r)? (?:datenverkehr|aktivität)", r"vérifi\w+ que vous (?:êtes|n['’]êtes)",
    r"activité inhabituelle",
    r"(?:verifi\w+|confirm\w+|demuestr\w+) que (?:usted )?(?:no )?(?:eres|es)"
    r" (?:un )?(?:humano|robot)", r"tráfico inusual",
    r"(?:verifica|conferma) (?:che|di) (?:sei|non)",
    r"controleer\w* (?:of|dat) u (?:een|geen)", r"подтвердите,? что (?:вы|запросы)",
    r"potwierdź,? że nie jesteś", r"ロボットではない", r"人机验证|确认您是真人", r"로봇이 아닙니다",
)  # fmt: skip
_AROUND = " .!?…"
_NEEDS_SCRIPTS = phrases(
    r"(?:enable|turn on|activate|requires?|needs?) java ?script", r"java ?script (?:is|to be) "
    r"(?:disabled|required|enabled|turned)", r"java ?script (?:aktivieren|ist deaktiviert|muss)",
    r"aktivieren sie (?:bitte )?java ?script", r"activ(?:er|ez) java ?script",
    r"(?:activ(?:ar|e|a)|habilit(?:ar|e|a)) (?:el )?java ?script", r"abilit\w+ java ?script",
    r"java ?script (?:inschakelen|in te schakelen)", r"включите java ?script",
    r"włącz\w* java ?script", r"java ?script を有効", r"启用 ?java ?script",
)  # fmt: skip


def seen(look: Look) -> str | None:
    """Return what shows that a page checks for robots, None where nothing does."""
    if look.characters > MAX_TEXT_CHARACTERS or look.claims_article:
        return None
    if measure(look.seen) > MAX_SEEN_CHARACTERS:
        return None
    said = _WORDS.search(look.seen_without_scripts) or _NEEDS_SCRIPTS.search(
        look.seen_without_scripts
    )
    mark = _MARKS.search(look.html) if len(look.html) <= MAX_HTML_CHARACTERS else None
    named = next((n for n in look.titles if _NAMES.fullmatch(n.strip(_AROUND))), None)
    if sign := said or mark:
        if named:
            return f'The page is called "{named[:80]}", and holds "{sign[0][:80]}".'
        if look.characters < look.least_characters:
            return f'The page has nearly no text, but "{sign[0][:80]}", as checks for robots have.'
    if said and mark and _WORDS.search(said[0]):
        return f'The page says "{said[0][:80]}", and holds "{mark[0][:80]}".'
    return None
