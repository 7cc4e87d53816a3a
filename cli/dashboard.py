"""newsloom dashboard: the web page of health and news."""

import webbrowser
from contextlib import suppress
from pathlib import Path

import click

from cli.output import console, shown, warehouse_option, with_example
from dashboard import serve
from newsloom import settings as settings_


@click.command("dashboard")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
              help="Address to listen on.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=4280, show_default=True, metavar="N",
              help="Port to listen on; 0: any that is free.")  # fmt: skip
@click.option("--open/--no-open", "opened", default=False, show_default=True,
              help="Open it in the web browser.")  # fmt: skip
@warehouse_option
@with_example("newsloom dashboard --open")
def command(host: str, port: int, opened: bool, warehouse: Path) -> int:
    """Show health, sources, runs, rejects, stories and articles as web pages, until Ctrl-C.

    It reads the published file only, so it never waits for an ingest, nor an ingest for it.
    """
    out = console()

    def ready(address: str) -> None:
        line = shown(f"The dashboard of {warehouse} is at {address} (Ctrl-C ends it)")
        out.print(line, soft_wrap=True)  # an address is opened whole
        if opened:
            webbrowser.open(address)

    with suppress(KeyboardInterrupt):
        serve(warehouse, settings_.load(), host, port, ready)
    return 0
