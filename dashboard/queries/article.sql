SELECT a.article_id, a.title, a.source, a.authors, a.url, a.canonical_url, a.published_at,
       a.published_precision, a.published_from, a.published_doubt, a.updated_at, a.updated_from,
       a.first_seen_at, a.revised_at, a.language, a.language_confidence, a.word_count, a.revision,
       a.duplicate_of, a.story_id, a.locator, a.run_id, a.external_id, a.description, t.text
FROM articles AS a
JOIN facts.article_texts AS t ON t.article_id = a.article_id AND t.revision = a.revision
WHERE a.article_id = $article_id
