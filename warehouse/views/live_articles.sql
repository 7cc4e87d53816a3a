-- Every article as it is now, but for its text: texts are large, and many questions want none.
SELECT
    r.article_id, r.external_id, r.source, r.url, r.canonical_url, r.title, r.authors,
    r.published_at, r.published_precision, r.published_from, r.published_doubt,
    r.updated_at, r.updated_precision, r.updated_from, r.first_seen_at,
    r.seen_at AS revised_at, r.language, r.language_confidence, r.word_count, r.revision,
    r.description, r.image_url, r.site_name, c.original_id AS duplicate_of, m.story_id,
    r.locator, r.run_id
FROM facts.live_revisions AS r
LEFT JOIN facts.live_copies AS c USING (article_id)
LEFT JOIN facts.live_members AS m ON m.article_id = coalesce(c.original_id, r.article_id)
