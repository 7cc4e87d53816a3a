"""What goes wrong on the way to a page, said by reason and in a sentence."""

import httpcore
import httpx

from newsloom.discover.addresses import without_secrets
from newsloom.discover.found import printable
from newsloom.errors import InputError
from newsloom.fetch.hosts import Down
from newsloom.settings import FetchSettings
from newsloom.vocabulary import Reason

FAULTS = (
    TimeoutError,
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpx.InvalidURL,
    UnicodeError,
)
"""What the transport raises for what servers and addresses do."""


class Unreached(InputError):
    """No connection came about, so nothing was asked; `lasting`: another try would not help."""

    def __init__(self, reason: Reason, detail: str, *, lasting: bool = False) -> None:
        super().__init__(reason, detail)
        self.lasting = lasting


def fault(error: Exception, settings: FetchSettings) -> InputError:
    """Return one of FAULTS as the error that rejects a page."""
    if isinstance(error, httpcore.ConnectTimeout):
        return Unreached(
            Reason.FETCH_TIMEOUT, f"No connection within {settings.connect_timeout_seconds:g} s."
        )
    if isinstance(error, httpcore.TimeoutException):
        return InputError(
            Reason.FETCH_TIMEOUT, f"The server was silent for {settings.read_timeout_seconds:g} s."
        )
    if isinstance(error, TimeoutError):
        return InputError(
            Reason.FETCH_TIMEOUT, f"It took longer than {settings.total_timeout_seconds:g} s."
        )
    if isinstance(error, httpcore.NetworkError | httpcore.ProtocolError):
        return _failure(error)
    return InputError(Reason.BAD_URL, f"The address cannot be used: {printable(str(error))[:300]}.")


def passing(error: InputError) -> bool:
    """Tell whether another try may help: no connection, or one that broke off."""
    if isinstance(error, Unreached):
        return not error.lasting
    return error.reason is Reason.FETCH_FAILED and not isinstance(error, Down)


def _failure(error: Exception) -> InputError:
    text = printable(str(error))[:300]
    upper = text.upper()
    if "CERTIFICATE" in upper or "SSL" in upper:
        return Unreached(
            Reason.FETCH_FAILED,
            f"The server's certificate or TLS is not acceptable: {text}.",
            lasting=True,
        )
    if isinstance(error, httpcore.ProtocolError):
        return InputError(
            Reason.FETCH_FAILED, f"The server broke off or did not speak HTTP: {text}."
        )
    detail = f"The server could not be reached: {text or type(error).__name__}."
    if isinstance(error, httpcore.ConnectError):
        return Unreached(Reason.FETCH_FAILED, detail)
    return InputError(Reason.FETCH_FAILED, detail)


def shown(url: str) -> str:
    """Return an address for a message."""
    return printable(without_secrets(url))[:200]
