"""Discovery: from paths, folders, addresses and standard input to batches of items.

    for batch in Discovery(["seeds/", "https://example.org/a"], settings):
        ...  # a table of newsloom.schema.ITEM

A new kind of input is one module in readers/ and one line in its table of formats.
"""

from newsloom.discover.discovery import Discovery

__all__ = ["Discovery"]
