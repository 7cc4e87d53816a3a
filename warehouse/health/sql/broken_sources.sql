WITH articles AS (
    SELECT f.*, seen_at > moment - INTERVAL 48 HOUR AS recent FROM facts.fresh_articles AS f,
        facts.present
    WHERE source IS NOT NULL
),
content AS (
    SELECT source, count(*) FILTER (recent) AS recent, count(*) FILTER (NOT recent) AS before,
           avg((NOT has_title)::INTEGER) FILTER (recent) AS untitled,
           avg((NOT has_title)::INTEGER) FILTER (NOT recent) AS untitled_before,
           avg((NOT has_date)::INTEGER) FILTER (recent) AS undated,
           avg((NOT has_date)::INTEGER) FILTER (NOT recent) AS undated_before,
           median(word_count) FILTER (recent) AS words,
           median(word_count) FILTER (NOT recent) AS words_before
    FROM articles
    GROUP BY source
),
-- Pages that came, and in which no article was found.
outcome AS (
    SELECT source, hour > moment - INTERVAL 48 HOUR AS recent, sum(items) AS items,
           coalesce(sum(items) FILTER (reason IN (
               'no_text', 'too_short', 'soft_404', 'list_page', 'consent_wall', 'paywall',
               'bot_challenge', 'malformed')), 0) AS useless
    FROM item_hours, facts.present
    WHERE source IS NOT NULL AND status IN ('new', 'revised', 'rejected')
      AND hour > moment - INTERVAL 29 DAY
    GROUP BY ALL
),
shares AS (
    SELECT source, sum(items) FILTER (recent) AS pages, sum(items) FILTER (NOT recent) AS before,
           sum(useless) FILTER (recent) / sum(items) FILTER (recent) AS useless_share,
           sum(useless) FILTER (NOT recent) / sum(items) FILTER (NOT recent) AS useless_before
    FROM outcome
    GROUP BY source
),
faults AS (
    SELECT source, untitled AS share,
           format('{:.0f} % of {} without a headline (before: {:.0f} %)', 100 * untitled, recent,
                  100 * untitled_before) AS fault
    FROM content WHERE recent >= 8 AND before >= 20 AND untitled >= untitled_before + 0.4
    UNION ALL
    SELECT source, undated,
           format('{:.0f} % of {} without a date (before: {:.0f} %)', 100 * undated, recent,
                  100 * undated_before)
    FROM content WHERE recent >= 8 AND before >= 20 AND undated >= undated_before + 0.4
    UNION ALL
    SELECT source, 1 - least(words / words_before, words_before / words),
           format('texts of {:.0f} words (before: {:.0f})', words, words_before)
    FROM content
    WHERE recent >= 8 AND before >= 20 AND words > 0 AND words_before > 0
      AND (words < words_before / 3 OR words > words_before * 3)
    UNION ALL
    SELECT source, useless_share,
           format('in {:.0f} % of {} pages no article was found (before: {:.0f} %)',
                  100 * useless_share, pages, 100 * useless_before)
    FROM shares WHERE pages >= 8 AND before >= 20 AND useless_share >= useless_before + 0.4
),
never AS (
    SELECT source, 1.0 AS share,
           format('none of its {} items could be used, ever', sum(items)) AS fault
    FROM item_hours
    WHERE source IS NOT NULL
    GROUP BY source
    HAVING sum(items) >= 8 AND coalesce(sum(items) FILTER (status <> 'rejected'), 0) = 0
),
broken AS (
    SELECT source, max(share) AS share, string_agg(fault, '; ' ORDER BY fault) AS faults
    FROM (FROM faults UNION ALL FROM never) GROUP BY source
),
total AS (SELECT count(*) AS sources FROM content WHERE recent >= 8 AND before >= 20)
SELECT NULL::VARCHAR AS subject, count(source)::DOUBLE AS value,
       NULL::DOUBLE AS warn_at, greatest(3, 0.1 * max(sources)) AS bad_at,
       NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below, NULL::TIMESTAMP AS since,
       CASE WHEN value > 0 THEN format('{:.0f} of {} source{} with enough articles to compare {} '
                                       || 'much worse than before.', value,
                                       greatest(max(sources), value)::BIGINT,
                                       if(greatest(max(sources), value) = 1, '', 's'),
                                       if(value = 1, 'reads', 'read'))
            WHEN max(sources) = 0
            THEN 'No source has enough articles to compare: 8 in 48 hours, and 20 before.'
            ELSE format('{} source{} with enough articles to compare, {} as before.',
                        max(sources), if(max(sources) = 1, '', 's'),
                        if(max(sources) = 1, 'read', 'all read')) END AS reason
FROM total LEFT JOIN broken ON true
UNION ALL
SELECT source, share, 0, NULL, NULL, NULL, NULL, faults || '.'
FROM broken
ORDER BY subject NULLS FIRST
