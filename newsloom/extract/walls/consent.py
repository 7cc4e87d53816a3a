"""Consent walls: a request to accept cookies, in place of the article."""

import re
from urllib.parse import urlsplit

from newsloom.extract.texts import word_count
from newsloom.extract.walls.look import Look, phrases

MAX_TEXT_CHARACTERS = 6_000
MAX_CLAIMED_CHARACTERS = 2_500
LEAST_TERMS = 4
LEAST_DIFFERENT = 3
LEAST_ASKS = 2
LEAST_SHARE = 0.04
LEAST_CLAIMED_SHARE = 0.08
"""Terms among the words. A page that says that it is an article must be full of them."""
_TERMS = re.compile(
    r"\b(?:cookies?\b|consent\w*|privacy|tracking|tracker\w*|vendors?\b|personali[sz]\w+|"
    r"legitimate interest|personal data|third[- ]part\w+|advertis\w+|opt[- ]out|accept all|"
    r"zustimm\w+|einwillig\w+|datenschutz\w*|personenbezogen\w+|werbung|drittanbieter\w*|"
    r"akzeptieren|widerruf\w*|berechtigte\w* interesse\w*|"
    r"consent\w+|vie privée|données personnelles|partenaires|publicité\w*|traceurs?|accepter|"
    r"refuser|"
    r"consentimiento|privacidad|datos personales|socios|publicidad|aceptar|rechazar|"
    r"consentimento|dados pessoais|parceiros|aceitar|"
    r"consenso|dati personali|fornitori|pubblicità|accetta\w*|rifiuta\w*|"
    r"toestemming|persoonsgegevens|advertenties|accepteren|"
    r"samtyck\w+|samtykke\w*|personuppgifter|personopplysninger|annons\w+|godkänn\w*|"
    r"suostumu\w+|evästee\w*|zgod[aęy]\w*|pliki cookie|danych osobowych|partnerz?y|reklam\w*|"
    r"souhlas\w*|osobních údajů|rıza|çerez\w*|файл\w+ cookie|соглас\w+|персональн\w+)"
    r"|クッキー|同意|个人数据|隐私|쿠키|동의",
    re.IGNORECASE,
)
_NAMES = phrases(
    r"^before you continue", r"^bevor sie (?:fortfahren|weiter)", r"^avant de continuer",
    r"^antes de (?:ir a|continuar)", r"^prima di continuare", r"^voordat je verdergaat",
    r"(?:cookie|privacy|consent|datenschutz)[ -]?(?:consent|einstellungen|settings|wall|choices|"
    r"preferences|zustimmung|manager|center)",
    r"^(?:wir|we) (?:brauchen|need|value|respect)\b.{0,40}"
    r"(?:zustimmung|einwilligung|consent|privacy)", r"^your (?:privacy|data|consent)",
    r"^(?:ihre|deine) (?:privatsphäre|zustimmung|einwilligung|daten)",
    r"^(?:zustimmung|einwilligung|consent)\b", r"respect\w+ (?:de )?votre vie privée",
    r"^votre vie privée", r"^gestion (?:des|de vos) cookies", r"^tu(?:s)? privacidad",
    r"^uw privacy", r"^din(?:a)? (?:integritet|personvern)", r"^twoja prywatność",
    r"^szanujemy (?:twoją|państwa) prywatność", r"yahoo family of brands|teil der yahoo",
)  # fmt: skip

# A wall talks to its reader, of its owner; an article on cookies does neither.
_ASKS = phrases(
    r"\bwe (?:and|use|need|value|process|store)\b", r"\bour (?:\d+ )?(?:partners|vendors)\b",
    r"\byour (?:consent|choices?|privacy|data|personal)\b", r"\byou (?:can|may)\b",
    r"\bwir (?:und|verwenden|brauchen|nutzen)\b",
    r"\b(?:ihre|deine)[rn]? (?:einwilligung|zustimm|daten)", r"\bsie können\b",
    r"\bnos partenaires\b", r"\bnous (?:et|utilisons)\b", r"\bvous pouvez\b",
    r"\bvotre (?:consentement|vie privée)", r"\bnuestros socios\b", r"\b(?:usamos|utilizamos)\b",
    r"\b(?:tu|su) consentimiento\b", r"\bpuedes?\b", r"\bnossos parceiros\b",
    r"\bseu consentimento\b", r"\b(?:nostri|utilizziamo)\b", r"\b(?:tuo|suo) consenso\b",
    r"\bonze partners\b", r"\b(?:uw|je) toestemming\b", r"\bwij (?:en|gebruiken)\b",
    r"\bvi (?:och|og|använder|bruger|bruker)\b", r"\b(?:dit|ditt|din) samty",
    r"\bnasi partnerzy\b", r"\bużywamy\b", r"\bpozwalasz\b", r"\bnaši partneři\b",
    r"\bpoužíváme\b", r"\bkumppanimme\b", r"\bkäytämme\b", r"\bkullanıyoruz\b",
    r"\bмы (?:и|используем)\b", r"\bваш[еи]\w* (?:соглас|данн)", r"当サイト|我们|您的|당사|귀하",
)  # fmt: skip


def seen(look: Look) -> str | None:
    """Return what shows that a page asks for consent instead of telling news."""
    text = look.text or look.seen
    if len(text) > MAX_TEXT_CHARACTERS:
        return None
    terms = [term.casefold() for term in _TERMS.findall(text)]
    share = len(terms) / max(word_count(text), 1)
    told = f"{len(terms)} of {word_count(text)} words are about consent, such as {_listed(terms)}"
    asks = len({asked.casefold() for asked in _ASKS.findall(text)})
    if look.claims_article:
        full = share >= LEAST_CLAIMED_SHARE and len(text) <= MAX_CLAIMED_CHARACTERS
        return f"Of the text, {told}." if full and asks >= LEAST_ASKS and _enough(terms) else None
    if host := _consent_host(look):
        return f"The answer is from {host}, {told}." if terms else None
    if named := next((n for n in look.names if _NAMES.search(n)), None):
        return (
            f'The page is called "{named[:80]}", and {told}.' if asks and _enough(terms) else None
        )
    if share >= 2 * LEAST_SHARE and asks >= LEAST_ASKS and _enough(terms):
        return f"Of the text, {told}."
    return None


def _enough(terms: list[str]) -> bool:
    return len(terms) >= LEAST_TERMS and len(set(terms)) >= LEAST_DIFFERENT


def _consent_host(look: Look) -> str | None:
    """Return the host of a consent page that another address has led to."""
    host = (urlsplit(look.url).hostname or "").lower()
    asked = (urlsplit(look.asked).hostname or "").lower()
    consent = host.startswith(("consent.", "cmp.", "privacy.", "guce.", "myprivacy."))
    return host if consent and host != asked else None


def _listed(terms: list[str]) -> str:
    return ", ".join(list(dict.fromkeys(terms))[:4])
