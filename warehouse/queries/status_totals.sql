SELECT
    (SELECT count(*) FROM articles) AS articles,
    (SELECT count(*) FROM duplicates) AS copies,
    (SELECT count(*) FROM stories WHERE article_count > 1) AS stories,
    (SELECT count(*) FROM entities) AS entities,
    (SELECT count(*) FROM sources) AS sources,
    (SELECT count(*) FROM rejects) AS rejects,
    (SELECT published_at FROM facts.published) AS published_at,
    (SELECT commit_id FROM facts.published) AS commit_id
