SELECT stage.stage AS stage, stage.rows_in AS rows_in, stage.rows_out AS rows_out,
       stage.seconds AS seconds, stage.seconds / nullif(sum(stage.seconds) OVER (), 0) AS share
FROM (SELECT unnest(stages) AS stage FROM runs WHERE run_id = $run)
-- In the order in which rows go through them; stages of older releases last.
ORDER BY coalesce(list_position($stages, stage.stage), 99), stage.stage
