SELECT * EXCLUDE (text), text FROM articles WHERE article_id = $article
