-- A copy inherits the mentions of the article it copies, without the places.
WITH own AS (
    SELECT article_id, entity_id, surface, type, char_start, char_end, in_title
    FROM facts.mentions
    SEMI JOIN facts.live_revisions USING (article_id, revision)
    ANTI JOIN facts.live_copies USING (article_id)
)
SELECT article_id, entity_id, surface, type, char_start, char_end, in_title, false AS inherited
FROM own
UNION ALL
SELECT c.article_id, o.entity_id, o.surface, o.type, NULL, NULL, o.in_title, true
FROM own AS o
JOIN facts.live_copies AS c ON c.original_id = o.article_id
