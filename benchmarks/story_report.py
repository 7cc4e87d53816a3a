"""What the story benchmark prints: calm, aligned tables."""

from collections.abc import Iterable, Sequence

from benchmarks.story_margins import Margin
from benchmarks.story_measures import Agreement
from benchmarks.story_strain import CASES, Strain

Row = Sequence[str]
STEPS = ("sign", "link", "cluster")


def aligned(head: Row, rows: Iterable[Row], left: int = 1) -> str:
    """Return a table whose first `left` columns are words, and the others numbers."""
    lines = [head, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]

    def line(cells: Row) -> str:
        padded = (
            cell.ljust(width) if number < left else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return "  ".join(padded).rstrip()

    return "\n".join(map(line, lines))


QUALITY_HEAD = (
    "SET", "ENGINE", "ARTICLES", "B3 P", "B3 R", "B3 F1", "PAIR P", "PAIR R", "PAIR F1", "RAND",
    "PER CPU S", "FLOOR",
)  # fmt: skip


def quality_row(
    name: str, engine: str, count: int, found: Agreement, cpu_seconds: float, floor: float | None
) -> Row:
    """Return a line of the quality table; `floor` is that of BCubed F1."""
    speed = f"{count / cpu_seconds:,.0f}" if cpu_seconds else ""
    floor_met = "" if floor is None else f"{floor:.2f} {said(found.bcubed_f1 >= floor)}"
    return (name, engine, f"{count:,}", *(f"{v:.3f}" for v in found), speed, floor_met)


def said(met: bool) -> str:
    """Return the word for a floor that was met, or was not."""
    return "met" if met else "not met"


def margin_table(found: Iterable[Margin]) -> str:
    """Return the seeds' and the controls' scores."""
    words = {True: "joins", False: "stays out"}
    rows = [
        (m.name, words[m.joins], words[m.joined], f"{m.score:.3f}",
         "" if m.joins == m.joined else "wrong")
        for m in found
    ]  # fmt: skip
    return aligned(("SEEDS AND CONTROLS", "SHOULD", "DOES", "SCORE", ""), rows, left=3)


def strain_table(found: Iterable[Strain]) -> str:
    """Return what the cases under strain came to; the steps in processor seconds."""
    rows = [
        (CASES[s.case][1], f"{s.articles:,}", f"{s.stories:,}", f"{s.largest_story:,}",
         *(f"{s.cpu_seconds[step]:.1f}" for step in STEPS), f"{s.wall_seconds:.1f}", _megabytes(s))
        for s in found
    ]  # fmt: skip
    steps = (f"{step.upper()} CPU S" for step in STEPS)
    head = ("CASE", "ARTICLES", "STORIES", "LARGEST", *steps, "WALL S", "PEAK MB")
    return aligned(head, rows)


def scale_table(found: Strain) -> str:
    """Return what it takes to make stories of everything, and to add some."""
    rows = [("articles", f"{found.articles:,}"), ("stories", f"{found.stories:,}")]
    rows += [("articles in the largest story", f"{found.largest_story:,}")]
    rows += [(name, f"{count:,}") for name, count in found.counts.items()]
    rows += [
        (f"{name}: processor seconds", f"{seconds:,.1f}")
        for name, seconds in found.cpu_seconds.items()
    ]
    rows += [("all: wall seconds", f"{found.wall_seconds:,.1f}")]
    rows += [("peak memory, all processes: MB", _megabytes(found))]
    return aligned(("EVERYTHING AT ONCE", "MEASURED"), rows)


def _megabytes(found: Strain) -> str:
    return f"{found.peak_bytes / 1e6:,.0f}"
