SELECT
    item_id, run_id, locator, kind, source, status, reason, detail, article_id, revision,
    via, discovered_at, fetched_at, http_status, final_url, redirects, seen_at
FROM facts.item_events
