"""How a fault is seen: by the check, on the page, and in the message to who is on call."""

from dataclasses import dataclass
from html import unescape
from pathlib import Path

from asking import asking
from sinks import Hook, served

from flows.monitor import monitor
from newsloom.settings import HealthSettings, Settings
from warehouse.health import Finding, Health


@dataclass
class Watch:
    """What a monitor pass found and told, and what the overview shows."""

    findings: dict[str, Finding]
    messages: list[tuple[str, str]]
    page: str

    def says(self, check: str, *words: str, subject: str = "") -> None:
        """Assert that a check is not well, and that message and page say so with these words."""
        finding = self.findings[check]
        assert finding.status is not Health.OK, finding
        assert subject in ["", *(found.name for found in finding.subjects)], finding
        title = finding.check.title
        (told,) = [text for headline, text in self.messages if f": {title}" in headline]
        shown = self.page[self.page.index("What is not well") :]
        assert title in shown
        for word in (*words, subject):
            assert word in told, (word, told)
            assert word in shown, (word, shown[:2000])


def watch(folder: Path) -> Watch:
    """Have the monitor examine a warehouse once, and look at the page."""
    with served(Hook()) as hook:
        settings = Settings(health=HealthSettings(notify=(hook.address,)))
        report = monitor(folder, settings)
        messages = [(message["title"], message["message"]) for message in hook.got]
    with asking(folder, settings) as page:
        shown = unescape(page.get("/").text)
    return Watch({finding.name: finding for finding in report.findings}, messages, shown)
