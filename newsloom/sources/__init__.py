"""Sources: what newsloom.toml lists to be polled, and when each is due.

[[sources]]                                        load(path) -> [Source, ...]
name = "Example Gazette"                           SourceFile(path).add(source)
kind = "feed"                                      next_look(...) -> Due
address = "https://example.org/feed.xml"
"""

from newsloom.sources.schedule import Due, Look, next_look
from newsloom.sources.source import FIELDS, Source, load, named
from newsloom.sources.sourcefile import SourceFile

__all__ = ["FIELDS", "Due", "Look", "Source", "SourceFile", "load", "named", "next_look"]
