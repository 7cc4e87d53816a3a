"""What is written by hand stays true: command lines parse, and links lead somewhere."""

import re
import shlex
from pathlib import Path

import click
import pytest
from support import ROOT

from cli.main import newsloom

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")])
# A command line in a fenced block, after a prompt, a path or a pipe, or in `backticks`.
_IN_BLOCK = re.compile(r"^\s*(?:\$ |[\w.\-/]+/|.*\| )?newsloom (?=[\w\-])(.*)$")
_INLINE = re.compile(r"`newsloom ([\w\-][^`]*)`")
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _command_lines(page: str) -> list[str]:
    blocks = _FENCE.findall(page)
    lines = [
        m[1] for block in blocks for line in block.splitlines() if (m := _IN_BLOCK.match(line))
    ]
    return lines + _INLINE.findall(_FENCE.sub("", page))


def _arguments(line: str) -> list[str]:
    """Return the words that the shell would pass on."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|&<>;")
    lexer.whitespace_split = True
    words: list[str] = []
    for word in lexer:
        if word and set(word) <= set("|&<>;"):
            break
        words.append(word)
    return words


def _parse(words: list[str]) -> None:
    """Parse as the program would, but run nothing. Raises what click raises."""
    group = newsloom.make_context("newsloom", [], resilient_parsing=True)
    if words[0].startswith("-"):
        return
    command = newsloom.get_command(group, words[0])
    if command is None:
        raise click.UsageError(f"there is no command {words[0]}")
    if "--help" in words:
        return
    if isinstance(command, click.Group):
        group = command.make_context(words[0], words[1:2], parent=group, resilient_parsing=True)
        if len(words) == 1:
            return
        inner = command.get_command(group, words[1])
        if inner is None:
            raise click.UsageError(f"there is no command {words[0]} {words[1]}")
        command, words = inner, words[1:]
    # A mention of an option alone, as in `newsloom ingest --direct`, leaves the inputs out.
    try:
        command.make_context(words[0], words[1:], parent=group)
    except click.MissingParameter:
        if len(words) > 1 and not words[-1].startswith("-"):
            raise


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_every_command_line_parses(path: Path) -> None:
    for line in _command_lines(path.read_text("utf-8")):
        words = _arguments(line)
        if words[0] in ("…", "COMMAND"):
            continue
        try:
            _parse(words)
        except click.ClickException as error:
            pytest.fail(f"newsloom {line}: {error.format_message()}")


def test_command_lines_are_found() -> None:
    page = (
        "Run `newsloom status` or\n\n```\n$ newsloom ingest a b --direct   # first\n"
        "cat x | newsloom ingest -\n  .venv/bin/newsloom stories | head\n```\n"
    )
    found = [_arguments(line) for line in _command_lines(page)]
    assert found == [["ingest", "a", "b", "--direct"], ["ingest", "-"], ["stories"], ["status"]]


@pytest.mark.parametrize(
    "wrong", ["ingets seeds/", "stories --newest", "stories --limit 0", "story a b"]
)
def test_a_wrong_command_line_is_noticed(wrong: str) -> None:
    with pytest.raises(click.ClickException):
        _parse(_arguments(wrong))


def _anchors(page: str) -> set[str]:
    """Return the anchors that headings make, as the common Markdown viewers make them."""
    headings = re.findall(r"^#+ (.*)$", _FENCE.sub("", page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_links_between_pages_resolve(path: Path) -> None:
    for link in _LINK.findall(_FENCE.sub("", path.read_text("utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        file = (path.parent / target).resolve() if target else path
        assert file.exists(), f"{_name(path)} links to {link}"
        if anchor:
            assert anchor in _anchors(file.read_text("utf-8")), f"{_name(path)} links to {link}"


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_every_page_has_a_title_and_no_trailing_blanks(path: Path) -> None:
    page = path.read_text("utf-8")
    assert page.startswith("# ")
    assert page.endswith("\n")
    assert all(line == line.rstrip() for line in page.splitlines())
