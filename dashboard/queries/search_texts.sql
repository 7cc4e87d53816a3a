WITH newest AS (
    SELECT article_id, revision, title, source, story_id,
           coalesce(published_at, first_seen_at) AS told_at
    FROM articles
    WHERE $source = '' OR source = $source
    ORDER BY first_seen_at DESC, article_id
    LIMIT $texts
)
SELECT n.article_id, coalesce(nullif(n.title, ''), '(no headline)') AS title, n.source, n.told_at,
       n.story_id,
       '… ' || substr(t.text, greatest(strpos(lower(t.text), $word_1) - 60, 1), 200) || ' …'
           AS passage
FROM facts.article_texts AS t
JOIN newest AS n USING (article_id, revision)
WHERE t.commit_id >= $since_commit
  AND contains(lower(t.text), $word_1) AND contains(lower(t.text), $word_2)
  AND contains(lower(t.text), $word_3) AND contains(lower(t.text), $word_4)
  AND NOT (contains(lower(coalesce(n.title, '')), $word_1)
           AND contains(lower(coalesce(n.title, '')), $word_2)
           AND contains(lower(coalesce(n.title, '')), $word_3)
           AND contains(lower(coalesce(n.title, '')), $word_4))
ORDER BY n.told_at DESC, n.article_id
LIMIT $most
