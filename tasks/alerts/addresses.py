"""Addresses of alerts: they hold secrets, so they are never shown, logged or stored whole."""

import re
from collections.abc import Mapping
from string import Template
from urllib.parse import unquote

from newsloom.errors import SettingsError
from newsloom.plain import one_line

# Some services put a token where the host is; a token does not look like this.
_HOST = re.compile(r"localhost|\d{1,3}(?:\.\d{1,3}){3}|(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,30}):", re.IGNORECASE)
_PARTS = re.compile(r"[:/@?&=#,;+\s]+")
SECRET_CHARACTERS = 4
"""Shorter parts of an address are no secrets, and are everywhere."""


def whole(address: str, environ: Mapping[str, str]) -> str:
    """Put variables of the environment in place of ${NAME}.

    Raises SettingsError, which names the variable, where one is not set.
    """
    try:
        return Template(address).substitute(environ)
    except KeyError as error:
        raise SettingsError(f"The variable {error.args[0]} is not set.") from None
    except ValueError:
        raise SettingsError("A lone $ is written $$, and a variable ${NAME}.") from None


def shown(address: str) -> str:
    """Return scheme and host of an address, and the host only where it surely is one."""
    scheme = _SCHEME.match(address)
    if scheme is None:
        return "no address"
    rest = address[scheme.end() :].removeprefix("//")
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    host = re.sub(r":\d*$", "", authority.rpartition("@")[2])
    return f"{scheme[1].lower()}://{host if _HOST.fullmatch(host) else '…'}"


def without_secrets(text: str, address: str) -> str:
    """Return a message about an address without any part of it but what `shown` shows."""
    safe = set(_PARTS.split(shown(address)))
    parts = {part for part in _PARTS.split(address) if len(part) >= SECRET_CHARACTERS} - safe
    for part in sorted(parts | {unquote(part) for part in parts}, key=len, reverse=True):
        text = text.replace(part, "…")
    return one_line(text)
