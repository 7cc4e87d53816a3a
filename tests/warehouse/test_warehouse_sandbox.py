"""Strangers' SQL: what it may, and each way out of the box that was thought of, one by one."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from support import InlinePool, query, write_jsonl, write_text

from flows.ingest import ingest
from flows.remove import remove
from newsloom.pool.process import WorkerProcess
from newsloom.settings import DashboardSettings, IngestSettings, Settings
from warehouse.folder import PUBLISHED_NAME
from warehouse.sandbox import (
    Limits,
    Sandbox,
    SqlBusy,
    SqlError,
    SqlFailed,
    SqlRefused,
    SqlTooBig,
    SqlTooSlow,
)
from warehouse.sandbox.child import memory_bytes
from warehouse.sandbox.fetch import MOST_CHARACTERS, MOST_VALUE_CHARACTERS
from warehouse.sandbox.shut import shut_connection
from warehouse.sandbox.statement import MOST_CHARACTERS as MOST_SQL
from warehouse.sandbox.statement import check
from warehouse.views import PUBLIC_VIEWS

ROWS = 20
SETTINGS = DashboardSettings(sql_rows=ROWS, sql_seconds=60.0)
HASTY = DashboardSettings(sql_seconds=1.0)
VIEWS = frozenset(view.name for view in PUBLIC_VIEWS)
KEPT = "The harbour of Valparaiso was closed on Monday after a storm. "
GONE = "Unsayable things were said about a baker in a village of the north. "


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with an article, one that was removed, and a reject."""
    folder = tmp_path_factory.mktemp("box") / "it's here"
    rows = [{"id": "1", "title": "Kept", "text": KEPT * 5}, {"id": "2", "text": GONE * 5}]
    given = write_jsonl(folder / "rows.jsonl", rows)
    empty = write_text(folder / "empty.txt", "")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("flows.run.Pool", InlinePool)
        patched.setattr("flows.remove.Pool", InlinePool)
        settings = Settings(ingest=IngestSettings(workers=1))
        ingest([str(given), str(empty)], folder / "data", settings)
        found = query(folder / "data", "FROM articles WHERE external_id = '2'")
        remove(folder / "data", settings, [found[0]["article_id"]], "asked for")
    return folder / "data" / PUBLISHED_NAME


@pytest.fixture(scope="module")
def box(published: Path) -> Iterator[Sandbox]:
    made = Sandbox(published, SETTINGS)
    yield made
    made.close()


@pytest.fixture(scope="module")
def shut(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The connection of the box, without the check of statements before it."""
    with shut_connection(published, "600MB") as connection:
        yield connection


def test_select_gives_columns_types_and_rows(box: Sandbox) -> None:
    answer = box.run("SELECT title, word_count, published_at FROM articles -- all of them")
    assert answer.columns == ("title", "word_count", "published_at")
    assert answer.types == ("VARCHAR", "INTEGER", "TIMESTAMP")
    assert answer.rows == [("Kept", 55, None)]
    assert not answer.more


ALLOWED = (
    "FROM articles;",
    "WITH a AS (FROM articles) SELECT count(*) FROM a JOIN main.stories s ON s.story_id = a.title",
    "SELECT unnest(authors), x.i FROM articles, range(3) AS x(i)",
    "PIVOT articles ON language IN ('en') USING count(*)",
    "DESCRIBE articles",
    "SUMMARIZE SELECT title FROM articles",
    "SHOW TABLES",
    "EXPLAIN SELECT count(*) FROM items",
    "VALUES (1), (2)",
    "WITH RECURSIVE t(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM t WHERE a < 9) FROM t",
)


@pytest.mark.parametrize("sql", ALLOWED)
def test_ordinary_selects_pass(shut: duckdb.DuckDBPyConnection, sql: str) -> None:
    check(shut, sql, VIEWS)
    assert shut.execute(sql).fetchall() is not None


def test_every_public_view_can_be_named(shut: duckdb.DuckDBPyConnection) -> None:
    for name in VIEWS:
        check(shut, f"SELECT * FROM {name} LIMIT 1", VIEWS)
        assert shut.sql(f"SELECT * FROM {name} LIMIT 1").columns


NOT_SELECTS = {
    "COPY (SELECT 1) TO '/tmp/x.csv'": "COPY",
    "ATTACH '/tmp/x.duckdb'": "ATTACH",
    "PRAGMA database_list": "PRAGMA",
    "SET threads = 8": "SET",
    "reset memory_limit": "RESET",
    "INSTALL httpfs": "INSTALL",
    "/* no */ LOAD httpfs": "LOAD",
    "CALL duckdb_settings()": "CALL",
    "EXPORT DATABASE '/tmp/x'": "EXPORT",
    "IMPORT DATABASE '/tmp/x'": "IMPORT",
    "CREATE TABLE x AS SELECT 1": "CREATE",
    "CREATE SECRET (TYPE s3)": "CREATE",
    "USE facts": "USE",
    "PREPARE p AS SELECT 1": "PREPARE",
    "CHECKPOINT": "CHECKPOINT",
    "EXPLAIN COPY (SELECT 1) TO '/tmp/x.csv'": "COPY",
    "SELECT 1; DROP VIEW articles": "several statements",
    "SELECT 1; SELECT 2": "2 statements",
    "PIVOT articles ON language USING count(*)": "PIVOT",
    "": "no statement",
    "-- nothing": "no statement",
    "SELECT 1\0; DROP VIEW articles": "NUL",
    "SHOW ALL TABLES": "SHOW",
    "SHOW DATABASES": "SHOW",
    "SHOW TABLES FROM facts": "SHOW",
}


@pytest.mark.parametrize(("sql", "named"), NOT_SELECTS.items())
def test_anything_but_one_select_is_refused_by_name(
    shut: duckdb.DuckDBPyConnection, sql: str, named: str
) -> None:
    with pytest.raises(SqlRefused, match=named) as refused:
        check(shut, sql, VIEWS)
    assert refused.value.hint


WAYS_OUT = (
    "FROM read_text('/etc/passwd')",
    "FROM read_csv('/etc/passwd')",
    "FROM read_blob('/proc/self/environ')",
    "FROM glob('/etc/*')",
    "FROM '/etc/passwd'",
    "FROM '/etc/passwd.csv'",
    "FROM \"/etc/passwd.json\" AS articles",
    "FROM 'https://example.org/x.csv'",
    "FROM read_json('https://example.org/x')",
    "SELECT (SELECT any_value(content) FROM read_text('/etc/passwd')) FROM articles",
    "WITH a AS (FROM read_parquet('/tmp/x.parquet')) FROM a",
    "FROM articles WHERE title IN (SELECT content FROM READ_TEXT('/etc/passwd'))",
    "FROM query('SELECT 1')",
    "FROM query_table(['articles'])",
    "FROM parquet_metadata('/tmp/x.parquet')",
    "FROM sniff_csv('/etc/passwd')",
    "FROM read_duckdb('/tmp/x.duckdb')",
    "FROM json_execute_serialized_sql('{}')",
    "FROM duckdb_settings()",
    "FROM duckdb_views()",
    "FROM duckdb_secrets()",
    "FROM pragma_database_size()",
    "FROM system.main.duckdb_views",
    "FROM information_schema.tables",
    "FROM pg_catalog.pg_views",
    "FROM sqlite_master",
    "FROM facts.article_texts",
    "FROM news.facts.article_revisions",
    "SELECT count(*) FROM articles, LATERAL (SELECT * FROM facts.rejects)",
    "DESCRIBE facts.article_texts",
    "SUMMARIZE facts.article_texts",
    "WITH duckdb_views AS (SELECT 1) FROM duckdb_views",
    "FROM (WITH \"/etc/passwd.csv\" AS (SELECT 1) SELECT 1), '/etc/passwd.csv'",
    "SELECT current_setting('allowed_paths')",
    "SELECT main.Current_Setting('home_directory')",
    "SELECT ('allowed_paths').current_setting()",
    "SELECT list_transform(['threads'], x -> current_setting(x))",
    "SELECT getenv('HOME')",
    "SELECT sleep_ms(100000)",
    "SELECT write_log('x')",
    "EXPLAIN ANALYZE FROM read_text('/etc/passwd')",
    "FROM articles AT (VERSION => 1)",
    "PIVOT facts.rejects ON kind IN ('text') USING count(*)",
    f"SELECT '{'x' * MOST_SQL}'",
)  # fmt: skip


@pytest.mark.parametrize("sql", WAYS_OUT)
def test_ways_out_are_refused(shut: duckdb.DuckDBPyConnection, sql: str) -> None:
    with pytest.raises(SqlRefused) as refused:
        check(shut, sql, VIEWS)
    assert refused.value.hint


UNCHECKED = (
    "FROM read_text('/etc/passwd')",
    "FROM read_blob('/proc/self/environ')",
    "FROM glob('/etc/*')",
    "FROM 'https://example.org/x.csv'",
    "COPY (SELECT 1) TO '/tmp/newsloom-box.csv'",
    "ATTACH '/tmp/newsloom-box.duckdb'",
    "IMPORT DATABASE '/etc'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET threads = 8",
    "RESET enable_external_access",
    "PRAGMA enable_external_access",
    "SET allowed_paths = ['/etc/passwd']",
    "CREATE TABLE x AS SELECT 1",
    "DROP VIEW articles",
)


@pytest.mark.parametrize("sql", UNCHECKED)
def test_duckdb_itself_is_shut_behind_the_check(shut: duckdb.DuckDBPyConnection, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        shut.execute(sql).fetchall()


def test_links_to_other_files_are_shut(
    shut: duckdb.DuckDBPyConnection, published: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link.jsonl"
    link.symlink_to(published.parents[1] / "rows.jsonl")
    with pytest.raises(duckdb.Error, match="disabled"):
        shut.execute("FROM read_text(?)", [str(link)])
    beside = published.parent / "files" / ".." / ".." / "rows.jsonl"
    with pytest.raises(duckdb.Error, match="disabled"):
        shut.execute("FROM read_text(?)", [str(beside)])


def test_names_of_python_variables_are_no_tables(shut: duckdb.DuckDBPyConnection) -> None:
    private = duckdb.connect().sql("SELECT 1")
    with pytest.raises(duckdb.CatalogException):
        shut.sql("FROM private")
    private.close()


def test_removed_text_is_out_of_reach(
    box: Sandbox, shut: duckdb.DuckDBPyConnection, published: Path
) -> None:
    assert box.run("SELECT count(*) FROM articles").rows == [(1,)]
    for view in VIEWS:
        assert "Unsayable" not in repr(shut.execute(f"FROM {view}").fetchall()), view


def test_process_writes_no_file_and_knows_no_variables(tmp_path: Path, published: Path) -> None:
    worker = WorkerProcess({})
    try:
        assert worker.call("os:getenv", ("HOME",)) is None
        worker.call("warehouse.sandbox.child:_limit_process", (Limits(1, 2.0, "64MB"),))
        with pytest.raises(OSError, match="File too large"):
            worker.call("shutil:copyfile", (published, tmp_path / "copy"))
    finally:
        worker.kill()
        worker.close()


SLOW = (
    "SELECT sum(sqrt(i)) FROM range(1000000000000) t(i)",
    "WITH RECURSIVE t(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM t) SELECT max(a) FROM t",
)


@pytest.mark.parametrize("sql", SLOW)
def test_endless_queries_are_ended(published: Path, sql: str) -> None:
    hasty = Sandbox(published, HASTY)
    with pytest.raises(SqlTooSlow, match="longer than 1 second"):
        hasty.run(sql)
    hasty.close()


BIG = (
    "SELECT repeat('x', 1000000000)",
    "SELECT list(i) FROM range(1000000000) t(i)",
    "SELECT repeat(text, 1000000) FROM articles",
)


@pytest.mark.parametrize("sql", BIG)
def test_queries_that_want_too_much_memory_are_ended(box: Sandbox, sql: str) -> None:
    with pytest.raises(SqlTooBig, match="256MB"):
        box.run(sql)
    assert box.run("SELECT 1").rows == [(1,)]


def test_rows_stop_at_the_limit(box: Sandbox) -> None:
    answer = box.run("SELECT i FROM range(1000000000000) t(i)")
    assert len(answer.rows) == ROWS
    assert answer.more
    assert not box.run(f"FROM range({ROWS})").more


def test_long_values_are_cut_with_a_mark(box: Sandbox) -> None:
    ((text, short),) = box.run("SELECT repeat('é', 12345), 'x'").rows
    assert text == "é" * MOST_VALUE_CHARACTERS + " … (12,345 characters)"
    assert short == "x"


def test_wide_rows_stop_at_the_sum_of_characters(published: Path) -> None:
    box = Sandbox(published, DashboardSettings(sql_rows=100_000))
    wide = ", ".join(f"repeat('{n}', 1900) AS c{n}" for n in range(100, 200))
    answer = box.run(f"SELECT {wide} FROM range(1000)")
    assert answer.more
    assert sum(len(str(value)) for row in answer.rows for value in row) <= MOST_CHARACTERS
    with pytest.raises(SqlRefused, match="5,000 columns"):
        box.run("SELECT " + ", ".join("1" * 5000))
    box.close()


def test_values_of_all_kinds_can_be_sent(box: Sandbox) -> None:
    answer = box.run(
        "SELECT 1 AS a, 2.5::DOUBLE AS a, 'nan'::DOUBLE, true, NULL, 1.50::DECIMAL(5, 2), "
        "[1, NULL],"
        " {'k': 'v'}, '\\x00\\x01abcdefghijklmnopq'::BLOB, TIMESTAMP '290000-01-01', INTERVAL 3 DAY"
    )
    assert answer.columns[:2] == ("a", "a")
    assert answer.rows == [
        (1, 2.5, "nan", True, None, "1.50", "[1, NULL]", "{'k': v}",
         "00016162636465666768696a6b6c6d6e… (19 bytes)", "290000-01-01 00:00:00", "3 days"),
    ]  # fmt: skip


def test_hostile_names_are_only_names(box: Sandbox) -> None:
    name = "\"); DROP VIEW articles; --<script>'‮"
    quoted = name.replace('"', '""')
    answer = box.run(f'SELECT "{quoted}" FROM (SELECT 1 AS "{quoted}") AS "{quoted}"')
    assert answer.columns == (name,)
    with pytest.raises(SqlRefused) as refused:
        box.run(f'FROM "{quoted}"')
    assert "\u202e" not in str(refused.value)


def test_mistakes_are_told_as_duckdb_tells_them(box: Sandbox) -> None:
    with pytest.raises(SqlFailed, match='"tite" not found'):
        box.run("SELECT tite FROM articles")
    with pytest.raises(SqlFailed, match="syntax error"):
        box.run("SELEC 1")
    with pytest.raises(SqlFailed, match="Could not convert") as failed:
        box.run("SELECT title::INTEGER FROM articles")
    assert "CASE" not in str(failed.value)
    with pytest.raises(SqlFailed, match="parameter"):
        box.run("SELECT ?")


def test_nothing_is_left_for_the_next_query(box: Sandbox) -> None:
    first, second = (box.run("SELECT current_connection_id(), random(), 1").rows for _ in "ab")
    assert first[0][1] != second[0][1]
    with pytest.raises(SqlError):
        box.run("SELECT setseed(0.5), getvariable('x'), x")


def test_more_than_two_at_once_are_sent_away(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.sandbox.box.WAIT_SECONDS", 0.0)
    with box._turns, box._turns, pytest.raises(SqlBusy, match="2 queries"):
        box.run("SELECT 1")
    assert box.run("SELECT 1").rows == [(1,)]


def test_spare_process_that_was_killed_is_replaced(box: Sandbox) -> None:
    box.run("SELECT 1")
    spare = box._spare
    assert spare
    spare.kill()
    assert box.run("SELECT 2").rows == [(2,)]


def test_memory_is_written_as_duckdb_takes_it() -> None:
    assert memory_bytes("256MB") == 256_000_000
    assert memory_bytes("1.5 GiB") > 1_500_000_000
    with pytest.raises(SqlFailed, match="sql_memory"):
        memory_bytes("much")
