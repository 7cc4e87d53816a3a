"""The [[sources]] of a settings file, changed in place: comments and all the rest stay."""

import os
from pathlib import Path

import tomlkit
import tomlkit.exceptions

from newsloom.errors import SettingsError, UsageError
from newsloom.sources.source import FIELDS, Source, load, named


class SourceFile:
    """A settings file whose list of sources can be changed; it is made where there is none."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def sources(self) -> list[Source]:
        """Return the sources as they stand."""
        return load(self.path)

    def add(self, *added: Source) -> None:
        """Append sources; one whose name or address is listed already raises UsageError."""
        present = self.sources()
        for source in added:
            same = [s for s in present if source.name == s.name or source.address == s.address]
            if same:
                raise UsageError(
                    f"{same[0].name!r} is listed already, with the address {same[0].address}.",
                    f"Choose another name, or change it in {self.path}.",
                )
            present.append(source)
        before = tomlkit.dumps(self._read()).rstrip()
        # At the end of the file, where a table may stand whatever comes before it.
        tables = [f"[[sources]]\n{tomlkit.dumps(_table(source))}" for source in added]
        self._write("\n\n".join(filter(None, [before, *tables])).rstrip() + "\n")

    def pause(self, name: str, paused: bool) -> None:
        """Pause a source, or have it polled again."""
        named(self.sources(), [name])
        document = self._read()
        for table in document["sources"]:
            if table["name"] == name:
                table["paused"] = paused
        self._write(tomlkit.dumps(document))

    def _read(self) -> tomlkit.TOMLDocument:
        try:
            text = self.path.read_text("utf-8") if self.path.exists() else ""
            return tomlkit.parse(text)
        except (OSError, ValueError, tomlkit.exceptions.TOMLKitError) as error:
            raise SettingsError(f"{self.path} cannot be read: {error}") from error

    def _write(self, text: str) -> None:
        """Replace the file in one rename: a reader never sees half of it."""
        fresh = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            fresh.write_text(text, "utf-8")
            if self.path.exists():
                fresh.chmod(self.path.stat().st_mode)
            fresh.replace(self.path)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            raise SettingsError(f"{self.path} cannot be written: {error.strerror}.") from error


def _table(source: Source) -> tomlkit.TOMLDocument:
    """Return what of a source differs from the defaults."""
    table = tomlkit.document()
    for name, declared in FIELDS.items():
        value = getattr(source, name)
        if value != declared.default or name in ("name", "kind", "address"):
            table.add(name, list(value) if isinstance(value, tuple) else value)
    return table
