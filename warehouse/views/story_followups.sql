-- Edges alone also link reports of one template (debt offers, money market notices), and entities
-- alone everything about one president: measured, see docs/decisions.md. So it takes both.
WITH member AS MATERIALIZED (FROM facts.live_story_articles),
began AS MATERIALIZED (
    SELECT story_id,
           coalesce(min(published_at), min(first_seen_at)) AS began_at,
           date_trunc('month', began_at) AS month,
           min(published_at) IS NOT NULL AS dated,
           count(*) FILTER (NOT is_copy) AS articles
    FROM member
    GROUP BY story_id
),
-- One end at a time: at once, DuckDB would first pair all articles of different stories.
one_end AS MATERIALIZED (
    SELECT e.article_a, e.revision_a, e.article_b, e.revision_b, e.score, a.story_id AS story_a
    FROM facts.story_edges AS e
    JOIN member AS a
        ON a.article_id = e.article_a AND a.revision = e.revision_a AND NOT a.is_copy
),
pairs AS MATERIALIZED (
    SELECT e.* EXCLUDE (story_a),
           least(e.story_a, b.story_id) AS story_a, greatest(e.story_a, b.story_id) AS story_b
    FROM one_end AS e
    JOIN member AS b
        ON b.article_id = e.article_b AND b.revision = e.revision_b AND NOT b.is_copy
    WHERE e.story_a <> b.story_id
),
linked AS (
    SELECT story_a, story_b, max(score) AS score, count(*) AS linked_pairs
    FROM pairs
    GROUP BY ALL
),
-- The main entities of a story: at least half of its articles mention them. The fewer stories of
-- the month have one, the more it weighs.
main AS (
    SELECT m.story_id, b.month, f.entity_id, any_value(f.type) <> 'country' AS telling
    FROM facts.mentions AS f
    JOIN member AS m ON m.article_id = f.article_id AND m.revision = f.revision AND NOT m.is_copy
    JOIN began AS b USING (story_id)
    GROUP BY m.story_id, b.month, f.entity_id, b.articles
    HAVING 2 * count(DISTINCT f.article_id) >= b.articles
),
weighed AS MATERIALIZED (
    SELECT story_id, entity_id, telling, ln(1 + stories / having_it) AS weight,
           having_it <= greatest(6, stories / 500) AS rare
    FROM (SELECT *, count(*) OVER (PARTITION BY month, entity_id) AS having_it FROM main)
    JOIN (SELECT month, count(*) AS stories FROM began GROUP BY month) USING (month)
),
total AS (SELECT story_id, sum(weight) AS weight FROM weighed GROUP BY story_id),
shared AS MATERIALIZED (
    SELECT l.story_a, l.story_b, l.score, l.linked_pairs, sum(least(a.weight, b.weight)) AS weight,
           list(a.entity_id ORDER BY least(a.weight, b.weight) DESC, a.entity_id)[:8] AS entity_ids
    FROM linked AS l
    JOIN weighed AS a ON a.story_id = l.story_a
    JOIN weighed AS b ON b.story_id = l.story_b AND b.entity_id = a.entity_id
    GROUP BY ALL
    HAVING count(*) FILTER (a.telling)
        >= CASE WHEN bool_or(a.telling AND (a.rare OR b.rare)) THEN 3 ELSE 6 END
),
related AS MATERIALIZED (
    SELECT s.story_a, s.story_b, s.score, s.linked_pairs, s.entity_ids,
           (a.began_at, s.story_a) > (b.began_at, s.story_b) AS a_is_later,
           abs(epoch(a.began_at - b.began_at)) / 86400 AS days,
           s.weight / (ta.weight + tb.weight - s.weight) AS overlap
    FROM shared AS s
    JOIN total AS ta ON ta.story_id = s.story_a
    JOIN total AS tb ON tb.story_id = s.story_b
    JOIN began AS a ON a.story_id = s.story_a
    -- When a file without a date was read says nothing about which event came first.
    JOIN began AS b ON b.story_id = s.story_b AND b.dated = a.dated
    WHERE overlap >= 0.06
),
names AS (
    SELECT story_a, story_b, list(e.name ORDER BY place) AS shared_entities
    FROM (SELECT story_a, story_b, unnest(entity_ids) AS entity_id,
                 generate_subscripts(entity_ids, 1) AS place FROM related)
    JOIN facts.live_entities AS e USING (entity_id)
    GROUP BY ALL
),
words AS (
    SELECT story_a, story_b, list(name ORDER BY weight DESC, name)[:6] AS shared_terms
    FROM (
        SELECT story_a, story_b, line.name AS name, max(line.weight) AS weight
        FROM (
            SELECT p.story_a, p.story_b, unnest(e.evidence) AS line
            FROM pairs AS p
            SEMI JOIN related USING (story_a, story_b)
            JOIN facts.story_edges AS e USING (article_a, revision_a, article_b, revision_b)
        )
        WHERE line.kind = 'term'
        GROUP BY ALL
    )
    GROUP BY ALL
)
SELECT CASE WHEN r.a_is_later THEN r.story_a ELSE r.story_b END AS story_id,
       CASE WHEN r.a_is_later THEN r.story_b ELSE r.story_a END AS follows_story_id,
       row_number() OVER (
           PARTITION BY CASE WHEN r.a_is_later THEN r.story_a ELSE r.story_b END
           ORDER BY r.days, r.score DESC, follows_story_id
       ) = 1 AS nearest,
       r.score, round(r.overlap, 3) AS entity_overlap, round(r.days, 2) AS days_between,
       r.linked_pairs, n.shared_entities, coalesce(w.shared_terms, []) AS shared_terms
FROM related AS r
JOIN names AS n USING (story_a, story_b)
LEFT JOIN words AS w USING (story_a, story_b)
