-- An input leaves the list once a later attempt at it succeeds.
WITH latest AS (
    SELECT locator, arg_max(item_id, (commit_id, ordinal)) AS item_id
    FROM facts.item_events
    GROUP BY locator
)
SELECT r.item_id, r.run_id, r.locator, r.kind, r.source, r.reason, r.detail, r.payload,
       r.rejected_at
FROM facts.rejects AS r
SEMI JOIN latest USING (item_id)
