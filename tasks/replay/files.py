"""Rejects of files and folders, read again from their place."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyarrow as pa

from newsloom.discover import Discovery
from newsloom.discover.found import printable
from newsloom.settings import Settings
from tasks.replay.plan import Planned, base_of

_ROW = re.compile(r"#\d+$")


class File:
    """One file or folder, and what was rejected of it.

    Iterate to get tables of schema.ITEM, under the locators that the rejects have. `missing` then
    holds the rejects that are not in it any more.
    """

    def __init__(self, place: str, base: str, rejects: list[Planned], settings: Settings) -> None:
        self._place = place
        self._base = base
        self._rejects = rejects
        self._settings = settings
        self.missing: list[Planned] = []

    def __iter__(self) -> Iterator[pa.Table]:
        first = self._rejects[0].row
        given = first["source"] if first["source_given"] else None
        wanted = {planned.row["locator"] for planned in self._rejects}
        # A file that was rejected itself, or a folder, is read whole: anything may be in it now.
        whole = self._base in wanted
        left = set(wanted)
        rows = all(_ROW.search(name) for name in wanted)
        for items in Discovery([self._place], self._settings, source=given):
            named = self._named(items)
            holders = [list(_holders(name)) for name in named["locator"].to_pylist()]
            keep = [whole or not wanted.isdisjoint(names) for names in holders]
            yield _only(named, keep)
            left.difference_update(name for names in holders for name in names)
            # Of an archive's member that holds others more may come; of rows the end is known.
            if rows and not left:
                return
        # What went with a whole file leaves the list with it.
        self.missing = [p for p in self._rejects if not whole and p.row["locator"] in left]

    def _named(self, items: pa.Table) -> pa.Table:
        """Return the items under the name that the place was first given by."""
        place = printable(self._place)
        names = [
            self._base + name.removeprefix(place) if name.startswith(place) else name
            for name in items["locator"].to_pylist()
        ]
        column = items.schema.get_field_index("locator")
        return items.set_column(column, items.schema.field(column), pa.array(names, pa.string()))


def files(rejects: Iterable[Planned], settings: Settings) -> Iterator[File]:
    """Put rejects together by the file they are read again from."""
    together: dict[tuple[str, str, str | None], list[Planned]] = defaultdict(list)
    for planned in rejects:
        given = planned.row["source"] if planned.row["source_given"] else None
        key = (planned.place or "", base_of(planned.row["locator"]), given)
        together[key].append(planned)
    for (place, base, _), group in together.items():
        yield File(place, base, group, settings)


def _holders(locator: str) -> Iterator[str]:
    """Yield a locator, and those of the file and the archives that hold it."""
    yield locator
    file = _ROW.sub("", locator)
    if file != locator:
        yield file
    while "!/" in file:
        file = file.rpartition("!/")[0]
        yield file


def _only(items: pa.Table, keep: list[bool]) -> pa.Table:
    return items.filter(pa.array(keep, pa.bool_()))
