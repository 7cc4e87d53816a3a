"""Every command says what it does, with an example that works."""

import re
import shlex

import click
import pytest
from clicalls import call

from cli.main import COMMANDS, newsloom

CONTEXT = click.Context(newsloom)


def _command(name: str) -> click.Command:
    found = newsloom.get_command(CONTEXT, name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_has_help_with_an_example(name: str, flag: str) -> None:
    called = call(name, flag)
    assert called.code == 0
    assert called.out.startswith(f"Usage: newsloom {name}")
    assert re.search(rf"Example:\n    (.*\| )?newsloom {name}", called.out)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_examples_parse(name: str) -> None:
    help_text = call(name, "--help", columns=200).out
    examples = re.findall(r"^    (?:.*\| )?newsloom (.*)$", help_text, re.MULTILINE)
    assert examples
    for example in examples:
        words = shlex.split(example.split("||")[0].split(">")[0], comments=True)
        assert words[0] == name
        _command(name).make_context(name, words[1:])


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("columns", [80, 120])
def test_help_fits_its_terminal(name: str, columns: int) -> None:
    assert max(map(len, call(name, "--help", columns=columns).lines)) <= columns


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_meaning_and_the_warehouse_can_be_named(name: str) -> None:
    options = [p for p in _command(name).params if isinstance(p, click.Option)]
    assert all(option.help for option in options)
    assert "--warehouse" in {text for option in options for text in option.opts}


@pytest.mark.parametrize("name", [n for n in COMMANDS if n != "up"])
def test_every_command_that_answers_can_answer_in_json(name: str) -> None:
    assert "--json" in {text for parameter in _command(name).params for text in parameter.opts}


def test_the_list_of_commands_names_them_all() -> None:
    called = call("--help")
    assert called.code == 0
    for name, meaning in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(meaning[:40])}", called.out, re.MULTILINE)


def test_the_version_is_told() -> None:
    assert re.fullmatch(r"newsloom, version \d+\.\d+\.\d+\n", call("--version").out)
