SELECT article_id, title, url, first_seen_at, published_at, language, word_count, revision,
       CASE WHEN duplicate_of IS NULL THEN '' ELSE 'copy' END AS copy, duplicate_of, story_id
FROM articles WHERE source = $source
ORDER BY first_seen_at DESC, article_id LIMIT 20
