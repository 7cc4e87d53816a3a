SELECT revision, seen_at, title, word_count, run_id, locator
FROM facts.article_revisions
WHERE article_id = $article
ORDER BY revision
