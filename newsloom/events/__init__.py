"""Events: stories of different languages that report the same thing.

mark(documents)            MARKS: what of an article stands in any language
link(new, stored, model)   MARKED x MARKED -> EDGE: scored pairs of different languages
events(stories, edges)     stories grouped by event, at most one a language
explain, evidence          why, or why not

No translation and no embeddings: names, places, numbers and days are compared as they are.
"""

from newsloom.events.explain import Text, Verdict, evidence, explain
from newsloom.events.grouping import Event, Story, event_id, events, story
from newsloom.events.link import link
from newsloom.events.marks import Kind, Mark, marks
from newsloom.events.model import Model, load
from newsloom.events.profiles import MARKED, MARKS, MARKS_VERSION, mark
from newsloom.scoring import EDGE, Shared

__all__ = [
    "EDGE", "MARKED", "MARKS", "MARKS_VERSION", "Event", "Kind", "Mark", "Model", "Shared",
    "Story", "Text", "Verdict", "event_id", "events", "evidence", "explain", "link", "load",
    "mark", "marks", "story",
]  # fmt: skip
