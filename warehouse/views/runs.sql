WITH ended AS (
    SELECT
        run_id,
        arg_max(status, commit_id) AS status,
        arg_min(flow, commit_id) AS flow,
        arg_min(inputs, commit_id) AS inputs,
        min(happened_at) AS started_at,
        -- That a run was killed is noted by a later one: no sign of life of its own.
        max(happened_at) FILTER (status <> 'killed') AS last_event_at,
        max(happened_at) FILTER (status <> 'running') AS ended_at,
        max(items_found) AS items_found,
        arg_min(prefect_run_id, commit_id) AS prefect_run_id,
        arg_min(host, commit_id) AS host,
        arg_min(pid, commit_id) AS pid,
        arg_max(error, commit_id) AS error
    FROM facts.run_events
    GROUP BY run_id
),
timed AS (
    SELECT run_id, stage.stage AS stage, sum(stage.rows_in)::BIGINT AS rows_in,
           sum(stage.rows_out)::BIGINT AS rows_out, round(sum(stage.seconds), 3) AS seconds
    FROM (SELECT run_id, unnest(stages) AS stage FROM facts.run_events)
    GROUP BY ALL
),
staged AS (
    SELECT run_id, list(
        {'stage': stage, 'rows_in': rows_in, 'rows_out': rows_out, 'seconds': seconds}
        ORDER BY stage
    ) AS stages
    FROM timed
    GROUP BY run_id
),
counted AS (
    SELECT
        run_id,
        count(*) AS items_accounted,
        count(*) FILTER (status = 'new') AS items_new,
        count(*) FILTER (status = 'revised') AS items_revised,
        count(*) FILTER (status = 'unchanged') AS items_unchanged,
        count(*) FILTER (status = 'rejected') AS items_rejected,
        count(*) FILTER (status = 'removed') AS items_removed
    FROM facts.item_events
    GROUP BY run_id
)
SELECT
    e.run_id, e.flow, e.status, e.inputs, e.started_at, e.last_event_at, e.ended_at,
    round(epoch(e.last_event_at - e.started_at), 3) AS seconds,
    e.items_found,
    coalesce(c.items_new, 0) AS items_new,
    coalesce(c.items_revised, 0) AS items_revised,
    coalesce(c.items_unchanged, 0) AS items_unchanged,
    coalesce(c.items_rejected, 0) AS items_rejected,
    coalesce(c.items_removed, 0) AS items_removed,
    e.items_found - coalesce(c.items_accounted, 0) AS items_unaccounted,
    s.stages, e.prefect_run_id, e.host, e.pid, e.error
FROM ended AS e
LEFT JOIN counted AS c USING (run_id)
LEFT JOIN staged AS s USING (run_id)
