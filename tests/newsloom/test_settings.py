"""Settings: defaults, the file, the environment, and mistakes in either."""

import dataclasses
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from newsloom import settings
from newsloom.errors import NewsloomError, SettingsError
from newsloom.settings import Settings, load

SECTIONS = get_type_hints(Settings)
EVERY = [(name, f) for name, kind in SECTIONS.items() for f in dataclasses.fields(kind)]


def _every(value: "tuple[str, dataclasses.Field[Any]]") -> str:
    return f"{value[0]}.{value[1].name}"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder without a settings file."""
    monkeypatch.chdir(tmp_path)


def _file(text: str, name: str = "own.toml") -> Path:
    path = Path(name)
    path.write_text(text, "utf-8")
    return path


OF_A_FORM = {
    "warehouse.memory_limit": "1.5 GiB",
    "dashboard.sql_memory": "1gb",
    "health.page": "https://news.example.org/desk",
}


def test_everything_has_a_default() -> None:
    assert load(environ={}) == Settings()


@pytest.mark.parametrize("named", EVERY, ids=_every)
def test_every_setting_has_a_meaning(named: "tuple[str, dataclasses.Field[Any]]") -> None:
    meaning = named[1].metadata["meaning"]
    assert meaning[0].isupper()
    assert not meaning.endswith(".")


@pytest.mark.parametrize("named", EVERY, ids=_every)
def test_every_setting_can_be_given_in_the_file_and_the_environment(
    named: "tuple[str, dataclasses.Field[Any]]",
) -> None:
    section, declared = named
    word = OF_A_FORM.get(f"{section}.{declared.name}", "other")
    other, toml, variable = {
        int: (7, "7", "7"),
        float: (7.5, "7.5", "7.5"),
        str: (word, f'"{word}"', word),
        tuple: (("a", "b"), '["a", "b"]', "a, b,"),
    }[type(declared.default)]
    from_file = load(_file(f"[{section}]\n{declared.name} = {toml}"), environ={})
    assert getattr(getattr(from_file, section), declared.name) == other
    name = f"NEWSLOOM_{section}_{declared.name}".upper()
    assert load(environ={name: variable}) == from_file


def test_the_environment_beats_the_file() -> None:
    path = _file("[ingest]\nbatch_size = 10\nworkers = 3")
    loaded = load(path, environ={"NEWSLOOM_INGEST_BATCH_SIZE": "20"})
    assert (loaded.ingest.batch_size, loaded.ingest.workers) == (20, 3)


def test_the_file_in_the_working_directory_is_read_unless_another_is_named() -> None:
    _file("[stories]\nwindow_days = 3", settings.FILE_NAME)
    assert load(environ={}).stories.window_days == 3
    assert load(_file("[stories]\nwindow_days = 4"), environ={}).stories.window_days == 4


def test_an_empty_file_and_an_empty_section_are_fine() -> None:
    assert load(_file(""), environ={}) == load(_file("[fetch]\n"), environ={}) == Settings()


def test_a_whole_number_passes_for_a_number() -> None:
    delay = load(_file("[fetch]\nper_host_delay_seconds = 2"), environ={}).fetch
    assert delay.per_host_delay_seconds == 2.0
    assert isinstance(delay.per_host_delay_seconds, float)


UNKNOWN = {
    "[ingest]\nbatchsize = 1": "batch_size",
    "[ingst]\nbatch_size = 1": "ingest",
    "batch_size = 1": "ingest",
}


@pytest.mark.parametrize("text", UNKNOWN)
def test_an_unknown_name_is_refused_with_the_known_ones(text: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load(_file(text), environ={})
    assert "Unknown" in str(refused.value)
    assert UNKNOWN[text] in refused.value.hint


BAD_VALUES = {
    "[ingest]\nbatch_size = '5'": "a whole number",
    "[ingest]\nbatch_size = 5.0": "a whole number",
    "[ingest]\nbatch_size = true": "a whole number",
    "[language]\nmin_confidence = true": "a number",
    "[language]\nmin_confidence = 'high'": "a number",
    "[warehouse]\nmemory_limit = 600": "a text",
    "[warehouse]\nmemory_limit = 'plenty'": "such as 256MB",
    "[dashboard]\nsql_memory = '80%'": "such as 256MB",
    "[dashboard]\nsql_memory = '100b'": "such as 256MB",
    "[health]\npage = 'news.example.org'": "such as http://",
    "[health]\npage = 'http://a b'": "such as http://",
    "[health]\npage = 'http://[::1'": "such as http://",
    "[fetch]\nallow_addresses = '10.0.0.0/8'": "a list of texts",
    "[ingest]\nbatch_size = -1": "negative",
    "[language]\nmin_confidence = nan": "endless",
    "[language]\nmin_confidence = inf": "endless",
    "ingest = 1": "a section",
}


@pytest.mark.parametrize("text", BAD_VALUES)
def test_a_value_of_the_wrong_kind_is_refused_with_the_right_one(text: str) -> None:
    with pytest.raises(SettingsError, match=BAD_VALUES[text]):
        load(_file(text), environ={})


@pytest.mark.parametrize("value", ["", "five", "5.5", "-5", "1e3", "99999999999999999999"])
def test_a_variable_of_the_wrong_kind_is_refused_by_its_name(value: str) -> None:
    with pytest.raises(SettingsError, match="NEWSLOOM_INGEST_BATCH_SIZE"):
        load(environ={"NEWSLOOM_INGEST_BATCH_SIZE": value})


@pytest.mark.parametrize("value", ["", "nan", "inf", "-0.1", "high"])
def test_a_number_in_a_variable_must_be_one(value: str) -> None:
    with pytest.raises(SettingsError, match="NEWSLOOM_LANGUAGE_MIN_CONFIDENCE"):
        load(environ={"NEWSLOOM_LANGUAGE_MIN_CONFIDENCE": value})


def test_an_empty_list_in_a_variable_is_an_empty_list() -> None:
    loaded = load(environ={"NEWSLOOM_FETCH_ALLOW_ADDRESSES": " , "})
    assert loaded.fetch.allow_addresses == ()


def test_a_file_that_is_named_must_be_there() -> None:
    with pytest.raises(SettingsError, match=r"absent\.toml"):
        load(Path("absent.toml"), environ={})


@pytest.mark.parametrize("content", [b"[ingest", b"\xff\xfe\x00", b"[ingest]\n[ingest]\n"])
def test_a_file_that_is_no_toml_is_refused_by_its_name(content: bytes) -> None:
    Path("own.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=r"own\.toml cannot be read"):
        load(Path("own.toml"), environ={})


def test_a_mistake_in_the_settings_is_a_users_mistake() -> None:
    with pytest.raises(NewsloomError):
        load(environ={"NEWSLOOM_INGEST_WORKERS": "all"})
