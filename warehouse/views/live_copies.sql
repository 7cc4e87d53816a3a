-- The articles that copy another one now, and which.
-- A copy of a removed article is one no more.
SELECT article_id, unnest(last)
FROM (
    SELECT
        article_id,
        arg_max(
            {
                'original_id': original_id, 'copy_kind': copy_kind,
                'jaccard': jaccard, 'containment': containment
            },
            commit_id
        ) AS last
    FROM facts.copies
    GROUP BY article_id
) AS latest
SEMI JOIN facts.live_revisions USING (article_id)
SEMI JOIN facts.live_revisions AS original ON original.article_id = latest.last.original_id
WHERE last.original_id IS NOT NULL
