SELECT article_id, coalesce(nullif(title, ''), '(no headline)') AS title, source,
       coalesce(published_at, first_seen_at) AS told_at, language, word_count, story_id,
       CASE WHEN duplicate_of IS NULL THEN '' ELSE 'copy' END AS copy
FROM articles
WHERE contains(lower(coalesce(title, '')), $word_1) AND contains(lower(title), $word_2)
  AND contains(lower(coalesce(title, '')), $word_3) AND contains(lower(title), $word_4)
  AND ($source = '' OR source = $source)
ORDER BY told_at DESC, article_id
LIMIT $most
