"""What the dashboard shows of a file that is new, broken, gone, or of another version."""

import shutil
from pathlib import Path

import duckdb
import pytest
from asking import asking
from support import ingest_rows

from newsloom.errors import SettingsError
from newsloom.settings import HealthSettings, Settings
from warehouse.folder import PUBLISHED_NAME
from warehouse.health import read_limits

pytestmark = pytest.mark.usefixtures("inline")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse with one article."""
    with pytest.MonkeyPatch.context() as patched:
        from support import InlinePool

        patched.setattr("flows.run.Pool", InlinePool)
        folder = tmp_path_factory.mktemp("made") / "data"
        ingest_rows(folder, [{"id": "1", "title": "Uno", "text": "Llueve en Lima hoy."}])
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "data"))


@pytest.mark.parametrize("what", ["cut", "gone"])
def test_a_file_that_cannot_be_read_any_more_is_bad(folder: Path, what: str) -> None:
    file = folder / PUBLISHED_NAME
    with asking(folder) as site:
        assert "newsloom_up 1.0" in site.get("/metrics").text
        if what == "gone":
            file.unlink()
        else:
            file.with_suffix(".cut").write_bytes(file.read_bytes()[:9000])
            file.with_suffix(".cut").replace(file)
        site.app.state.snapshots.renew()
        page = site.get("/")
        assert '<p class="word">bad</p>' in page.text
        assert "Reading the warehouse" in page.text
        figures = site.get("/metrics").text
    assert "newsloom_up 0.0" in figures
    assert "newsloom_health 2.0" in figures


def test_before_the_first_article_it_says_how_to_begin(tmp_path: Path) -> None:
    with asking(tmp_path) as site:
        page = site.get("/")
        assert page.status_code == 503
        assert "No news yet" in page.text
        assert site.get("/healthz").status_code == 200
        assert "newsloom_up 0.0" in site.get("/metrics").text


def test_a_file_of_another_version_is_said(folder: Path) -> None:
    with duckdb.connect(str(folder / PUBLISHED_NAME)) as connection:
        connection.execute("DROP VIEW facts.present")
    with asking(folder) as site:
        page = site.get("/")
    assert page.status_code == 503
    assert "was published by another version of Newsloom" in page.text
    assert "No news yet" not in page.text


def test_pictures_are_kept_by_what_they_show(folder: Path) -> None:
    with asking(folder) as site:
        for made_up in range(5):
            assert site.get(f"/chart/volume.svg?window=24h&z={made_up}").status_code == 200
        assert len(site.app.state.snapshots.current().charts) == 1


def test_other_sites_may_lead_here_and_load_nothing(folder: Path) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site"}
    with asking(folder) as site:
        for path, mode, code in (
            ("/", "navigate", 200), ("/", "no-cors", 403), ("/sql?q=SELECT 1", "navigate", 403),
            ("/chart/volume.svg", "no-cors", 403),
        ):  # fmt: skip
            answer = site.get(path, headers={**foreign, "Sec-Fetch-Mode": mode})
            assert answer.status_code == code, path


def test_the_sql_box_answers_with_the_right_status(folder: Path) -> None:
    with asking(folder) as site:
        assert site.get("/sql?q=SELECT 1 AS one").status_code == 200
        assert site.get("/sql?q=DROP VIEW articles").status_code == 400
        many = site.get("/sql?q=SELECT * FROM range(500)").text
        assert "The first 100 are shown" in many
        rows = site.get("/data/sql.csv?q=SELECT * FROM range(500)").text.splitlines()
        assert len(rows) == 501


def test_an_empty_table_has_its_columns(folder: Path) -> None:
    with asking(folder) as site:
        text = site.get("/data/front_page.csv?q=nothing+like+it").text
    assert text.startswith("new_articles,")


@pytest.mark.parametrize(
    "line", ["disk nan nan", "disk 1 5", "failure_share 0.5 0.1", "disk inf 1", "disk -1 -2"]
)
def test_limits_that_make_no_sense_are_refused(line: str) -> None:
    with pytest.raises(SettingsError):
        read_limits([line])
    assert read_limits(["disk 50 5"]) == {"disk": (50.0, 5.0)}
    assert Settings(health=HealthSettings(limits=(line,)))  # said where it is used


def test_what_was_worked_out_leaves_no_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    with asking(folder) as site:
        # Not while it is in use either: a dashboard that is killed has nobody to tidy up after it.
        assert list(scratch.iterdir()) == []
        assert "Uno" in site.get("/articles?q=Uno").text
        snapshot = site.app.state.snapshots.current()
        assert snapshot.rows("SELECT count(*) AS n FROM digest.main.articles") == [{"n": 1}]
    assert list(scratch.iterdir()) == []


def test_a_page_that_wants_more_memory_gets_it(folder: Path) -> None:
    with asking(folder) as site:
        snapshot = site.app.state.snapshots.current()
        snapshot.digest.connection.execute("SET memory_limit = '16MB'; SET temp_directory = ''")
        (row,) = snapshot.rows(
            "SELECT length(string_agg(repeat('a', 1000))) AS n FROM range(40000)"
        )
        assert row["n"] > 40_000_000


def test_a_lost_folder_for_temporary_files_is_said(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with asking(folder) as site:
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "swept"))
        site.app.state.snapshots.renew()
        page = site.get("/")
        assert '<p class="word">bad</p>' in page.text
        assert "set TMPDIR" in page.text
        assert "newsloom_up 0.0" in site.get("/metrics").text
    with asking(folder) as site:
        page = site.get("/")
        assert page.status_code == 503
        assert "set TMPDIR" in page.text
        assert site.get("/healthz").status_code == 200
