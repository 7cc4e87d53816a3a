"""The socket that the dashboard listens on."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from newsloom.errors import UsageError


@contextmanager
def listening(host: str, port: int) -> Iterator[tuple[socket.socket, str]]:
    """Open a socket; yield it with the address that people open in their browser.

    Raises UsageError where another program has the port, or the host is not this machine's.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as opened:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            opened.bind(address)
            opened.listen(128)
            name, real = opened.getsockname()[:2]
            yield opened, f"http://{f'[{name}]' if ':' in name else name}:{real}/"
    except OSError as error:
        raise UsageError(
            f"Port {port} on {host} cannot be used: {error.strerror or error}.",
            "Choose another --port.",
        ) from error
