-- What changed in the articles of a story after they were first read, the latest change first.
WITH here AS (
    SELECT article_id FROM facts.live_story_articles WHERE story_id = $story AND revision > 1
),
-- Texts are large: those of other articles must not get into the join.
texts AS (FROM facts.article_texts SEMI JOIN here USING (article_id))
SELECT r.article_id, r.revision, r.seen_at, r.title, r.word_count, t.text,
       lag(r.title) OVER earlier AS title_before, lag(t.text) OVER earlier AS text_before
FROM facts.article_revisions AS r
SEMI JOIN here USING (article_id)
LEFT JOIN texts AS t ON t.article_id = r.article_id AND t.revision = r.revision
WINDOW earlier AS (PARTITION BY r.article_id ORDER BY r.revision)
QUALIFY r.revision > 1
ORDER BY r.seen_at DESC, r.article_id, r.revision DESC
