"""Replay: what can be used now leaves the list of rejects, once; what cannot, stays with why."""

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from news_texts import articles
from support import InlinePool, query, run, statuses, value, write_jsonl, write_text

from flows.remove import remove
from flows.replay import Choice, Way, preview, replay
from flows.report import Report
from newsloom.settings import FetchSettings, IngestSettings, Settings
from tasks.replay import Rejected

pytestmark = pytest.mark.usefixtures("inline")
GOOD = articles(12, seed=8)


def again(folder: Path, *reasons: str, **limits: Any) -> Report:
    settings = Settings(
        ingest=IngestSettings(**{"workers": 1, **limits}),
        fetch=FetchSettings(connect_timeout_seconds=1),
    )
    return replay(folder, settings, Choice(reasons))


def rejects(folder: Path) -> dict[str, str]:
    found = query(folder, "SELECT locator, reason FROM rejects")
    return {Path(row["locator"]).name: row["reason"] for row in found}


def test_what_is_mended_leaves_the_list_once(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    long = write_text(tmp_path / "long.txt", GOOD[0]["text"] * 20)
    rows = tmp_path / "rows.jsonl"
    lines = [json.dumps(GOOD[1]), "{broken", json.dumps(GOOD[2]), '{"title": "Sin texto"}']
    write_text(rows, "\n".join(lines))
    page = "http://127.0.0.1:9/page"
    run(folder, long, rows, tmp_path / "later", tmp_path / "a.unknown", page, "ftp://x/y",
        max_document_bytes=5000)  # fmt: skip
    assert rejects(folder) == {
        "long.txt": "too_large", "rows.jsonl#2": "malformed", "rows.jsonl#4": "no_text",
        "later": "not_found", "a.unknown": "not_found", "page": "blocked_address", "y": "bad_url",
    }  # fmt: skip
    ways = {reason: way for reason, way, _ in preview(folder, Choice())}
    assert ways["blocked_address"] is Way.FETCH
    assert ways["malformed"] is Way.FILE
    assert ways["no_text"] is Way.CONTENT
    assert ways["bad_url"] is Way.BAD_ADDRESS
    assert preview(folder, Choice(("malformed",))) == [("malformed", Way.FILE, 1)]
    # The file is written anew, the row of it that was broken is whole; a folder has appeared.
    write_text(rows, "\n".join([lines[0], json.dumps(GOOD[3]), *lines[2:]]))
    write_text(tmp_path / "later" / "b.txt", GOOD[4]["text"])
    report = again(folder)
    assert statuses(folder, report.run_id) == {"new": 3, "rejected": 3}
    assert rejects(folder) == {
        "rows.jsonl#4": "no_text", "a.unknown": "not_found", "page": "blocked_address",
        "y": "bad_url",
    }  # fmt: skip
    assert list(report.remarks) == [Way.BAD_ADDRESS.value]
    before = value(folder, "SELECT count(*) FROM facts.article_revisions")
    assert statuses(folder, again(folder).run_id) == {"rejected": 3}
    assert value(folder, "SELECT count(*) FROM facts.article_revisions") == before == 5
    assert value(folder, "SELECT sum(items_unaccounted) FROM runs") == 0


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """An extraction that finds nothing, until it is mended."""
    from newsloom.errors import InputError
    from newsloom.vocabulary import Reason

    def nothing(item: dict[str, Any], *options: Any) -> dict[str, Any]:
        raise InputError(Reason.NO_TEXT, "It sees nothing.")

    with monkeypatch.context() as patched:
        patched.setattr("newsloom.extract._article", nothing)
        yield patched


def breaking(whole: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function, which breaks the run off when it is called for the second time."""
    calls: list[int] = []

    def broken(*arguments: Any) -> Any:
        calls.append(1)
        if len(calls) > 1:
            raise KeyboardInterrupt
        return whole(*arguments)

    return broken


def test_kept_content_goes_through_todays_code_though_its_file_is_gone(
    tmp_path: Path, blind: pytest.MonkeyPatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    text = write_text(tmp_path / "a.txt", GOOD[5]["text"])
    cut = write_text(tmp_path / "cut.txt", GOOD[6]["text"] + " Y algo más." * 100)
    addressed = {**GOOD[7], "url": "https://noticias.example/7"}
    secret = {**GOOD[8], "url": "https://noticias.example/8"}
    rows = write_jsonl(tmp_path / "rows.jsonl", [addressed, secret, GOOD[9]])
    run(folder, text, cut, rows, reject_payload_bytes=1200)
    assert set(rejects(folder).values()) == {"no_text"}
    for file in (text, cut, rows):
        file.unlink()
    blind.undo()
    for module in ("flows.run", "flows.remove"):
        monkeypatch.setattr(f"{module}.Pool", InlinePool)
    remove(folder, Settings(), ["https://noticias.example/8"], "asked for")
    with monkeypatch.context() as broken:
        broken.setattr(Rejected, "_items", breaking(Rejected._items))
        with pytest.raises(KeyboardInterrupt):
            again(folder, "no_text", batch_size=2)
    assert len(rejects(folder)) == 2
    # What the run that broke off has done is not done again.
    report = again(folder, "no_text")
    assert statuses(folder, report.run_id) == {"new": 1}
    assert value(folder, "SELECT count(*) FROM facts.article_revisions") == 3
    assert dict(report.remarks) == {Way.GONE.value: 1}
    assert rejects(folder) == {"cut.txt": "no_text"}
    found = query(folder, "SELECT external_id, url FROM articles ORDER BY external_id")
    assert found == [
        {"external_id": GOOD[7]["id"], "url": addressed["url"]},
        {"external_id": GOOD[9]["id"], "url": None},
        {"external_id": None, "url": None},
    ]
    # As if it had never been rejected: the same ids, so a later ingest finds nothing new.
    for file, row in ((text, GOOD[5]["text"]), (rows, None)):
        write_text(file, row) if row else write_jsonl(file, [addressed, secret, GOOD[9]])
    later = run(folder, text, rows)
    assert later.statuses == {"unchanged": 3, "removed": 1}


def test_what_stands_in_an_archive_is_read_again_from_there(tmp_path: Path) -> None:
    folder, archive = tmp_path / "data", tmp_path / "a.zip"
    members = {"in/a.txt": GOOD[0]["text"] * 9, "rows.jsonl": "{broken", "b.txt": GOOD[1]["text"]}
    _zip(archive, members)
    run(folder, archive, max_document_bytes=1500)
    assert rejects(folder) == {"a.txt": "too_large", "rows.jsonl#1": "malformed"}
    _zip(archive, {**members, "rows.jsonl": json.dumps(GOOD[2])})
    report = again(folder)
    assert statuses(folder, report.run_id) == {"new": 2}
    assert rejects(folder) == {}
    # An archive that is broken as a whole leaves the list with the first that is found in it.
    broken = tmp_path / "b.zip"
    broken.write_bytes(archive.read_bytes()[:-40])
    run(folder, broken)
    assert rejects(folder).keys() == {"b.zip"}
    _zip(broken, {"c.txt": GOOD[3]["text"]})
    assert statuses(folder, again(folder).run_id) == {"new": 1}
    assert rejects(folder) == {}


def _zip(path: Path, members: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w") as file:
        for name, text in members.items():
            file.writestr(name, text)
