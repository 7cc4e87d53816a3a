"""Tables too long for one page: the page asks for a part, the downloads for all of it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dashboard.figures import Ask

PAGE_ROWS = 100
MOST_PAGES = 1_000_000
TOTAL = "rows_in_all"


@dataclass
class Part(Ask):
    """An Ask whose figures get the rows of one page only; ask it for one figure.

    The page is ?page= of the address. After the figure was made, `total` tells how many rows there
    are. The SQL that is shown stays the one for all rows.
    """

    size: int = PAGE_ROWS
    kept: tuple[str, ...] = ("window",)
    """Parameters that the addresses of the other pages have, too."""
    total: int = 0

    @classmethod
    def of(cls, ask: Ask, *kept: str, size: int = PAGE_ROWS) -> "Part":
        """Return an Ask for the part that `ask` names."""
        return cls(size=size, kept=kept, **vars(ask))

    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """Return the rows of the page."""
        counted = f"SELECT *, count(*) OVER () AS {TOTAL} FROM ({sql.strip().rstrip(';')}\n)"
        wanted = self.number("page", 1, MOST_PAGES)
        found = self._part(counted, wanted, values)
        if not found and wanted > 1:  # there are fewer pages: what is on the first tells how many
            found = self._part(counted, 1, values)
            if self.page > 1:
                found = self._part(counted, self.page, values)
        return found

    def _part(self, counted: str, page: int, values: dict[str, Any]) -> list[dict[str, Any]]:
        limits = f"LIMIT {self.size} OFFSET {(page - 1) * self.size}"
        found = super().rows(f"{counted} {limits}", **values)
        self.total = found[0][TOTAL] if found else 0
        return [{name: row[name] for name in row if name != TOTAL} for row in found]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(-(-self.total // self.size), 1)

    @property
    def page(self) -> int:
        """The number of the page, from 1; the last one for any number after it."""
        return min(self.number("page", 1, MOST_PAGES), self.pages)

    @property
    def first(self) -> int:
        """The number of the page's first row, from 1."""
        return (self.page - 1) * self.size + 1

    @property
    def last(self) -> int:
        """The number of the page's last row."""
        return min(self.page * self.size, self.total)

    @property
    def before(self) -> str:
        """The address of the page before, '' where there is none."""
        return self._address(self.page - 1) if self.page > 1 else ""

    @property
    def after(self) -> str:
        """The address of the page after, '' where there is none."""
        return self._address(self.page + 1) if self.page < self.pages else ""

    def _address(self, page: int) -> str:
        given = {name: self.text(name) for name in self.kept if self.text(name)}
        return "?" + urlencode(given | {"page": page})
