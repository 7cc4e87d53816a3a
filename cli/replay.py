"""newsloom replay: rejects once more, through today's code."""

from pathlib import Path

import click

from cli.output import (
    console,
    grid,
    json_option,
    print_json,
    program,
    warehouse_option,
    with_example,
)
from cli.report import as_dict, print_report
from cli.running import EXIT_REJECTS, run_flow, run_options
from cli.since import moment
from cli.storyview import count
from flows.replay import Choice, Way, preview, replay
from newsloom import clock
from newsloom import settings as settings_
from newsloom.vocabulary import Reason

Line = tuple[str, Way, int]


@click.command("replay")
@click.option("--reason", "reasons", multiple=True, metavar="R",
              type=click.Choice([reason.value for reason in Reason]),
              help="Only rejects with this reason; may be given more than once.")  # fmt: skip
@click.option("--since", metavar="T", help="Only rejects of this time on: 24h, 7d, 2024-03-01.")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="At most the oldest N.")
@click.option("--refetch", is_flag=True,
              help="Fetch pages anew even where their content was kept.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@run_options
@json_option
@warehouse_option
@with_example("newsloom replay --dry-run\nnewsloom replay --reason no_text --since 7d")
def command(
    reasons: tuple[str, ...],
    since: str | None,
    limit: int | None,
    refetch: bool,
    dry_run: bool,
    tracked: bool,
    direct: bool,
    settings_file: Path | None,
    as_json: bool,
    warehouse: Path,
) -> int:
    """Run rejects through today's code once more.

    Content that was kept whole is read again as it is; pages that could not be fetched are fetched
    again, and files are read again from their place. What succeeds leaves the list of rejects, what
    fails again stays on it with the new reason. Exit code 1: some were rejected again.
    """
    settings = settings_.load(settings_file)
    after = moment(since, clock.now()) if since else None
    choice = Choice(reasons, after, limit, refetch)
    expected = preview(warehouse, choice)
    if dry_run or not any(way.tried for _, way, _ in expected):
        _say(expected, as_json)
        return 0
    report, was_tracked = run_flow(
        "replay",
        {
            "warehouse": str(warehouse),
            "reasons": list(reasons),
            "since": after,
            "limit": limit,
            "refetch": refetch,
            "settings_file": str(settings_file) if settings_file else None,
        },
        warehouse,
        lambda: replay(warehouse, settings, choice),
        tracked=tracked,
        direct=direct,
        quiet=as_json,
    )
    if as_json:
        print_json(as_dict(report))
    else:
        print_report(report, warehouse, was_tracked, "Replayed", "reject")
    return EXIT_REJECTS if report.statuses["rejected"] else 0


def _say(expected: list[Line], as_json: bool) -> None:
    """Say what a replay would do with the rejects, by reason."""
    if as_json:
        names = ("reason", "way", "tried", "rejects")
        print_json(
            [
                dict(zip(names, (reason, way.value, way.tried, number), strict=True))
                for reason, way, number in expected
            ]
        )
        return
    out = console()
    tried = sum(number for _, way, number in expected if way.tried)
    out.print(f"{count(tried, 'reject')} to replay", style="bold")
    if expected:
        out.print(grid((f"{number:,}", reason, way.value) for reason, way, number in expected))
    else:
        out.print(f'  See all with: {program()} sql "SELECT locator, reason FROM rejects"')
