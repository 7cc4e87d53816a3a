"""The SQL box: any one SELECT over the views, run in the sandbox."""

import dataclasses
from typing import Any

from dashboard.figures import Ask, Column, Figure, figure
from dashboard.pages import page
from newsloom.errors import WarehouseError
from warehouse.sandbox import SqlError
from warehouse.sandbox.statement import MOST_CHARACTERS
from warehouse.views import PUBLIC_VIEWS

EXAMPLES = {
    "Articles a day by source": "SELECT first_seen_at::DATE AS day, source, count(*) AS articles\n"
    "FROM articles\nGROUP BY ALL\nORDER BY day DESC, articles DESC",
    "Most named people": "SELECT name, article_count FROM entities\n"
    "WHERE type = 'person'\nORDER BY article_count DESC\nLIMIT 50",
    "Why inputs were rejected": "SELECT reason, source, count(*) AS rejects FROM rejects\n"
    "GROUP BY ALL\nORDER BY rejects DESC",
    "Who is copied most": "SELECT original_source, source, count(*) AS copies FROM duplicates\n"
    "GROUP BY ALL\nORDER BY copies DESC",
}
SHOWN_ROWS = 100
_NUMBERS = ("INTEGER", "UINTEGER", "DOUBLE", "FLOAT", "DECIMAL")


@page("/sql", "sql.html", menu="SQL")
def sql_page(ask: Ask) -> dict[str, Any]:
    """Fill the page: the form, and the answer or what is wrong."""
    content: dict[str, Any] = {
        "q": ask.text("q", MOST_CHARACTERS + 1), "answer": None, "problem": None,
        "examples": EXAMPLES, "views": PUBLIC_VIEWS, "limits": ask.settings.dashboard,
    }  # fmt: skip
    if content["q"]:
        try:
            content["answer"] = _first_rows(sql(ask))
        except SqlError as error:
            content |= {"problem": error, "http_status": error.status}
    return content


def _first_rows(answer: Figure) -> Figure:
    """Return the answer as the page shows it; the downloads have all of it."""
    if len(answer.rows) <= SHOWN_ROWS:
        return answer
    note = f"{answer.note} The first {SHOWN_ROWS} are shown, the downloads have all."
    return dataclasses.replace(answer, rows=answer.rows[:SHOWN_ROWS], note=note)


@figure("sql")
def sql(ask: Ask) -> Figure:
    """Run the SQL of the address in the sandbox."""
    if ask.box is None:
        raise WarehouseError("There is no SQL box here.")
    text = ask.text("q", MOST_CHARACTERS + 1)
    answer = ask.box.run(text)
    names = _distinct(answer.columns)
    rows: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in answer.rows]
    columns = tuple(
        Column(
            name, name, "digits" if kind.startswith(_NUMBERS) or kind.endswith("INT") else "text"
        )
        for name, kind in zip(names, answer.types, strict=True)
    )
    note = f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'} in {answer.seconds:.2f} s."
    if answer.more:
        note += f" There are more: the box gives {ask.box.limits.rows:,} at most."
    return Figure("sql", "Answer", text, rows, columns, "No row.", note, {"q": text})


def _distinct(names: tuple[str, ...]) -> list[str]:
    """Return names of which none is there twice: a, a becomes a, a_2."""
    taken: dict[str, int] = {}
    out = []
    for name in names:
        taken[name] = taken.get(name, 0) + 1
        new = name if taken[name] == 1 else f"{name}_{taken[name]}"
        out.append(new if new not in out else f"{new}_")
    return out
