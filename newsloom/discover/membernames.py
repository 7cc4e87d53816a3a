"""What the members of an archive are called: several may have one name, as appended backups do."""

MOST_NAMES = 1_000_000
"""So many are remembered (about 70 MB); of later members of one name, only those that repeat these
are told apart."""


class MemberNames:
    """The names given so far in one archive, in the order in which its members stand."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._repeated: dict[str, int] = {}

    def take(self, name: str) -> str:
        """Return what the next member of this name is called: NAME, then NAME~2 and so on.

        They are files of their own, not readings of one file that changes.
        """
        if self._is_new(name):
            return name
        number = self._repeated.get(name, 1) + 1
        while not self._is_new(called := f"{name}~{number}"):
            number += 1
        self._repeated[name] = number
        return called

    def _is_new(self, name: str) -> bool:
        mark = hash(name)  # far smaller than the name, and as good as it within one reading
        if mark in self._seen:
            return False
        if len(self._seen) < MOST_NAMES:
            self._seen.add(mark)
        return True
