"""Writes a made-up past into a folder."""

from pathlib import Path

import click

from benchmarks.history import LARGE, SMALL, write


@click.command("history")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--large", is_flag=True, help="100,000 articles instead of 4,000.")
@click.option("--seed", default=1, show_default=True, help="Another one, another past.")
def main(folder: Path, large: bool, seed: int) -> None:
    """Write a made-up past into FOLDER, a warehouse folder that does not exist yet."""
    write(folder, LARGE if large else SMALL, seed=seed)


if __name__ == "__main__":
    main()
