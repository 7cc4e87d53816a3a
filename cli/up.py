"""newsloom up: everything that runs Newsloom unattended, in one process group."""

from pathlib import Path

import click

from cli.output import console, warehouse_option, with_example
from flows.up import up


@click.command("up")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
              help="Address to listen on.")  # fmt: skip
@click.option("--port", type=click.IntRange(1, 65535), default=4200, show_default=True, metavar="N",
              help="Port of the orchestrator.")  # fmt: skip
@click.option("--dashboard-port", type=click.IntRange(1, 65535), default=4280, show_default=True,
              metavar="N", help="Port of the dashboard.")  # fmt: skip
@warehouse_option
@with_example("newsloom up")
def command(host: str, port: int, dashboard_port: int, warehouse: Path) -> int:
    """Run the orchestrator, a worker, the schedules and the dashboard until Ctrl-C.

    Ctrl-C ends them all. Runs of `newsloom ingest` are tracked meanwhile.
    """
    out = console()

    def say(line: str) -> None:
        out.print(line, markup=False, soft_wrap=True)

    return up(warehouse=warehouse, host=host, port=port, dashboard_port=dashboard_port, say=say)
