-- The revisions of an article with the words before and after; nothing of a removed one is shown.
SELECT r.article_id, r.revision, r.seen_at, r.title, r.word_count, r.run_id, r.locator, t.text,
       lag(r.title) OVER earlier AS title_before, lag(t.text) OVER earlier AS text_before
FROM facts.article_revisions AS r
LEFT JOIN facts.article_texts AS t ON t.article_id = r.article_id AND t.revision = r.revision
ANTI JOIN facts.tombstones AS g ON g.article_id = r.article_id
WHERE r.article_id = $article
WINDOW earlier AS (ORDER BY r.revision)
ORDER BY r.revision
