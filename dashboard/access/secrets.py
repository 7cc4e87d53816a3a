"""Whether a request knows the token or the password. Nothing in here is ever logged or shown."""

import base64
import binascii
import hashlib
import hmac

from newsloom.settings import DashboardSettings

COOKIE = "newsloom_dashboard"
COOKIE_SECONDS = 30 * 24 * 3600


def same(given: str, expected: str) -> bool:
    """Compare in a time that tells nothing about how much of it is right."""
    # Digests: of equal length, whatever was given.
    return hmac.compare_digest(_digest(given), _digest(expected))


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def knows(settings: DashboardSettings, authorization: str) -> bool:
    """Return whether an Authorization header has the token, or the user and password."""
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() == "bearer" and settings.token:
        return same(given.strip(), settings.token)
    if scheme.lower() == "basic" and settings.password:
        return _knows_password(settings, given.strip())
    return False


def _knows_password(settings: DashboardSettings, given: str) -> bool:
    try:
        user, _, password = base64.b64decode(given, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, ValueError):
        return False
    # Both are compared always, so that the time does not tell which was wrong.
    return same(user, settings.user) & same(password, settings.password)


def cookie(token: str, now: float) -> str:
    """Return a cookie's value that proves the token was known, without the token in it."""
    ends = str(int(now) + COOKIE_SECONDS)
    return f"{ends}.{_signature(token, ends)}"


def is_valid_cookie(token: str, value: str, now: float) -> bool:
    """Return whether `cookie` made this value for this token, and it has not run out."""
    ends, _, signature = value.partition(".")
    if not (ends.isascii() and ends.isdigit() and len(ends) < 15):
        return False
    return same(signature, _signature(token, ends)) and int(ends) > now


def _signature(token: str, ends: str) -> str:
    message = f"newsloom dashboard {ends}".encode()
    return hmac.new(token.encode("utf-8", "surrogatepass"), message, hashlib.sha256).hexdigest()
