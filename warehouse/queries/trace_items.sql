-- Every reading of an input, oldest first: by path or address as given or as it was in the end, by
-- its article's id, or by what a row or member was in.
SELECT e.item_id, e.run_id, e.ordinal, e.locator, e.uri, e.kind, e.source, e.status, e.reason,
       e.detail, e.article_id, e.revision, e.via, e.discovered_at, e.fetched_at, e.http_status,
       e.final_url, e.redirects, e.seen_at, e.commit_id, flow.flow
FROM facts.item_events AS e
LEFT JOIN (
    SELECT run_id, arg_min(flow, commit_id) AS flow FROM facts.run_events GROUP BY run_id
) AS flow USING (run_id)
WHERE e.locator IN ($text, $path) OR e.uri IN ($text, $address) OR e.final_url IN ($text, $address)
   OR (length($text) > 1
       AND (starts_with(e.locator, $path || '#') OR starts_with(e.locator, $text || '#')
            OR starts_with(e.locator, $path || '!/') OR starts_with(e.locator, $text || '!/')))
   OR e.article_id IN (FROM unnest($articles::VARCHAR[]))
ORDER BY e.commit_id, e.ordinal
LIMIT 5000
