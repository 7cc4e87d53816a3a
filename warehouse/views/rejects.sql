-- An input leaves the list once a later attempt finds it mended, or finds something inside it: rows in
-- what was no readable file, files in what was no folder or an empty one.
WITH latest AS (
    SELECT locator, arg_max(item_id, (commit_id, ordinal)) AS item_id,
           max((commit_id, ordinal)) AS reading
    FROM facts.item_events
    GROUP BY locator
),
standing AS (
    SELECT r.*, latest.reading
    FROM facts.rejects AS r
    JOIN latest USING (item_id)
),
inside AS (
    SELECT regexp_replace(locator, '#[0-9]+$', '') AS locator, reading
    FROM latest
    WHERE regexp_matches(locator, '#[0-9]+$')
    UNION ALL
    -- The archive, and of nested ones the innermost.
    SELECT unnest(list_distinct([
               regexp_extract(locator, '^(.*?)!/', 1),
               regexp_replace(locator, '!/[^!]*$', '')
           ])), reading
    FROM latest
    WHERE contains(locator, '!/')
    UNION ALL
    SELECT s.locator, l.reading
    FROM standing AS s
    JOIN latest AS l ON starts_with(l.locator, rtrim(s.locator, '/') || '/')
    WHERE s.reason IN ('nothing_usable', 'not_found')
)
SELECT
    item_id, run_id, locator, uri, kind, source, source_given, via, reason, detail, payload,
    payload_bytes, content_type, final_url, fetched_at, paywalled, rejected_at
FROM standing
-- What was removed on request is hidden with the rejects that hold it; tasks/remove.py writes each
-- of their spellings down.
ANTI JOIN facts.tombstones AS t ON t.url = standing.uri
ANTI JOIN facts.tombstones AS f ON f.url = standing.final_url
ANTI JOIN inside ON inside.locator = standing.locator AND inside.reading > standing.reading
