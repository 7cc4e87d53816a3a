"""One run: what went through its stages, how its items ended, what is odd about it."""

from typing import Any
from urllib.parse import quote, urlsplit

from dashboard.figures import Ask, Column, Figure, NotThere, figure
from dashboard.pages import page
from dashboard.show import number, seconds
from newsloom.alive import read_state

STAGES = ("discover", "recognise", "fetch", "extract", "compare", "tag", "decide", "copies",
          "stories", "load")  # fmt: skip
"""In the order of the way of the data."""
SLOW = 2.0
"""Times as long as 95 % of the runs of its flow: odd, as the check run_duration says, too."""
SHORT_SECONDS = 60.0
"""What takes less is never called slow."""
ENOUGH_RUNS = 5
"""So many are needed to say what is usual."""

Row = dict[str, Any]


@page("/runs/{run}", "run.html")
def page_of_run(ask: Ask) -> Row:
    """Fill the page of one run."""
    facts = run(ask)
    if not facts.rows:
        raise NotThere(f"There is no run {ask.text('run', 80)!r}.",
                       "The page /runs?window=28d lists those of four weeks.")  # fmt: skip
    return {
        "facts": facts, "row": facts.one, "warnings": warnings(facts.one, ask),
        "prefect": prefect_address(facts.one, ask), "stages": run_stages(ask),
        "outcomes": run_outcomes(ask), "rejects": run_rejects(ask), "articles": run_articles(ask),
    }  # fmt: skip


def warnings(row: Row, ask: Ask) -> list[tuple[str, str]]:
    """Return what is odd about a run: how bad each is, and the words."""
    ended, rejected = row["status"] != "running", row["items_rejected"]
    found: list[tuple[str, str]] = []
    if row["status"] in ("failed", "killed"):
        found.append(("bad", f"It {'failed' if row['status'] == 'failed' else 'was killed'}."))
    if row["status"] == "interrupted":
        found.append(("warn", "It was stopped on request; what was committed stays."))
    if ended and row["items_unaccounted"]:
        lost = number(row["items_unaccounted"])
        found.append(("bad", f"{lost} items have no final status: they are unaccounted."))
    if rejected:
        found.append(("warn", f"{number(rejected)} items were rejected."))
    return found + _slow(row, ask) + _checked(row, ask)


def _slow(row: Row, ask: Ask) -> list[tuple[str, str]]:
    took = row["seconds"]
    if row["status"] == "running":
        took = (ask.now - row["started_at"]).total_seconds()
    usual, slowest = row["usual_seconds"], row["p95_seconds"]
    if (row["like_it"] or 0) < ENOUGH_RUNS or took < max(SLOW * slowest, SHORT_SECONDS):
        return []
    return [("warn", f"Slow: {seconds(took)}, where runs of {row['flow']} usually take "
                     f"{seconds(usual)} and 95 % of them at most {seconds(slowest)}.")]  # fmt: skip


def _checked(row: Row, ask: Ask) -> list[tuple[str, str]]:
    """Return what the checks of runs that hang or were killed found about this one."""
    return [
        (subject.status.value, subject.reason)
        for finding in ask.snapshot.findings
        if finding.name in ("killed_runs", "stuck_runs")
        for subject in finding.subjects
        if subject.name == row["run_id"]
    ]


def prefect_address(row: Row, ask: Ask) -> str:
    """Return where the orchestrator shows the run, '' where no `newsloom up` is running."""
    state = read_state(ask.snapshot.digest.path.parent)
    if not row["prefect_run_id"] or state is None or not state.process.alive():
        return ""
    base = state.api_url.rstrip("/").removesuffix("/api")
    if urlsplit(base).scheme not in ("http", "https"):
        return ""
    return f"{base}/runs/flow-run/{quote(row['prefect_run_id'], safe='')}"


def _ask(ask: Ask, name: str, title: str, columns: tuple[Column, ...], **more: Any) -> Figure:
    wanted = ask.text("run")
    return ask.figure(name, title, columns, query={"run": wanted}, run=wanted, **more)


@figure("run")
def run(ask: Ask) -> Figure:
    """Ask what is known of a run."""
    return _ask(ask, "run", "Facts", ())


@figure("run_stages")
def run_stages(ask: Ask) -> Figure:
    """Ask what went through its stages, and how long each took."""
    return _ask(ask, "run_stages", "Stages", stages=list(STAGES), columns=(
        Column("stage", "Stage"), Column("rows_in", "Rows in", "number"),
        Column("rows_out", "Rows out", "number"), Column("seconds", "Took", "seconds"),
        Column("share", "Of the time", "share"),
    ), empty="It has ended no stage yet.")  # fmt: skip


@figure("run_outcomes")
def run_outcomes(ask: Ask) -> Figure:
    """Ask how its items ended."""
    return _ask(ask, "run_outcomes", "How its items ended", (
        Column("status", "Status", "status"), Column("reason", "Reason", link="/rejects/{reason}"),
        Column("items", "Items", "number"), Column("share", "Share", "share"),
    ), empty="No item was dealt with.")  # fmt: skip


@figure("run_articles")
def run_articles(ask: Ask) -> Figure:
    """Ask for its first articles."""
    return _ask(ask, "run_articles", "Its first 50 articles", (
        Column("title", "Headline", link="/articles/{article_id}"),
        Column("status", "Status", "status"),
        Column("source", "Source", link="/sources/{source}", wide=True),
        Column("seen_at", "When (UTC)", "moment", wide=True),
    ), empty="It brought no new or revised article.")  # fmt: skip


@figure("run_rejects")
def run_rejects(ask: Ask) -> Figure:
    """Ask for its first rejects."""
    return _ask(ask, "run_rejects", "Its first 50 rejects", (
        Column("reason", "Reason", link="/rejects/{reason}"),
        Column("locator", "What", "link"),
        Column("detail", "Detail", "brief", wide=True),
        Column("source", "Source", "brief", link="/sources/{source}", wide=True),
    ), empty="Nothing was rejected.")  # fmt: skip
