"""Which addresses may be connected to, checked on the address that is really used.

A name is resolved here, the answer is checked, and the connection goes to the checked address:
a second lookup could answer otherwise (DNS rebinding), and a redirect could lead anywhere.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore

from newsloom.errors import InputError, SettingsError
from newsloom.vocabulary import Reason

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Public by number, yet only for the machines inside: Azure's platform and metadata address.
_METADATA: tuple[Network, ...] = (ipaddress.ip_network("168.63.129.16/32"),)
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


def networks(names: Sequence[str]) -> list[Network]:
    """Parse the setting fetch.allow_addresses; raises SettingsError for what is no network."""
    try:
        return [ipaddress.ip_network(name, strict=False) for name in names]
    except ValueError as error:
        raise SettingsError(
            f"fetch.allow_addresses: {error}.", "Write networks such as 127.0.0.0/8 or fd00::/8."
        ) from error


def allowed(address: str, exceptions: Sequence[Network]) -> bool:
    """Tell whether an IP address is public, or excepted by the user."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    return _excepted(parsed, exceptions) or all(
        _public(face) or _excepted(face, exceptions) for face in _faces(parsed)
    )


def _excepted(address: Address, exceptions: Sequence[Network]) -> bool:
    return any(address in network for network in exceptions)


def _faces(address: Address) -> list[Address]:
    """Return the address and the IPv4 addresses that are wrapped in it."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    wrapped: list[Address | None] = [address.ipv4_mapped, address.sixtofour]
    wrapped += list(address.teredo or ())
    if any(address in network for network in _NAT64) or int(address) < 2**32:
        wrapped.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    inner = [face for face in wrapped if face is not None]
    # A mapped address is its IPv4 address; Python calls the wrapping itself private.
    return inner if address.ipv4_mapped else [address, *inner]


def _public(address: Address) -> bool:
    if any(address in network for network in _METADATA):
        return False
    special = address.is_multicast or address.is_reserved or address.is_unspecified
    site_local = isinstance(address, ipaddress.IPv6Address) and address.is_site_local
    return address.is_global and not special and not site_local


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections for httpcore, to allowed addresses only."""

    def __init__(self, exceptions: Sequence[Network]) -> None:
        self._exceptions = exceptions
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first allowed address of `host` that answers.

        Raises InputError (`blocked_address`) when none is allowed.
        """
        failure: Exception | None = None
        for address in await self._checked(host, port, timeout):
            try:
                return await self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"{host} has no address")

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: pages live behind addresses."""
        raise httpcore.ConnectError("Local sockets are never used.")

    async def sleep(self, seconds: float) -> None:
        """Wait, for httpcore's retries."""
        await asyncio.sleep(seconds)

    async def _checked(self, host: str, port: int, timeout: float | None) -> list[str]:
        addresses = await _resolved(host, port, timeout)
        passed = [address for address in addresses if allowed(address, self._exceptions)]
        if addresses and not passed:
            raise InputError(
                Reason.BLOCKED_ADDRESS,
                f"{host} leads to {addresses[0]}, which is not on the public internet; "
                "fetch.allow_addresses can allow it.",
            )
        return passed


async def _resolved(host: str, port: int, timeout: float | None) -> list[str]:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(timeout):
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except TimeoutError as error:
        raise httpcore.ConnectTimeout(f"The name {host} was not resolved in time") from error
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"The name {host} cannot be resolved: {error}") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
