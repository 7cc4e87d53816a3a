"""Two warehouses for all tests of the commands: the seeds, and news that wants to do harm."""

from pathlib import Path

import pytest
from hostile_news import HOSTILE_FILE, rows
from support import InlinePool, cli, query, write_jsonl

from flows.ingest import ingest
from newsloom.settings import Settings


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse that the command has ingested seeds/ into."""
    folder = tmp_path_factory.mktemp("seeded") / "data"
    done = cli("ingest", "seeds/", "--warehouse", folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def articles(seeded: Path) -> tuple[str, str]:
    """The ids of the two articles: the one with a headline first."""
    found = query(seeded, "SELECT article_id FROM articles ORDER BY title DESC")
    first, second = (row["article_id"] for row in found)
    return first, second


@pytest.fixture(scope="session")
def story(seeded: Path) -> str:
    """The id of the one story."""
    (row,) = query(seeded, "SELECT story_id FROM stories")
    return str(row["story_id"])


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of articles whose headlines, sources and paths try to steer the terminal."""
    folder = tmp_path_factory.mktemp("hostile")
    given = write_jsonl(folder / HOSTILE_FILE, rows())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("flows.run.Pool", InlinePool)
        ingest([str(given)], folder / "data", Settings())
    return folder / "data"
