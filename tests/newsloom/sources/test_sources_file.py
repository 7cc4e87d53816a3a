"""Sources in a settings file: read, checked, and changed without losing a comment."""

from pathlib import Path

import pytest

from newsloom import settings
from newsloom.errors import SettingsError, UsageError
from newsloom.sources import FIELDS, Source, SourceFile, load

TEXT = """# Ours.
[fetch]
concurrency = 3   # a slow line

[[sources]]
name = "Gazette"  # the good one
kind = "feed"
address = "https://example.org/feed.xml"
tags = ["local", "daily"]
delay_seconds = 2
"""
SECOND = Source(
    name="Herald", kind="sitemap", address="https://example.net/map.xml", paywalled=True
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "newsloom.toml"
    path.write_text(TEXT, "utf-8")
    return path


def test_sources_and_settings_share_a_file(file: Path) -> None:
    (source,) = load(file)
    assert (source.name, source.tags, source.delay_seconds) == ("Gazette", ("local", "daily"), 2.0)
    assert settings.load(file, {}).fetch.concurrency == 3


def test_no_file_is_no_sources(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == []


def test_a_source_is_added_and_everything_else_stays(file: Path) -> None:
    SourceFile(file).add(SECOND)
    assert load(file)[1] == SECOND
    text = file.read_text("utf-8")
    assert text.startswith(TEXT.rstrip())
    assert "country" not in text
    assert [path.name for path in file.parent.iterdir()] == ["newsloom.toml"]


def test_the_first_source_makes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new.toml"
    SourceFile(path).add(SECOND)
    assert load(path) == [SECOND]


def test_a_source_is_paused_and_resumed_in_its_place(file: Path) -> None:
    SourceFile(file).pause("Gazette", True)
    assert load(file)[0].paused
    SourceFile(file).pause("Gazette", False)
    assert not load(file)[0].paused
    assert "# the good one" in file.read_text("utf-8")


def test_what_is_listed_already_is_not_added_again(file: Path) -> None:
    for twin in (Source(name="Gazette", address="https://a.example/"),
                 Source(name="Other", address="https://example.org/feed.xml")):  # fmt: skip
        with pytest.raises(UsageError, match="listed already"):
            SourceFile(file).add(twin)


def test_an_unknown_name_lists_the_known_ones(file: Path) -> None:
    with pytest.raises(UsageError, match="Gazzette") as raised:
        SourceFile(file).pause("Gazzette", True)
    assert "Gazette" in raised.value.hint


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('address = "ftp://example.org/"', "https"),
        ('address = "https://user:word@example.org/"', "password"),
        ('kind = "radio"', "feed, sitemap, site"),
        ('schedule = "hourly"', "every 6 hours"),
        ('schedule = "every 5 minutes"', "10 minutes"),
        ('schedule = "every 40 days"', "30 days"),
        ('language = "english"', "two letters"),
        ('country = "gb"', "GB"),
        ('content = "all"', "page or feed"),
        ("delay_seconds = -1", "3600"),
        ("delay_seconds = nan", "3600"),
        ('paused = "yes"', "true or false"),
        ('tags = "local"', "list"),
        ('colour = "red"', "Known are: name"),
        ('name = " "', "name"),
        ('name = "a\\u001bb"', "printed"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, line: str, named: str) -> None:
    values = {"name": 'name = "Gazette"', "address": 'address = "https://example.org/"'}
    values[line.split(" ")[0]] = line
    path = tmp_path / "newsloom.toml"
    path.write_text("[[sources]]\n" + "\n".join(values.values()), "utf-8")
    with pytest.raises(SettingsError) as raised:
        load(path)
    assert named in f"{raised.value} {raised.value.hint}"
    assert "user:" not in str(raised.value)


@pytest.mark.parametrize("text", ["sources = 3", "sources = [1]", '[sources]\nname = "a"'])
def test_sources_must_be_tables(tmp_path: Path, text: str) -> None:
    path = tmp_path / "newsloom.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=r"\[\[sources\]\]"):
        load(path)


def test_every_field_has_a_meaning() -> None:
    assert all(declared.metadata["meaning"] for declared in FIELDS.values())
