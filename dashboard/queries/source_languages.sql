SELECT coalesce(language, 'unknown') AS language, count(*) AS articles,
       count(*) / sum(count(*)) OVER () AS share, count(duplicate_of) AS copies,
       median(word_count) AS median_words
FROM articles WHERE source = $source
GROUP BY ALL ORDER BY articles DESC, language
