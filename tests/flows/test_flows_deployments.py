"""The deployments of prefect.yaml, on a real server with a real worker."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from running_up import Up, clean_environment, wait_for
from sinks import Hook, served
from website import running

import flows
from flows.up import deployments, services
from flows.up.server import Server

PROJECT = Path(flows.__file__).parent.parent
SCHEDULER_SECONDS = 90.0
RUN_SECONDS = 120.0

pytestmark = pytest.mark.timeout(400)

FLOOD = """Flood waters reach Porto Velas

The river Tamba rose above its banks on Monday and flooded the old town of Porto Velas. Mayor Ana
Correia told residents of the lower quarters to leave their houses, and the army sent boats to fetch
the patients of the city hospital. About three thousand people spent the night in schools.
"""
STRIKE = """Bakers of Lindhaven end their strike

After eleven days the bakers of Lindhaven went back to work on Friday. Their union accepted a rise
of four per cent and a free Sunday every month. Bread had become scarce in the north of the island,
where some shops had sold rolls that ferries brought over from the mainland.
"""


@pytest.fixture(scope="module")
def up(warehouse: Path) -> Iterator[Up]:
    started = Up(warehouse)
    yield started
    started.end()


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    (tmp_path / "flood.txt").write_text(FLOOD)
    (tmp_path / "strike.txt").write_text(STRIKE)
    (tmp_path / "empty.txt").write_text("")
    return tmp_path


def test_the_deployments_of_ingest_are_as_the_file_says(up: Up) -> None:
    hourly, on_demand = up.deployment("ingest-folder"), up.deployment("ingest-on-demand")
    for deployment in (hourly, on_demand):
        assert deployment["work_pool_name"] == "newsloom"
        assert deployment["entrypoint"] == "flows/tracked.py:ingest"
        assert deployment["enforce_parameter_schema"]
        assert "newsloom" in deployment["tags"]
        step = deployment["pull_steps"][0]["prefect.deployments.steps.set_working_directory"]
        assert step["directory"] == str(PROJECT)
    assert hourly["parameters"] == {"inputs": ["inbox"], "warehouse": str(up.warehouse)}
    assert on_demand["parameters"] == {"inputs": ["seeds"], "warehouse": str(up.warehouse)}
    assert on_demand["schedules"] == []
    assert hourly["global_concurrency_limit"]["limit"] == 1
    assert hourly["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"


def test_wrong_parameters_are_refused_before_a_run(up: Up) -> None:
    answer = up.start_run("ingest-on-demand", inputs=3)
    assert answer.status_code == 409
    assert "inputs" in answer.json()["detail"]


def test_a_schedule_is_off_until_it_is_switched_on_and_then_makes_runs(up: Up) -> None:
    hourly = up.deployment("ingest-folder")
    (schedule,) = hourly["schedules"]
    assert (schedule["slug"], schedule["active"]) == ("hourly", False)
    assert up.runs("ingest-folder", "SCHEDULED") == []
    switch(up, hourly, active=True)
    try:
        # Wrong versions of the server's libraries have made no runs at all, without a word.
        runs = wait_for(lambda: up.runs("ingest-folder", "SCHEDULED"), SCHEDULER_SECONDS)
        assert len(runs) >= 2
        assert all(run["auto_scheduled"] for run in runs)
    finally:
        switch(up, hourly, active=False)


def switch(up: Up, deployment: dict[str, Any], active: bool) -> None:
    path = f"/deployments/{deployment['id']}/schedules/{deployment['schedules'][0]['id']}"
    up.client.patch(path, json={"active": active}).raise_for_status()


def test_a_run_ends_with_rows_in_the_published_file_and_artifacts(up: Up, inputs: Path) -> None:
    run = up.start_run("ingest-on-demand", inputs=[str(inputs)], source="wire").json()
    state = up.reaches(run["id"], {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}, RUN_SECONDS)
    assert state["type"] == "COMPLETED", state["message"]
    with duckdb.connect(str(up.warehouse / "news.duckdb"), read_only=True) as connection:
        rows = connection.execute("SELECT title, source FROM articles ORDER BY title").fetchall()
    assert rows == [
        ("Bakers of Lindhaven end their strike", "wire"),
        ("Flood waters reach Porto Velas", "wire"),
    ]
    artifacts = artifacts_of(up, run["id"])
    assert set(artifacts) == {"items-by-status", "stories"}
    assert all(artifact["type"] == "table" for artifact in artifacts.values())
    assert '"rejected"' in artifacts["items-by-status"]["data"]


def artifacts_of(up: Up, run_id: str) -> dict[str, dict[str, Any]]:
    wanted = {"artifacts": {"flow_run_id": {"any_": [run_id]}}}
    found = up.client.post("/artifacts/filter", json=wanted).raise_for_status().json()
    return {artifact["key"]: artifact for artifact in found}


def test_sources_are_polled_every_ten_minutes_by_themselves(up: Up, tmp_path: Path) -> None:
    deployment = up.deployment("poll")
    (schedule,) = deployment["schedules"]
    assert (schedule["schedule"]["cron"], schedule["active"]) == ("*/10 * * * *", True)
    assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
    assert wait_for(lambda: up.runs("poll", "SCHEDULED"), SCHEDULER_SECONDS)
    with running(hosts=1, articles=2) as site:
        file = tmp_path / "newsloom.toml"
        file.write_text(
            '[fetch]\nallow_addresses = ["127.0.0.0/8"]\n'
            f'[[sources]]\nname = "Courier"\naddress = "{site.url("/feed.rss")}"\n',
            "utf-8",
        )
        run = up.start_run("poll", settings_file=str(file)).json()
        state = up.reaches(run["id"], {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}, RUN_SECONDS)
    assert state["type"] == "COMPLETED", state["message"]
    with duckdb.connect(str(up.warehouse / "news.duckdb"), read_only=True) as connection:
        ((polled, new),) = connection.execute("SELECT source, entries_new FROM polls").fetchall()
        flows_run = connection.execute("SELECT DISTINCT flow FROM runs").fetchall()
    assert (polled, new) == ("Courier", 2)
    assert ("poll",) in flows_run


def test_the_monitor_runs_every_five_minutes_and_emits_what_changes(up: Up, tmp_path: Path) -> None:
    deployment = up.deployment("monitor")
    (schedule,) = deployment["schedules"]
    assert (schedule["schedule"]["cron"], schedule["active"]) == ("*/5 * * * *", True)
    assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
    with served(Hook()) as hook:
        file = tmp_path / "newsloom.toml"
        file.write_text(
            f'[health]\nnotify = ["{hook.address}"]\nlimits = ["disk 2000000 1000000"]\n', "utf-8"
        )

        def told() -> bool:
            # A scheduled pass at the same moment has this one cancelled.
            run = up.start_run("monitor", settings_file=str(file)).json()
            up.reaches(run["id"], {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}, RUN_SECONDS)
            return bool(hook.got)

        assert wait_for(told, RUN_SECONDS)
    assert "Newsloom bad: Disk left" in hook.titles
    resource = f"newsloom.warehouse.{up.warehouse}/disk"
    wanted = {"filter": {"event": {"prefix": ["newsloom.incident."]}}}

    def emitted() -> list[tuple[str, str]]:
        answer = up.client.post("/events/filter", json=wanted).raise_for_status().json()
        return [(e["event"], e["resource"]["prefect.resource.id"]) for e in answer["events"]]

    assert wait_for(lambda: ("newsloom.incident.opened", resource) in emitted(), RUN_SECONDS)


def test_deploying_anew_keeps_what_the_user_switched_on_or_added(up: Up) -> None:
    hourly = up.deployment("ingest-folder")
    switch(up, hourly, active=True)
    path = f"/deployments/{hourly['id']}/schedules"
    own = [{"schedule": {"cron": "5 5 * * *", "timezone": "UTC"}, "active": False}]
    up.client.post(path, json=own).raise_for_status()
    # As after an update of the project: what is deployed was made from other files.
    up.client.patch(f"/deployments/{hourly['id']}", json={"version": "old"}).raise_for_status()
    project = deployments.find_project(up.warehouse)
    planned = services.plan(project, "127.0.0.1", up.port, clean_environment())
    with Server(up.api_url) as server:
        assert not deployments.up_to_date(server, project)
        deployments.apply(server, project, planned.deploying, time.sleep)
        assert deployments.up_to_date(server, project)
    after = up.deployment("ingest-folder")
    assert after["version"] == project.version
    assert {
        (schedule["slug"], schedule["schedule"]["cron"], schedule["active"])
        for schedule in after["schedules"]
    } == {("hourly", "0 * * * *", True), (None, "5 5 * * *", False)}
