"""Replay: rejects once more, through today's code.

plan.py    what can be done with each: its kept content, its address, its file
items.py   a reject as an item of schema.ITEM again
files.py   rejects of files, read again from their place
finder.py  all of it, batch by batch
"""

from tasks.replay.finder import Rejected
from tasks.replay.plan import Choice, Way, outlook

__all__ = ["Choice", "Rejected", "Way", "outlook"]
