-- Of several names the best spelt one counts, whichever came first: with a capital, not all of them,
-- then the longest.
SELECT *
FROM facts.entities
QUALIFY row_number() OVER (
    PARTITION BY entity_id
    ORDER BY left(name, 1) = lower(left(name, 1)), length(name) > 6 AND name = upper(name),
             length(name) DESC, name
) = 1
