"""Sending messages through Apprise: mail, Slack, a web hook and a hundred others."""

import logging
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from newsloom.errors import SettingsError
from tasks.alerts.addresses import shown, whole, without_secrets
from tasks.alerts.message import Message

_LOGGER = "apprise"


@dataclass(frozen=True, slots=True)
class Delivery:
    """How it went with one message and one address."""

    title: str
    address: str
    """Its scheme and host; the rest is secret."""
    taken: bool
    reason: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"title": self.title, "address": self.address, "taken": self.taken,
                "reason": self.reason}  # fmt: skip


class Post:
    """Sends messages to all addresses; one that fails is left alone until the next pass."""

    def __init__(self, addresses: Sequence[str], environ: Mapping[str, str]) -> None:
        self._targets = [_Target(address, environ) for address in addresses]

    def __bool__(self) -> bool:
        """Say whether there is any address."""
        return bool(self._targets)

    def deliver(self, message: Message) -> list[Delivery]:
        """Send a message to every address, and return which of them took it."""
        return [target.send(message) for target in self._targets]


class _Target:
    """One address."""

    def __init__(self, address: str, environ: Mapping[str, str]) -> None:
        self._failure = ""
        try:
            self._address = whole(address, environ)
        except SettingsError as error:
            self._address, self._failure = address, str(error)

    def send(self, message: Message) -> Delivery:
        # Dead addresses cost seconds each time, and there may be a message for every check.
        if not self._failure:
            self._failure = self._trouble(message)
        return Delivery(message.title, shown(self._address), not self._failure, self._failure)

    def _trouble(self, message: Message) -> str:
        """Send, and return what is wrong, empty if it was taken."""
        with _listening() as said:
            try:
                taken = len(self._service) and self._service.notify(
                    body=message.body, title=message.title, notify_type=message.kind,
                    body_format="text",
                )  # fmt: skip
            except Exception as error:  # plug-ins raise what their libraries do
                said.append(f"{type(error).__name__}: {error}")
                taken = False
        if taken:
            return ""
        reason = said[0] if said else "It was not taken."
        if not len(self._service):
            reason = "Apprise knows no such address; see https://appriseit.com for how to write it."
        return without_secrets(reason, self._address)[:300]

    @cached_property
    def _service(self) -> Any:
        # Here, because it takes most of a second, which a pass with nothing to tell need not pay.
        import apprise

        asset = apprise.AppriseAsset(
            app_id="Newsloom",
            app_desc="Newsloom",
            app_url="",
            secure_logging=True,
            # No plug-ins, state or emojis of the user's other programs.
            plugin_paths=[],
            storage_mode="memory",
            interpret_emojis=False,
            interpret_escapes=False,
            async_mode=False,
        )
        with warnings.catch_warnings():
            # Its plug-ins are loaded now, and some of them lean on what Python gives up.
            warnings.simplefilter("ignore", DeprecationWarning)
            # The outer one turns plain text into what the service takes, HTML or Markdown.
            service = apprise.Apprise(asset=asset)
            # Instantiated here: a text given to `add` is cut at commas into several addresses.
            if made := apprise.Apprise.instantiate(self._address, asset=asset):
                service.add(made)
            return service


class _listening(logging.Handler):  # noqa: N801 - used as a function
    """Takes what Apprise says, so that it reaches no log: it may hold the address."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._said.append(record.getMessage())

    def __enter__(self) -> list[str]:
        logger = logging.getLogger(_LOGGER)
        self._before = logger.propagate, logger.handlers
        logger.propagate, logger.handlers = False, [self]
        return self._said

    def __exit__(self, *_: object) -> None:
        logger = logging.getLogger(_LOGGER)
        logger.propagate, logger.handlers = self._before
