"""The pages of checks: what each means, what it found, and what to do."""

from datetime import timedelta
from pathlib import Path

import pytest
from pages_helpers import Pages, links

from dashboard.numberline import number_line
from dashboard.runbook import rendered, section
from flows.monitor import monitor
from newsloom import clock
from newsloom.settings import Settings
from warehouse.health import CHECK, CHECKS, Finding, Health, Limits
from warehouse.incidents import Mute, Store, open_incidents

MOVING = ("freshness", "snapshot_age", "silent_sources", "stuck_runs", "reject_age", "run_duration")
"""Their values depend on the second in which they are asked for."""


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: str(check.name))
def test_each_check_has_its_page(pages: Pages, check: object) -> None:
    asked = CHECK[str(getattr(check, "name", ""))]
    html = pages.get(f"/checks/{asked.name}")
    assert asked.title in html
    if asked.live:
        assert "It asks the machine, not the warehouse: " in html
        answer = pages.client.get(f"/data/check.json?check={asked.name}")
        assert answer.status_code == 404
        return
    if asked.name not in MOVING:
        assert [row["subject"] for row in pages.proven("check", check=asked.name)].count(None) == 1


def test_subjects_lead_to_their_pages(pages: Pages) -> None:
    (failing,) = (f for f in pages.ask().snapshot.findings if f.name == "failing_sources")
    (subject,) = failing.subjects
    assert f"/sources/{subject.name}" in links(pages.get("/checks/failing_sources"))


def test_the_view_of_checks_is_that_of_the_findings(pages: Pages) -> None:
    rows = {row["name"]: row for row in pages.ask().snapshot.rows("FROM checks")}
    found = {f.name: f for f in pages.ask().snapshot.findings if not f.check.live}
    assert rows.keys() == found.keys()
    for name, finding in found.items():
        assert rows[name]["status"] == finding.status.value
        assert rows[name]["value"] == finding.value
        assert [s["name"] for s in rows[name]["subjects"]] == [s.name for s in finding.subjects]


def test_an_unknown_check_is_not_there(pages: Pages) -> None:
    assert "freshness" in pages.get("/checks/nix", 404)
    assert pages.client.get("/data/check.csv?check=nix").status_code == 404


@pytest.mark.parametrize(
    ("value", "limits"),
    [(0.03, Limits(0.05, 0.2)), (1e9, Limits(5, 60)), (0.0, Limits(bad_below=0.0)),
     (85, Limits(152, 305, 45, 15)), (-3, Limits(warn_at=0)), (0, Limits(0, 0, 0, 0))],
)  # fmt: skip
def test_the_number_line_stays_inside(value: float, limits: Limits) -> None:
    line = number_line(Finding(CHECK["volume"], Health.OK, value, limits, ""))
    assert line.startswith("<svg")
    assert "nan" not in line
    assert "-" not in line.split("points")[0].replace("numberline", "").split('x="')[1][:3]


def test_there_is_no_number_line_without_value_or_limits() -> None:
    for value, limits in ((None, Limits(1, 2)), (3, Limits()), (float("inf"), Limits(1))):
        assert number_line(Finding(CHECK["volume"], Health.OK, value, limits, "")) == ""


def test_a_section_of_the_runbook_is_found_and_follows_changes(tmp_path: Path) -> None:
    file = tmp_path / "runbook.md"
    assert section("disk", file) is None
    file.write_text(
        "# Runbook\n\n## disk\n\nMake *room*.\n\n### How\n\n1. `rm`\n\n## clock\n\nSet it.\n"
    )
    assert section("disk", file) == (
        "<p>Make <em>room</em>.</p>\n<h3>How</h3>\n<ol>\n<li><code>rm</code></li>\n</ol>\n"
    )
    assert section("clock", file) == "<p>Set it.</p>\n"
    assert section("volume", file) is None


def test_the_runbook_brings_no_html_and_no_dead_links() -> None:
    html = rendered(
        "<script>alert(1)</script> [a](javascript:alert(1)) [b](rejects.md) [c](#disk) "
        "[d](https://example.org) ![e](x.png) [f `g`](other.md)"
    )
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert '<a href="/checks/disk">c</a>' in html
    assert '<a href="https://example.org">d</a>' in html
    assert " b " in html
    assert "<img" not in html
    assert "f <code>g</code>" in html


def test_who_knows_of_an_incident_is_told(pages: Pages) -> None:
    monitor(pages.folder, Settings())
    incidents = {incident.check: incident for incident in open_incidents(pages.folder)}
    known, quiet, now = incidents["failing_sources"], incidents["silent_sources"], clock.now()
    with Store.of(pages.folder) as store:
        store.acknowledge(known.id, "night desk", "<b>called them</b>", now)
        store.mute(Mute("silent_sources", now + timedelta(hours=2)))
    html = pages.get("/")
    assert "acknowledged just now by night desk: &lt;b&gt;called them&lt;/b&gt;." in html
    assert f"Incident {quiet.id}, muted until " in html
    assert f"Incident {known.id}, acknowledged" in pages.get("/checks/failing_sources")
