"""What an ingest and the like print at the end: items by status, stories met, what to try next."""

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from cli.output import command_warehouse, console, grid, program, shown, span
from cli.storyview import count, print_story
from flows.report import Report
from newsloom.vocabulary import Reason, Status
from warehouse.published import Published

MOST_STORIES = 3
MOST_REJECTS = 8


def as_dict(report: Report) -> dict[str, Any]:
    """Return the report for a program."""
    stories = [change._asdict() for change in report.stories.values()]
    # Not asdict(): it cannot copy a Counter.
    return {**vars(report), "unaccounted": report.unaccounted, "stories": stories}


def print_report(
    report: Report, warehouse: Path, tracked: bool, did: str = "Ingested", noun: str = "file"
) -> None:
    """Print the report for a person. noun: what the remarks are about."""
    out = console()
    with Published(warehouse) as news:
        _print_counts(out, report, tracked, did)
        for remark, number in sorted(report.remarks.items()):
            out.print(f"  {count(number, noun)} {remark}", style="dim")
        _print_rejects(out, news, report)
        shown_stories = _print_stories(out, news, report)
        _print_languages(out, news, report)
        _print_next(out, news, report, warehouse, shown_stories)


def _print_counts(out: Console, report: Report, tracked: bool, did: str) -> None:
    how = "tracked" if tracked else "direct"
    line = Text.assemble(
        (f"{did} ", "bold"), (count(report.items_found, "item"), "bold"),
        f" in {span(report.seconds)} ({how}, run {report.run_id})",
    )  # fmt: skip
    out.print()
    out.print(line)
    counts = [f"{report.statuses[status.value]:,} {status.value}" for status in Status]
    out.print("  " + "   ".join(counts))
    if report.unaccounted:
        out.print(
            f"  {report.unaccounted} items are unaccounted for: please report this.", style="red"
        )


def _print_rejects(out: Console, news: Published, report: Report) -> None:
    rejected = report.statuses[Status.REJECTED.value]
    if not rejected:
        return
    out.print()
    out.print(Text("Rejected", style="bold"))
    rows = news.rows("run_rejects", run=report.run_id, most=MOST_REJECTS)
    for row in rows:
        out.print(
            Text.assemble("  ", shown(row["locator"]), (f"  {row['reason']}", "yellow")),
            soft_wrap=True,
        )
        out.print(Padding(shown(row["detail"]), (0, 0, 0, 4)), style="dim")
    if rejected > len(rows):
        out.print(f"  … and {rejected - len(rows):,} more. By reason:", style="dim")
        by_reason = report.reasons.most_common()
        out.print(grid((f"{number:,} {name}", Reason(name).meaning) for name, number in by_reason))


def _print_stories(out: Console, news: Published, report: Report) -> list[str]:
    found = news.rows("run_stories", run=report.run_id)
    for row in found[:MOST_STORIES]:
        out.print()
        print_story(out, news, row["story_id"])
    if len(found) > MOST_STORIES:
        out.print()
        out.print(
            f"… and {len(found) - MOST_STORIES:,} more stories: {program()} stories", style="dim"
        )
    return [row["story_id"] for row in found]


def _print_languages(out: Console, news: Published, report: Report) -> None:
    rows = news.rows("run_languages", run=report.run_id)
    out.print()
    if rows:
        text = ", ".join(f"{row['language']} {row['articles']:,}" for row in rows)
        out.print(Text.assemble(("Languages  ", "bold"), text))


def _print_next(
    out: Console, news: Published, report: Report, warehouse: Path, stories: list[str]
) -> None:
    where = command_warehouse(warehouse)
    out.print(Text.assemble(("Warehouse  ", "bold"), shown(news.path)), soft_wrap=True)
    out.print()
    out.print(Text("Try next", style="bold"))
    commands = [f"stories{where}", f'sql{where} "SELECT title, language, word_count FROM articles"']
    if stories:
        articles = news.rows("story_articles", story=stories[0])
        originals = [row["article_id"][:9] for row in articles if not row["duplicate_of"]]
        if len(originals) > 1:
            commands.insert(0, f"explain{where} {originals[0]} {originals[1]}")
    else:
        commands.append(f"status{where}")
    for command in commands[:3]:
        out.print(f"  {program()} {command}", soft_wrap=True)
