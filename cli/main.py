"""The door: `newsloom COMMAND`. Commands are loaded when called, so that each starts quickly."""

import io
import os
import signal
import sys
from importlib import import_module
from types import FrameType
from typing import Any

import click

from cli.output import complain
from newsloom import __version__
from newsloom.errors import NewsloomError

COMMANDS = {
    "ingest": "Read files, folders, web pages or standard input into the warehouse.",
    "backfill": "Read folders of archives, going on where the last run stopped.",
    "replay": "Run rejects through today's code once more.",
    "remove": "Take articles out on request, for ever.",
    "sources": "Add, list, test and pause the sources that are polled.",
    "poll": "Look at the sources that are due.",
    "stories": "List the stories.",
    "story": "Show one story: articles, evidence, entities, history.",
    "explain": "Say why two articles are, or are not, one story or the same text.",
    "trace": "Show everything that happened to one input.",
    "sql": "Query the warehouse with SQL; a shell without an argument.",
    "status": "Show whether the ingest is healthy (exit code 0, 1 or 2).",
    "dashboard": "Show health and news as web pages, until Ctrl-C.",
    "monitor": "Examine the warehouse once, and tell who is to be told.",
    "alerts": "List, acknowledge and mute incidents; test the addresses.",
    "up": "Run the server, a worker and the schedules until Ctrl-C.",
}

EXIT_ERROR = 2
EXIT_DEFECT = 70
EXIT_INTERRUPTED = 130
EXIT_CODES = {
    0: "Done; of `status` and `monitor`: healthy.",
    1: "Done, but some inputs were rejected; of `status` and `monitor`: something wants a look; "
    "of `alerts test`: an address did not take the message.",
    EXIT_ERROR: "Could not be done as asked, the message says why; of `status` and `monitor`: "
    "something is bad.",
    EXIT_DEFECT: "A defect of Newsloom; the message names it.",
    EXIT_INTERRUPTED: "Interrupted with Ctrl-C; what was committed stays.",
}


class _ReaderGone(Exception):
    """Nobody reads the output any more."""


class _Lazy(click.Group):
    """A group that imports a command's module when it is used."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            # click itself would end the program with exit code 1, which has a meaning here.
            raise _ReaderGone from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="newsloom")
def newsloom() -> None:
    """News in, stories out: a warehouse of news that says why.

    \b
    Example:
      newsloom ingest seeds/
      newsloom stories
    """


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(_run())


def _interrupt(signal_number: int, frame: FrameType | None) -> None:
    """Treat a polite request to end as Ctrl-C."""
    raise KeyboardInterrupt


def _reopen_streams() -> None:
    """Give a program that was started with closed streams empty ones."""
    sys.stdin = sys.stdin or io.TextIOWrapper(io.BytesIO())
    sys.stdout = sys.stdout or io.TextIOWrapper(io.BytesIO())
    sys.stderr = sys.stderr or io.TextIOWrapper(io.BytesIO())


def _run() -> int:
    _reopen_streams()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        result = newsloom.main(prog_name="newsloom", standalone_mode=False)
        sys.stdout.flush()  # here, where a reader that has gone is dealt with
        return int(result or 0)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        error.show()
        return EXIT_ERROR
    except NewsloomError as error:
        complain(str(error), error.hint)
        return EXIT_ERROR
    except (KeyboardInterrupt, click.Abort):
        complain("Interrupted. What was committed stays; the same command goes on from there.")
        return EXIT_INTERRUPTED
    except (_ReaderGone, BrokenPipeError):
        # A reader that has enough (`newsloom sql … | head`) is no error of the user's.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        complain(f"The system refused: {error}", "Check the disk and where the output goes.")
        return EXIT_ERROR
    except Exception as error:
        if os.environ.get("NEWSLOOM_DEBUG"):
            raise
        complain(
            f"Newsloom has a defect: {type(error).__name__}: {error}",
            "Set NEWSLOOM_DEBUG=1 to see where, and report it.",
        )
        return EXIT_DEFECT
