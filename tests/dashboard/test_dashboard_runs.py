"""The pages of runs."""

import json
import os

import faults
import pytest
from pages_helpers import Pages, links

from newsloom.alive import STATE_FILE, Process, State


def test_runs_of_the_window_are_paged(pages: Pages) -> None:
    whole = pages.proven("runs", window="28d")
    assert len(whole) > 600
    first, second = pages.get("/runs?window=28d"), pages.get("/runs?window=28d&page=2")
    assert [f"/runs/{row['run_id']}" in links(first) for row in whole[:101]] == [True] * 100 + [
        False
    ]
    assert f"/runs/{whole[100]['run_id']}" in links(second)
    assert "?window=28d&page=2" in links(first)
    assert "?window=28d&page=1" in links(second)
    assert f"101 to 200 of {len(whole)} runs" in second
    last = pages.get("/runs?window=28d&page=99999")
    assert f"/runs/{whole[-1]['run_id']}" in links(last)
    for odd in ("0", "-1", "x", "9" * 400, "<script>"):
        pages.get(f"/runs?page={odd}")


def test_runs_are_narrowed_down(pages: Pages) -> None:
    failed = pages.proven("runs", status="failed")
    assert [row["run_id"] for row in failed] == [faults.FAILED_RUN]
    assert faults.FAILED_RUN in pages.get("/runs?status=failed&flow=poll")
    assert "No run is like this." in pages.get("/runs?status=failed&flow=ingest")
    assert {row["flow"] for row in pages.proven("runs", flow="ingest")} == {"ingest"}
    flows = {row["flow"]: row for row in pages.proven("run_flows", window="7d")}
    assert flows["poll"]["unfinished"] == 1


def test_a_failed_run_shows_its_error_as_text(pages: Pages) -> None:
    html = pages.get(f"/runs/{faults.FAILED_RUN}")
    assert "It failed." in html
    assert "RuntimeError: &lt;script&gt;" in html
    assert "javascript:alert(1)" in html
    assert "a link while newsloom up runs" in html
    assert pages.proven("run", run=faults.FAILED_RUN)[0]["error"] == faults.ERROR


def test_a_run_shows_stages_outcomes_and_what_is_odd(pages: Pages) -> None:
    html = pages.get(f"/runs/{faults.LOSSY_RUN}")
    assert "7 items have no final status: they are unaccounted." in html
    assert "63 of its items were rejected." in html
    assert "Slow: 6 h 35 min, where runs of ingest usually take" in html
    stages = pages.proven("run_stages", run=faults.LOSSY_RUN)
    assert [row["stage"] for row in stages] == ["discover", "fetch", faults.SCRIPT]
    assert sum(row["share"] for row in stages) == pytest.approx(1)
    assert stages[1]["rows_out"] == 126
    (outcome,) = pages.proven("run_outcomes", run=faults.LOSSY_RUN)
    assert (outcome["status"], outcome["reason"], outcome["items"]) == ("rejected", "bad_url", 63)
    assert len(pages.proven("run_rejects", run=faults.LOSSY_RUN)) == 50


def test_a_good_run_shows_its_articles(pages: Pages) -> None:
    good = next(row for row in pages.proven("runs", window="7d")
                if row["items_new"] and row["flow"] == "poll")  # fmt: skip
    articles = pages.proven("run_articles", run=good["run_id"])
    assert len(articles) == min(good["items_new"] + good["items_revised"], 50)
    html = pages.get(f"/runs/{good['run_id']}")
    assert f"/articles/{articles[0]['article_id']}" in links(html)
    assert "It failed" not in html


@pytest.mark.parametrize(
    ("api", "linked"),
    [("http://127.0.0.1:4200/api", "http://127.0.0.1:4200"), ("javascript:alert(1)//api", "")],
)
def test_the_orchestrator_is_linked_while_it_is_up(pages: Pages, api: str, linked: str) -> None:
    me = Process.of(os.getpid())
    assert me is not None
    state = pages.folder / STATE_FILE
    state.write_text(State(me, api).as_json())
    try:
        found = links(pages.get(f"/runs/{faults.FAILED_RUN}"))
        assert (f"{linked}/runs/flow-run/{faults.PREFECT_ID}" in found) == bool(linked)
        state.write_text(
            json.dumps({"pid": me.pid, "started": 1.0, "api_url": api, "children": []})
        )
        assert "a link while newsloom up runs" in pages.get(f"/runs/{faults.FAILED_RUN}")
    finally:
        state.unlink()


def test_an_unknown_run_is_not_there(pages: Pages) -> None:
    assert "There is no run &#39;nix&#39;" in pages.get("/runs/nix", 404)
    assert pages.client.get("/data/run.json?run=nix").json() == []
