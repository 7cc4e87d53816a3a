"""Every error that Newsloom raises on purpose.

    NewsloomError                 a message for the user, which names the next step
    ├── UsageError                what was asked for cannot be done as asked
    │   └── SettingsError         newsloom.toml or a NEWSLOOM_* variable is wrong
    ├── InputError                one input cannot be used; becomes a reject with its `reason`
    └── WarehouseError            the warehouse cannot be read or written
        ├── WarehouseMissing      nothing was published there yet
        ├── WarehouseBusy         another writer held the lock for too long
        └── WarehouseTooNew       written by a newer Newsloom

A bad input never stops a run: it ends as a reject. The others end the command with the message
and exit code 2, without a traceback.
"""

from newsloom.vocabulary import Reason


class NewsloomError(Exception):
    """The root: `str(error)` is a sentence for the user, `hint` names the next step."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(NewsloomError):
    """What was asked for cannot be done as asked."""


class SettingsError(UsageError):
    """A setting is unknown or has a value that cannot be used."""


class InputError(NewsloomError):
    """One input cannot be used. `reason` comes from the fixed list of the vocabulary."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class WarehouseError(NewsloomError):
    """The warehouse cannot be read or written."""


class WarehouseMissing(WarehouseError):
    """The folder holds no published warehouse."""


class WarehouseBusy(WarehouseError):
    """Another writer held the lock for longer than the allowed wait."""


class WarehouseTooNew(WarehouseError):
    """The warehouse has a schema version that this program does not know."""
