"""Canonical URLs: one address for one article, however it was reached."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, urlsplit, urlunsplit

from tld import get_fld

from newsloom.discover.addresses import checked, without_secrets
from newsloom.errors import InputError

# Names that nothing but a tracker has. What might name an article somewhere (spm, trk_id, m) stays:
# an address too many is a small harm, two articles in one a great one.
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|"
    r"mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|_ga|_gl|ncid|cmpid|smid|smtyp|smtid|ocid|ito|xtor|wt_mc|"
    r"at_medium|at_campaign|at_custom\w+|__twitter_impression|guccounter|guce_\w+|srsltid|"
    r"gad_(?:source|campaignid)|ref_src|ref_url|fb_(?:ref|source|action_\w+)|"
    r"action_(?:object|type|ref)_map|ns_(?:mchannel|source|campaign|linkname|fee)|"
    r"pk_(?:campaign|kwd|keyword|source|medium|content|cid)|(?:mtm|piwik|hsa|matomo)_\w+|"
    r"hsctatracking|oly_(?:enc|anon)_id|vero_(?:id|conv)|_openstat|wickedid|s_cid|icid|intcid|tpcc|"
    r"soc_(?:src|trk)|traffic_source|leadsource|wt_zmc|wt\.[a-z_]+|et_rid|dm_i|rb_clickid|"
    r"_bta_(?:tid|c)|ml_subscriber\w*|cx_(?:testid|testvariant|artpos|navsource)|mibextid|"
    r"sc_(?:campaign|channel|content)|yptr|amp_(?:js_v|gsa|kit|ct|lite|tf)|usqp)",
    re.IGNORECASE,
)
# What asks for another layout of the same article: for phones, for printing, for AMP.
_LAYOUT = re.compile(
    r"(?:output(?:type)?|view|mode|format)=amp(?:html)?|amp(?:=(?:1|true|yes)?)?|mobile=(?:1|true)",
    re.IGNORECASE,
)
# Pages of Blogger for phones; elsewhere m=1 may be a month.
_BLOGGER_PATH = re.compile(r"/\d{4}/\d{2}/[^/]+\.html")
_BLOGGER_LAYOUT = re.compile(r"m=[01]")
# Copies of AMP pages that others keep: www-example-org.cdn.ampproject.org/c/s/www.example.org/a
_AMP_CACHE = re.compile(r"(?:[\w-]+\.)?cdn\.ampproject\.org|[\w-]+\.ampproject\.net", re.IGNORECASE)
_AMP_CACHE_PATH = re.compile(r"/[cvir](/s)?/([^/]+\.[^/]+)(/.*)?$")
_AMP_VIEWER = re.compile(r"(?:www\.)?(?:google\.[a-z.]{2,6}|bing\.com)", re.IGNORECASE)
_AMP_VIEWER_PATH = re.compile(r"/amp(/s)?/([^/]+\.[^/]+)(/.*)?$")
_AMP_SUFFIX = re.compile(r"\.amp(?=\.html?$|$)", re.IGNORECASE)
OTHER_LAYOUT_LABELS = ("m", "mobile", "amp")
_INDEX_PAGE = re.compile(r"/index\.html?$", re.IGNORECASE)
MAX_WRAPPINGS = 3
MIN_SLUG_CHARACTERS = 25
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNESCAPED = "!$&'()*+,;=:@~/?"
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOME_PATHS = re.compile(r"/?(?:index\.(?:html?|php|aspx?|jsp))?", re.IGNORECASE)


def canonical(url: str | None) -> str | None:
    """Return the canonical form of an address, None for what is no web address.

    Scheme and host in lower case, no default port, user name or tracking parameter; no fragment,
    unless it is a path of its own (#!/..., #/...); the article for its AMP and mobile variants.
    Canonical addresses stay as they are.
    """
    found = _once(url)
    for _ in range(MAX_WRAPPINGS):  # what is unescaped may be an AMP address in turn
        if found is None or (again := _once(found)) == found:
            break
        found = again
    return found


def _once(url: str | None) -> str | None:
    parts = _unwrapped(url)
    if parts is None:
        return None
    query = _query(parts.query, parts.path)
    path = _without_layout(_path(parts.path), query)
    host = _host(parts)
    if not host:
        return None
    return urlunsplit((parts.scheme.lower(), host, path, query, _fragment(parts.fragment)))


def names_article(url: str) -> bool:
    """Tell whether an address looks like an article's: a number, a title, or a query in it."""
    parts = urlsplit(url)
    return bool(parts.query or parts.fragment) or is_slug(parts.path)


def is_slug(path: str) -> bool:
    """Tell whether a path ends in a title, a number or a long word, as articles' do."""
    segments = [segment for segment in path.split("/") if segment]
    last = segments[-1] if segments else ""
    marks = last.count("-") + last.count("_")
    return marks >= 2 or len(last) >= MIN_SLUG_CHARACTERS or any(c.isdigit() for c in last)


def is_home(url: str) -> bool:
    """Tell whether an address is a site's front page rather than an article."""
    parts = urlsplit(url)
    return bool(_HOME_PATHS.fullmatch(parts.path)) and not parts.query and not parts.fragment


def same_site(one: str, other: str) -> bool:
    """Tell whether two addresses belong to one registered domain, as far as can be told."""
    return site(one) == site(other)


def site(url: str) -> str:
    """Return the registered domain of an address: bbc.co.uk for news.bbc.co.uk.

    By the list of public suffixes (https://publicsuffix.org/) as it comes with `tld`, with those of
    companies that let others have a name below theirs: everybody's blogspot.com page is a site.
    """
    return _site(urlsplit(url).hostname or "")


@lru_cache(maxsize=10_000)
def _site(host: str) -> str:
    if host.replace(".", "").isdigit() or ":" in host:
        return host
    found = get_fld(f"http://{host}/", search_private=True, fail_silently=True, fix_protocol=False)
    return found or ".".join(host.split(".")[-2:])


def host_source(url: str | None) -> str | None:
    """Return the source that an address stands for: its host without `www.`."""
    parts = _parts(url)
    return (parts.hostname or "").rstrip(".").removeprefix("www.") or None if parts else None


def _parts(url: str | None) -> SplitResult | None:
    if not url:
        return None
    try:
        plain = without_secrets(url.strip())
        # What is fetched has no fragment; what is named may have one.
        return urlsplit(checked(plain))._replace(fragment=urlsplit(plain).fragment)
    except InputError:
        return None


def _unwrapped(url: str | None) -> SplitResult | None:
    """Return the parts of an address, of the article where it is one of a cache of AMP pages."""
    parts = _parts(url)
    for _ in range(MAX_WRAPPINGS):
        inner = _wrapped(parts) if parts else None
        if inner is None or (found := _parts(inner)) is None:
            break
        parts = found
    return parts


def _wrapped(parts: SplitResult) -> str | None:
    host = parts.hostname or ""
    if _AMP_CACHE.fullmatch(host):
        match = _AMP_CACHE_PATH.match(parts.path)
    elif _AMP_VIEWER.fullmatch(host):
        match = _AMP_VIEWER_PATH.match(parts.path)
    else:
        return None
    if match is None:
        return None
    query = f"?{parts.query}" if parts.query else ""
    return f"http{'s' if match[1] else ''}://{match[2]}{match[3] or '/'}{query}"


def _without_layout(path: str, query: str) -> str:
    """Return a path without what asks for AMP, where an article's name is left."""
    plain = _AMP_SUFFIX.sub("", path)
    segments = plain.split("/")
    if segments[-1].lower() == "amp":
        plain = "/".join(segments[:-1])
    elif segments[-2:] and segments[-1] == "" and segments[-2].lower() == "amp":
        plain = "/".join([*segments[:-2], ""])
    elif len(segments) > 2 and segments[1].lower() == "amp":
        plain = "/".join(["", *segments[2:]])
    if plain != path and is_slug(plain):
        return _without_layout(plain, query)
    return path if query else _INDEX_PAGE.sub("/", path)


def _fragment(fragment: str) -> str:
    """Return a fragment that is a page of its own: #!/article/1 and #/article/1."""
    return _escaped(fragment) if fragment.startswith(("!", "/")) and len(fragment) > 1 else ""


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        host = _punycode(host)
    host = _desktop(host)
    port = parts.port
    shown = f"[{host}]" if ":" in host else host
    return shown if port in (None, _DEFAULT_PORTS.get(parts.scheme.lower())) else f"{shown}:{port}"


def _desktop(host: str) -> str:
    """Return the host of a site's pages for desktops: www.example.org for m.example.org."""
    own = site(f"//{host}")
    if "." not in own or not host.endswith(f".{own}"):
        return host
    labels = host.removesuffix(f".{own}").split(".")
    kept = [label for label in labels if label not in OTHER_LAYOUT_LABELS]
    return host if kept == labels else ".".join([*(kept or ["www"]), own])


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


def _query(query: str, path: str) -> str:
    """Return the query without tracking parameters, the rest in its order as it stands."""
    blogger = _BLOGGER_PATH.fullmatch(path) is not None
    kept = [p for p in query.split("&") if p and not _is_noise(p, blogger=blogger)]
    return "&".join(map(_escaped, kept))


def _is_noise(parameter: str, *, blogger: bool) -> bool:
    """Tell whether a parameter says where a reader comes from, or on what they read."""
    if _LAYOUT.fullmatch(parameter) or (blogger and _BLOGGER_LAYOUT.fullmatch(parameter)):
        return True
    return _TRACKING.fullmatch(_parameter_name(parameter)) is not None


def _parameter_name(parameter: str) -> str:
    pairs = parse_qsl(parameter, keep_blank_values=True, max_num_fields=10)
    return pairs[0][0] if pairs else parameter


def without_tracking(url: str) -> str:
    """Return an address of the same page, without what tells where a reader came from."""
    parts = _parts(url)
    if parts is None:
        return url
    return urlunsplit(parts._replace(query=_query(parts.query, _path(parts.path))))
