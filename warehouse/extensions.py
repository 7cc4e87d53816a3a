"""DuckDB's signed extensions, loaded from the wheels that pin them, without the network."""

from importlib.util import find_spec
from pathlib import Path

import duckdb

from newsloom.errors import WarehouseError

LAKE_EXTENSIONS = ("sqlite_scanner", "ducklake")


def load(connection: duckdb.DuckDBPyConnection, names: tuple[str, ...] = LAKE_EXTENSIONS) -> None:
    """Load the extensions by their path inside site-packages; raise WarehouseError if absent."""
    for name in names:
        connection.load_extension(str(_path(name)))


def _path(name: str) -> Path:
    spec = find_spec(f"duckdb_extension_{name}")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    wanted = f"extensions/v{duckdb.__version__}/{name}.duckdb_extension"
    for folder in folders:
        if (path := Path(folder) / wanted).is_file():
            return path
    raise WarehouseError(
        f"DuckDB's {name} extension for version {duckdb.__version__} is not installed.",
        "Install the locked packages again: make setup",
    )
