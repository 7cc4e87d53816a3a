"""Where the dashboard may listen, and under which names it may then be asked for."""

import ipaddress
from urllib.parse import urlsplit

from newsloom.errors import UsageError
from newsloom.settings import DashboardSettings


def check_binding(host: str, settings: DashboardSettings) -> None:
    """Raise UsageError where the settings would show the dashboard to anybody on the network."""
    if bool(settings.user) != bool(settings.password):
        raise UsageError(
            "dashboard.user and dashboard.password go together, and one of them is empty.",
            "Set both, or set dashboard.token instead.",
        )
    if not is_loopback(host) and not (settings.token or settings.password):
        raise UsageError(
            f"On {host or 'all addresses'} anybody on the network could read the warehouse.",
            "Set NEWSLOOM_DASHBOARD_TOKEN (or NEWSLOOM_DASHBOARD_USER and _PASSWORD), or listen "
            "on 127.0.0.1.",
        )


def is_loopback(host: str) -> bool:
    """Return whether a name or address can only mean this machine."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def is_own_name(header: str, bound_to: str, page: str) -> bool:
    """Return whether a Host header may be answered.

    A page on the web can give its own name this machine's address, and would then read what a
    browser here shows (DNS rebinding). So where only this machine is listened to, only its names
    are answered, and that of `page`, the address the dashboard has behind a proxy.
    """
    if not is_loopback(bound_to):
        return True  # a token or password is asked for there
    try:
        name = urlsplit(f"//{header}").hostname or ""
        return is_loopback(name) or (bool(page) and name == urlsplit(page).hostname)
    except ValueError:
        return False
