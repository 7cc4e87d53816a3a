SELECT a.language, count(DISTINCT a.article_id) AS articles
FROM facts.item_events AS i
JOIN articles AS a USING (article_id)
WHERE i.run_id = $run
GROUP BY a.language
ORDER BY articles DESC, a.language
