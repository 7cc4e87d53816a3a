"""Incidents and mutes as rows of SQLite, and back."""

import dataclasses
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from warehouse.health import Health
from warehouse.incidents.incident import Incident, Mute

COLUMNS = tuple(field.name for field in dataclasses.fields(Incident))
NAMES = ", ".join(f'"{name}"' for name in COLUMNS)
OF_PEOPLE = ("acknowledged_at", "acknowledged_by", "acknowledged_note")
"""Columns that a person's command writes, perhaps while a pass is under way."""
_STATUS = ("status", "told_status")
_MOMENTS = tuple(n for n in COLUMNS if n.endswith("_at") or n.endswith("since"))
_TYPES = {"well_passes": "INTEGER NOT NULL"}

SCHEMA = f"""
CREATE TABLE IF NOT EXISTS incidents (
    {", ".join(f'"{n}" {_TYPES.get(n, "TEXT")}' for n in COLUMNS)}, PRIMARY KEY (id));
CREATE INDEX IF NOT EXISTS open_incidents ON incidents (recovered_at, opened_at);
CREATE TABLE IF NOT EXISTS mutes (what TEXT PRIMARY KEY, until TEXT NOT NULL, by TEXT, note TEXT);
CREATE TABLE IF NOT EXISTS room (filler BLOB);
"""

Row = Sequence[Any]


def row_of(incident: Incident) -> Row:
    """Return an incident's values in the order of COLUMNS."""
    return [_plain(getattr(incident, name)) for name in COLUMNS]


def incident_of(row: Row) -> Incident:
    """Return the incident that a row, in the order of COLUMNS, stands for."""
    values = dict(zip(COLUMNS, row, strict=True))
    for name in _MOMENTS:
        values[name] = values[name] and datetime.fromisoformat(values[name])
    for name in _STATUS:
        values[name] = values[name] and Health(values[name])
    return Incident(**values)


def read_incidents(
    connection: sqlite3.Connection, condition: str, *values: object
) -> list[Incident]:
    """Return the incidents that fulfil a condition, in SQL."""
    select = f"SELECT {NAMES} FROM incidents WHERE {condition}"
    return [incident_of(row) for row in connection.execute(select, values)]


def read_mutes(connection: sqlite3.Connection) -> list[Mute]:
    """Return all mutes, those that are over among them."""
    rows = connection.execute("SELECT what, until, by, note FROM mutes ORDER BY what")
    return [Mute(what, datetime.fromisoformat(until), by, note) for what, until, by, note in rows]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
