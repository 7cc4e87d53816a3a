SELECT
    a.article_id, a.external_id, a.source, a.url, a.canonical_url, a.title, a.authors,
    a.published_at, a.published_precision, a.published_from, a.published_doubt,
    a.updated_at, a.updated_precision, a.updated_from, a.first_seen_at,
    a.revised_at, a.language, a.language_confidence, a.word_count, a.revision, t.text,
    a.description, a.image_url, a.site_name, a.duplicate_of, a.story_id,
    a.locator, a.run_id
FROM facts.live_articles AS a
LEFT JOIN facts.article_texts AS t USING (article_id, revision)
