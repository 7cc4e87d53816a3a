-- Articles by id, start of id, URL, canonical URL, or the path of their latest reading.
SELECT article_id
FROM facts.live_revisions
WHERE article_id = $text
   OR (length($text) >= 3 AND starts_with(article_id, $text))
   OR url = $text
   OR canonical_url = $text
   OR article_id IN (
        SELECT article_id FROM facts.item_events
        WHERE locator IN ($text, $path) AND article_id IS NOT NULL
   )
ORDER BY article_id = $text DESC, article_id
LIMIT CASE WHEN EXISTS (FROM facts.live_revisions WHERE article_id = $text) THEN 1 ELSE 6 END
