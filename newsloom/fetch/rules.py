"""What a robots.txt says, read by protego: may an address be fetched, and how often?"""

import re
from typing import TYPE_CHECKING, NamedTuple

from newsloom.fetch.hosts import Host
from newsloom.settings import FetchSettings

if TYPE_CHECKING:
    from protego import Protego

OWN_NAME = "Newsloom"
"""What is said to this name holds however a user lets Newsloom name itself."""

_TOKEN = re.compile(r"[A-Za-z_-]+")
_AGENT = re.compile(
    r"^([ \t]*user[- ]?agent[ \t]*:[ \t]*)([^\r\n#]*)", re.IGNORECASE | re.MULTILINE
)
_VERSION = re.compile(r"^([A-Za-z_-]+)(?:/|\s+v?\d).*")


class Rules(NamedTuple):
    """A parsed robots.txt, and the names in lower case that it speaks to."""

    parsed: "Protego"
    names: frozenset[str]

    def tokens(self, settings: FetchSettings) -> list[str]:
        """Return the names whose rules hold: those that it speaks to, else all, as anybody."""
        ours = product_tokens(settings.user_agent)
        return [token for token in ours if token.lower() in self.names] or ours


def product_tokens(user_agent: str) -> list[str]:
    """Return what robots.txt files may call Newsloom: its name, the first word of its user agent.

    Always both, so that no user agent gets around what is said to Newsloom.
    """
    found = _TOKEN.match(user_agent.strip())
    given = [found[0]] if found and found[0].lower() != OWN_NAME.lower() else []
    return [OWN_NAME, *given]


def allows(host: Host, url: str, settings: FetchSettings) -> bool:
    """Tell whether the robots.txt of a host, where it has one, lets an address be fetched."""
    rules = _rules(host)
    if rules is None:
        return True
    return all(rules.parsed.can_fetch(url, token) for token in rules.tokens(settings))


def asked_delay(host: Host, settings: FetchSettings) -> float:
    """Return the seconds between two requests that the robots.txt asks for, 0 where it does not.

    Crawl-delay and Request-rate both count, up to fetch.max_crawl_delay_seconds.
    """
    rules = _rules(host)
    if rules is None:
        return 0.0
    delay = max(_delay(rules.parsed, token) for token in rules.tokens(settings))
    # Endless and undefined ones too are numbers to the parser.
    return min(delay, settings.max_crawl_delay_seconds) if delay > 0 else 0.0


def _delay(rules: "Protego", token: str) -> float:
    rate = rules.request_rate(token)
    every = rate.seconds / rate.requests if rate and rate.requests > 0 else 0.0
    return max(rules.crawl_delay(token) or 0.0, every)


def _rules(host: Host) -> Rules | None:
    if host.robots is None:
        return None
    if host.rules is None:
        from protego import Protego  # only where there is a robots.txt

        # Versions do not count, by the standard; the parser would take them for part of the name.
        text = _AGENT.sub(lambda line: line[1] + _VERSION.sub(r"\1", line[2]), host.robots)
        names = frozenset(line[2].strip().lower() for line in _AGENT.finditer(text))
        host.rules = Rules(Protego.parse(text), names)
    rules: Rules = host.rules
    return rules
