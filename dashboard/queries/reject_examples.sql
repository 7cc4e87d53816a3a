SELECT item_id, reason, locator, uri, detail, source, kind, via, rejected_at, payload_bytes,
       content_type, final_url, run_id
FROM rejects WHERE reason = $reason AND ($source = '' OR source = $source)
ORDER BY rejected_at DESC, item_id
