-- The scored pairs of two languages, between present revisions of articles that are no copies.
SELECT e.*
FROM facts.event_edges AS e
SEMI JOIN facts.live_revisions AS a ON a.article_id = e.article_a AND a.revision = e.revision_a
SEMI JOIN facts.live_revisions AS b ON b.article_id = e.article_b AND b.revision = e.revision_b
ANTI JOIN facts.live_copies AS c ON c.article_id = e.article_a
ANTI JOIN facts.live_copies AS d ON d.article_id = e.article_b
