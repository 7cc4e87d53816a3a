SELECT reason, count(*) AS items, max(rejected_at) AS latest, any_value(locator) AS example
FROM rejects
GROUP BY reason
ORDER BY items DESC, reason
