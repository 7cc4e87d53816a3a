"""Incidents: what is not well from when to when, who knows of it, and what is to be kept quiet.

    with taken_in(folder, findings, now) as (store, made, trouble):
        made.changes, made.incidents

They are kept in a small SQLite file of their own beside the lake (store.py says why). Whoever only
wants to show them asks `open_incidents`, `history` and `mutes`, which need no right to write.
"""

from warehouse.incidents.incident import Change, Incident, Kind, Mute
from warehouse.incidents.keeping import taken_in
from warehouse.incidents.reading import history, mutes, open_incidents
from warehouse.incidents.step import step
from warehouse.incidents.store import Store, StoreError

__all__ = [
    "Change", "Incident", "Kind", "Mute", "Store", "StoreError", "history",
    "mutes", "open_incidents", "step", "taken_in",
]  # fmt: skip
