"""Every command says what it does, with an example that works."""

import re
import shlex

import click
import pytest
from clicalls import call

from cli.main import COMMANDS
from docs.generate import command_of, command_paths

PATHS = list(command_paths())
GROUPS = {path for path in PATHS if isinstance(command_of(path)[0], click.Group)}
WITHOUT_ANSWER = {("up",), ("dashboard",), ("sources", "pause"), ("sources", "resume")}
each_command = pytest.mark.parametrize("path", PATHS, ids=" ".join)
each_leaf = pytest.mark.parametrize("path", [p for p in PATHS if p not in GROUPS], ids=" ".join)


@each_command
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_has_help_with_an_example(path: tuple[str, ...], flag: str) -> None:
    called, name = call(*path, flag), " ".join(path)
    assert called.code == 0
    assert called.out.startswith(f"Usage: newsloom {name}")
    assert re.search(rf"Example:\n    (.*\| )?newsloom {name}", called.out)


@each_leaf
def test_the_examples_parse(path: tuple[str, ...]) -> None:
    help_text = call(*path, "--help", columns=200).out
    examples = re.findall(r"^    (?:.*\| )?newsloom (.*)$", help_text, re.MULTILINE)
    assert examples
    for example in examples:
        words = shlex.split(example.split("||")[0].split(">")[0], comments=True)
        assert tuple(words[: len(path)]) == path
        command_of(path)[0].make_context(path[-1], words[len(path) :])


@each_command
@pytest.mark.parametrize("columns", [80, 120])
def test_help_fits_its_terminal(path: tuple[str, ...], columns: int) -> None:
    assert max(map(len, call(*path, "--help", columns=columns).lines)) <= columns


@each_leaf
def test_every_option_has_a_meaning_and_its_place_can_be_named(path: tuple[str, ...]) -> None:
    options = [p for p in command_of(path)[0].params if isinstance(p, click.Option)]
    assert all(option.help for option in options)
    names = {text for option in options for text in option.opts}
    assert names & {"--warehouse", "--settings"}
    assert path[0] == "sources" or "--warehouse" in names


@pytest.mark.parametrize("path", sorted(set(PATHS) - GROUPS - WITHOUT_ANSWER), ids=" ".join)
def test_every_command_that_answers_can_answer_in_json(path: tuple[str, ...]) -> None:
    assert "--json" in {text for p in command_of(path)[0].params for text in p.opts}


def test_the_list_of_commands_names_them_all() -> None:
    called = call("--help")
    assert called.code == 0
    for name, meaning in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(meaning[:40])}", called.out, re.MULTILINE)


def test_the_version_is_told() -> None:
    assert re.fullmatch(r"newsloom, version \d+\.\d+\.\d+\n", call("--version").out)
