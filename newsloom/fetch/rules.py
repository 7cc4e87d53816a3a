"""What a robots.txt says, read by protego: may an address be fetched, and how often?"""

import re
from typing import TYPE_CHECKING

from newsloom.fetch.hosts import Host
from newsloom.settings import FetchSettings

if TYPE_CHECKING:
    from protego import Protego

_TOKEN = re.compile(r"[A-Za-z_-]+")


def product_token(user_agent: str) -> str:
    """Return the name that robots.txt files call a program by: the first word of its user agent."""
    found = _TOKEN.match(user_agent.strip())
    return found[0] if found else "Newsloom"


def allows(host: Host, url: str, settings: FetchSettings) -> bool:
    """Tell whether the robots.txt of a host, where it has one, lets an address be fetched."""
    rules = _rules(host)
    return rules is None or bool(rules.can_fetch(url, product_token(settings.user_agent)))


def asked_delay(host: Host, settings: FetchSettings) -> float:
    """Return the seconds between two requests that the robots.txt asks for, 0 where it does not.

    Crawl-delay and Request-rate both count, up to fetch.max_crawl_delay_seconds.
    """
    rules = _rules(host)
    if rules is None:
        return 0.0
    token = product_token(settings.user_agent)
    rate = rules.request_rate(token)
    every = rate.seconds / rate.requests if rate and rate.requests > 0 else 0.0
    delay = max(rules.crawl_delay(token) or 0.0, every)
    # Endless and undefined ones too are numbers to the parser.
    return min(delay, settings.max_crawl_delay_seconds) if delay > 0 else 0.0


def _rules(host: Host) -> "Protego | None":
    if host.robots is None:
        return None
    if host.rules is None:
        from protego import Protego  # only where there is a robots.txt

        host.rules = Protego.parse(host.robots)
    rules: Protego = host.rules
    return rules
