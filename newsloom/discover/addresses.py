"""Web addresses as given by people and files: which ones may be fetched, and without secrets."""

import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

from newsloom.errors import InputError
from newsloom.vocabulary import Reason

MAX_URL_CHARACTERS = 2048
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_FORBIDDEN = re.compile('[\x00-\x20\x7f-\x9f<>"\\\\^`{}|\u2028\u2029\ud800-\udfff\ufffd]')


def looks_like_url(text: str) -> bool:
    """Tell whether an argument is meant as an address rather than as a path."""
    return bool(_SCHEME.match(text))


def checked(url: str) -> str:
    """Return a fetchable http(s) address without fragment, or raise InputError (`bad_url`)."""
    parts = _split(url.strip())
    if parts is None or parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise InputError(
            Reason.BAD_URL, "Only complete http:// and https:// addresses can be fetched."
        )
    if len(url) > MAX_URL_CHARACTERS or _FORBIDDEN.search(url.strip()):
        raise InputError(
            Reason.BAD_URL,
            f"The address is longer than {MAX_URL_CHARACTERS} characters, or has spaces or "
            "other characters that an address cannot have.",
        )
    if "@" in parts.netloc:
        raise InputError(
            Reason.BAD_URL, "The address holds a user name or password; these are never used."
        )
    return urlunsplit(parts._replace(fragment="", path=parts.path or "/"))


def without_secrets(url: str) -> str:
    """Return `url` without user name and password, whatever else is wrong with it."""
    parts = _split(url)
    if parts is None or "@" in parts.path.split("/")[0]:
        return re.sub(r"(?<=//)[^/?#]*@", "", url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _split(url: str) -> SplitResult | None:
    """Split an address; None where it is beyond repair, such as http://[::1 or a port of 99999."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts
