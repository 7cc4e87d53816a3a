"""Every item ends in one status, whatever is wrong with it, and what is bad costs nothing else."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from news_texts import articles
from support import cli, query, run, statuses, value, write_jsonl, write_text

from newsloom.settings import IngestSettings
from tasks import copies

TEXT = "La biblioteca de Mondortar abrirá también los domingos a partir de la próxima primavera."
BAD = {
    "gone.txt": "not_found",
    "empty.txt": "empty",
    "blank.md": "empty",
    "picture.txt": "binary",
    "puzzle.txt": "encoding",
    "huge.txt": "too_large",
    "rows.jsonl#3": "malformed",
    "letter.docx": "malformed",
    "hollow": "nothing_usable",
}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two good files, two good rows, and everything bad."""
    folder = tmp_path_factory.mktemp("inputs")
    write_text(folder / "library.txt", TEXT)
    write_text(folder / "market.md", f"# El mercado\n\n{TEXT.replace('biblioteca', 'lonja')}")
    good = [json.dumps(row) for row in articles(2)]
    write_text(folder / "rows.jsonl", "\n".join([*good, '{"text": "cortad']))
    write_text(folder / "empty.txt", "")
    write_text(folder / "blank.md", " \n\t\n")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (folder / "puzzle.txt").write_bytes(bytes(range(128, 256)) * 8)
    (folder / "huge.txt").write_bytes((TEXT + "\n").encode() * (52_000_000 // len(TEXT)))
    write_text(folder / "letter.docx", TEXT)
    (folder / "hollow").mkdir()
    return folder


@pytest.fixture(scope="module")
def ingested(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The warehouse that the command made of the folder, and its report."""
    warehouse = tmp_path_factory.mktemp("accounting") / "data"
    bad_inputs = (inputs / "gone.txt", inputs / "hollow")
    done = cli("ingest", inputs, *bad_inputs, "--warehouse", warehouse, "--json", "--direct")
    assert done.returncode == 1, done.stderr
    return warehouse, json.loads(done.stdout)


def test_each_bad_input_is_rejected_with_its_reason(
    inputs: Path, ingested: tuple[Path, dict[str, str]]
) -> None:
    rows = query(ingested[0], "SELECT locator, reason, detail FROM items WHERE status = 'rejected'")
    found = {str(Path(row["locator"]).relative_to(inputs)): row["reason"] for row in rows}
    assert found == BAD
    assert all(row["detail"] for row in rows)


def test_the_good_inputs_are_ingested_all_the_same(ingested: tuple[Path, dict[str, str]]) -> None:
    assert value(ingested[0], "SELECT count(*) FROM articles") == 4


def test_items_in_are_the_sum_of_their_statuses(ingested: tuple[Path, dict[str, str]]) -> None:
    warehouse, report = ingested
    assert statuses(warehouse, report["run_id"]) == {"new": 4, "rejected": len(BAD)}
    assert report["unaccounted"] == 0
    assert value(warehouse, "SELECT status FROM checks WHERE name = 'unaccounted_items'") == "ok"


def test_rejects_keep_the_start_of_what_was_rejected(
    inputs: Path, ingested: tuple[Path, dict[str, str]]
) -> None:
    kept = {
        row["reason"]: row["payload"]
        for row in query(ingested[0], "SELECT reason, payload FROM rejects")
    }
    assert kept["malformed"] == b'{"text": "cortad'
    assert kept["binary"] == (inputs / "picture.txt").read_bytes()
    assert kept["encoding"] == (inputs / "puzzle.txt").read_bytes()
    assert 0 < len(kept["too_large"]) <= IngestSettings().reject_payload_bytes
    assert (inputs / "huge.txt").read_bytes().startswith(kept["too_large"])


def test_an_ingest_without_rejects_exits_with_0(tmp_path: Path) -> None:
    good = write_text(tmp_path / "good.txt", TEXT)
    done = cli("ingest", good, "--warehouse", tmp_path / "data", "--direct")
    assert done.returncode == 0, done.stderr


@pytest.mark.usefixtures("inline")
def test_a_mended_input_leaves_the_rejects_and_one_still_bad_stays(tmp_path: Path) -> None:
    place = tmp_path / "inputs"
    broken = {
        place / "empty.txt": "",
        place / "half.jsonl": '{"text": ',
        place / "void.jsonl": "",
    }
    for path, text in broken.items():
        write_text(path, text)
    (place / "hollow").mkdir()
    write_text(place / "still.txt", "")
    given = [*broken, place / "hollow", place / "later.txt", place / "still.txt"]
    run(tmp_path / "data", *given)
    assert value(tmp_path / "data", "SELECT count(*) FROM rejects") == 6
    rows = articles(3)
    write_text(place / "empty.txt", TEXT)
    write_jsonl(place / "half.jsonl", rows[:1])
    write_jsonl(place / "void.jsonl", rows[1:])
    write_text(place / "hollow" / "deep" / "now.txt", TEXT + " Así lo anunció el patronato.")
    write_text(place / "later.txt", TEXT + " Habrá lecturas para niños.")
    report = run(tmp_path / "data", *given)
    assert report.statuses == {"new": 6, "rejected": 1}
    assert query(tmp_path / "data", "SELECT locator, reason, run_id FROM rejects") == [
        {"locator": str(place / "still.txt"), "reason": "empty", "run_id": report.run_id}
    ]


@pytest.fixture
def signals_kept() -> Iterator[None]:
    """Give this process its signal handlers back, which a failing run puts aside."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("inline")
def test_a_run_that_breaks_off_says_so_and_keeps_what_it_committed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, signals_kept: None
) -> None:
    batches = []

    def compare(*given: object) -> object:
        batches.append(given)
        if len(batches) == 2:
            raise MemoryError("no more")
        return compare_well(*given)  # type: ignore[arg-type]

    compare_well = copies.compare.function
    rows = write_jsonl(tmp_path / "rows.jsonl", articles(6))
    with monkeypatch.context() as patched:
        patched.setattr(copies, "compare", type(copies.compare)(compare, "compare"))
        with pytest.raises(MemoryError):
            run(tmp_path / "data", rows, batch_size=3)
    (failed,) = query(tmp_path / "data", "FROM runs")
    assert (failed["status"], failed["items_new"]) == ("failed", 3)
    assert failed["items_unaccounted"] == failed["items_found"] - 3
    assert failed["error"] == "MemoryError: no more"
    report = run(tmp_path / "data", rows, batch_size=3)
    assert statuses(tmp_path / "data", report.run_id) == {"unchanged": 3, "new": 3}
