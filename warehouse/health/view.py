"""The public view `checks`: the same checks as plain SQL, for those that ask the warehouse only."""

from warehouse.health.catalog import CHECKS

_JUDGED = """
SELECT *,
       CASE WHEN value >= bad_at OR value <= bad_below THEN 3
            WHEN value >= warn_at OR value <= warn_below THEN 2 ELSE 1 END AS rank,
       ['ok', 'warn', 'bad'][rank] AS status
FROM measured
"""


def view_sql() -> str:
    """Return the SELECT of the view; one row a check, its subjects as a list."""
    parts = "\nUNION ALL\n".join(
        f"SELECT {number} AS ordinal, '{check.name}' AS name, * FROM (\n{check.sql()})"
        for number, check in enumerate(CHECKS)
        if not check.live
    )
    described = ",\n".join(
        f"('{check.name}', {_quoted(check.unit)}, {_quoted(check.meaning)}, '{check.runbook}')"
        for check in CHECKS
    )
    return f"""
WITH measured AS (
{parts}
),
judged AS ({_JUDGED}),
about(name, unit, meaning, runbook) AS (VALUES
{described}
)
SELECT name,
       ['ok', 'warn', 'bad'][max(rank)] AS status,
       any_value(value) FILTER (subject IS NULL) AS value, any_value(unit) AS unit,
       any_value(warn_at) FILTER (subject IS NULL) AS warn_at,
       any_value(bad_at) FILTER (subject IS NULL) AS bad_at,
       any_value(warn_below) FILTER (subject IS NULL) AS warn_below,
       any_value(bad_below) FILTER (subject IS NULL) AS bad_below,
       any_value(reason) FILTER (subject IS NULL)
       || coalesce(' ' || first(subject || ': ' || reason ORDER BY rank DESC, value DESC, subject)
                   FILTER (subject IS NOT NULL), '') AS reason,
       min(since) FILTER (status <> 'ok') AS since,
       coalesce(list({{'name': subject, 'status': status, 'value': value, 'since': since,
                      'reason': reason}} ORDER BY rank DESC, value DESC, subject)
                FILTER (subject IS NOT NULL), [])
           AS subjects,
       any_value(meaning) AS meaning, any_value(runbook) AS runbook
FROM judged JOIN about USING (name)
GROUP BY name, ordinal
ORDER BY ordinal
"""


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
