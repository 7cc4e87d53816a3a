WITH newest AS (
    SELECT article_id, revision, title, source, story_id,
           coalesce(published_at, first_seen_at) AS told_at
    FROM articles
    WHERE ($source = '' OR source = $source)
      AND NOT list_bool_and([contains(lower(coalesce(title, '')), word) FOR word IN $words])
    ORDER BY first_seen_at DESC, article_id
    LIMIT $texts
)
SELECT n.article_id, coalesce(nullif(n.title, ''), '(no headline)') AS title, n.source, n.told_at,
       n.story_id, '… ' || substr(t.text, greatest(strpos(lower(t.text), $words[1]) - 60, 1), 200)
           || ' …' AS passage
FROM newest AS n
JOIN facts.article_texts AS t USING (article_id, revision)
WHERE list_bool_and([contains(lower(t.text), word) FOR word IN $words])
  AND t.commit_id >= $since_commit
ORDER BY n.told_at DESC, n.article_id
LIMIT $most
