"""Canonical URLs: one address for one article, however it was reached."""

import re
from urllib.parse import SplitResult, parse_qsl, quote, urljoin, urlsplit, urlunsplit

from newsloom.discover.addresses import checked, without_secrets
from newsloom.errors import InputError

_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|"
    r"mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|_ga|_gl|ncid|cmpid|smid|sref|ocid|ito|xtor|wt_mc|"
    r"at_medium|at_campaign|__twitter_impression|spm|guccounter|guce_\w+)",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNESCAPED = "!$&'()*+,;=:@~/?"
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_DEFAULT_PORTS = {"http": 80, "https": 443}
# Second levels that are no site of their own, under country domains: co.uk, com.au, or.jp.
_SHARED_SECOND_LEVELS = frozenset(
    (
        "ac", "co", "com", "edu", "go", "gob", "gov", "gouv", "gv", "mil", "ne", "net", "nom",
        "or", "org",
    )
)  # fmt: skip
_HOME_PATHS = re.compile(r"/?(?:index\.(?:html?|php|aspx?|jsp))?", re.IGNORECASE)


def canonical(url: str | None) -> str | None:
    """Return the canonical form of an address, None for what is no web address.

    Scheme and host in lower case, no default port, fragment, user name or tracking parameter.
    Canonical addresses stay as they are.
    """
    parts = _parts(url)
    if parts is None:
        return None
    path = _path(parts.path)
    host = _host(parts)
    if not host:
        return None
    return urlunsplit((parts.scheme.lower(), host, path, _query(parts.query), ""))


def best_canonical(declared: list[str], base: str | None) -> str | None:
    """Return the address that a page declares for itself, else its own.

    declared: rel=canonical, og:url and the like, most trusted first.
    base: where the page was found; a declared address must be of the same site, and neither may
    be a home page unless `base` is one. Without `base`, as for a saved page, any address passes.
    """
    own = canonical(base)
    for candidate in declared:
        url = canonical(_joined(base, candidate.strip()))
        if url and not is_home(url) and (own is None or same_site(url, own)):
            return url
    return own


def _joined(base: str | None, address: str) -> str:
    try:
        return urljoin(base, address) if base else address
    except ValueError:  # such as http://[
        return ""


def is_home(url: str) -> bool:
    """Tell whether an address is a site's front page rather than an article."""
    parts = urlsplit(url)
    return bool(_HOME_PATHS.fullmatch(parts.path)) and not parts.query


def same_site(one: str, other: str) -> bool:
    """Tell whether two addresses belong to one registered domain, as far as can be told."""
    return site(one) == site(other)


def site(url: str) -> str:
    """Return the registered domain of an address: bbc.co.uk for news.bbc.co.uk."""
    host = urlsplit(url).hostname or ""
    labels = host.split(".")
    if host.replace(".", "").isdigit() or ":" in host:
        return host
    shared = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SHARED_SECOND_LEVELS
    return ".".join(labels[-3:] if shared else labels[-2:])


def host_source(url: str | None) -> str | None:
    """Return the source that an address stands for: its host without `www.`."""
    parts = _parts(url)
    return (parts.hostname or "").rstrip(".").removeprefix("www.") or None if parts else None


def _parts(url: str | None) -> SplitResult | None:
    if not url:
        return None
    try:
        return urlsplit(checked(without_secrets(url)))
    except InputError:
        return None


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        host = _punycode(host)
    port = parts.port
    shown = f"[{host}]" if ":" in host else host
    return shown if port in (None, _DEFAULT_PORTS.get(parts.scheme.lower())) else f"{shown}:{port}"


def _punycode(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def _path(path: str) -> str:
    """Return a path with dot segments resolved and one spelling of its escapes."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            kept[-1:] = []
        elif segment != ".":
            kept.append(_escaped(segment))
    if segments and segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _escaped(text: str) -> str:
    """Escape what must be, a stray % too, and unescape what need not be."""
    literal = _ESCAPE.split(text)
    escapes = map(_escape, _ESCAPE.findall(text))
    quoted = (quote(part, _UNESCAPED) for part in literal)
    return "".join(part + escape for part, escape in zip(quoted, [*escapes, ""], strict=True))


def _escape(escape: str) -> str:
    character = chr(int(escape[1:], 16))
    return character if _UNRESERVED.match(character) else escape.upper()


def _query(query: str) -> str:
    """Return the query without tracking parameters, the rest in its order as it stands."""
    kept = [p for p in query.split("&") if p and not _TRACKING.fullmatch(_parameter_name(p))]
    return "&".join(map(_escaped, kept))


def _parameter_name(parameter: str) -> str:
    pairs = parse_qsl(parameter, keep_blank_values=True, max_num_fields=10)
    return pairs[0][0] if pairs else parameter
