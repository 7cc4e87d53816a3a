-- Only the first bytes of what was kept; `kept_bytes` tells how many there are.
SELECT r.item_id, r.reason, r.locator, r.uri, r.detail, r.source, r.kind, r.via, r.rejected_at,
       r.payload_bytes, octet_length(k.payload) AS kept_bytes, k.payload[1:$bytes] AS start,
       r.content_type, r.final_url, r.run_id
FROM rejects AS r
JOIN facts.rejects AS k ON k.item_id = r.item_id AND k.item_id = $item
WHERE r.item_id = $item AND r.reason = $reason
