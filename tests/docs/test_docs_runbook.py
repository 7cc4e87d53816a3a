"""The runbook: a section for each check, and queries that a warehouse answers."""

import re
from pathlib import Path

import pytest
from support import ROOT

from benchmarks.history import write
from warehouse.health import CHECKS
from warehouse.published import Published

RUNBOOK = (ROOT / "docs" / "runbook.md").read_text("utf-8")
SECTIONS = dict(
    part.split("\n", 1) for part in re.split(r"^## ", RUNBOOK, flags=re.MULTILINE)[1:]
)  # fmt: skip
QUERIES = {
    name: re.findall(r"```sql\n(.*?)```", text, re.DOTALL) for name, text in SECTIONS.items()
}


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder = tmp_path_factory.mktemp("past")
    write(folder)
    return Published(folder)


def test_each_check_has_a_section_in_the_order_of_the_catalog() -> None:
    assert list(SECTIONS) == [check.name for check in CHECKS]


def test_each_check_names_its_section() -> None:
    for check in CHECKS:
        page, _, anchor = check.runbook.partition("#")
        assert (ROOT / Path(page)).is_file()
        assert anchor == check.name


@pytest.mark.parametrize("name", SECTIONS)
def test_each_section_says_what_it_means_and_what_to_do(name: str) -> None:
    text = SECTIONS[name].strip()
    assert text.startswith("**")
    assert re.search(r"^Do: ", text, re.MULTILINE)


@pytest.mark.parametrize("name", [name for name, queries in QUERIES.items() if queries])
def test_its_queries_run(news: Published, name: str) -> None:
    for query in QUERIES[name]:
        news.query(query)
