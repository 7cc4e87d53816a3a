-- The articles of a story, originals before their copies, earliest first.
SELECT article_id, title, source, published_at, first_seen_at, language, word_count, revision,
       duplicate_of, coalesce(url, locator) AS place, left(text, 200) AS beginning
FROM articles
WHERE story_id = $story
ORDER BY duplicate_of IS NOT NULL, published_at NULLS LAST, article_id
