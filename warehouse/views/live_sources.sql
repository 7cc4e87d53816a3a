-- What newsloom.toml said last about each source that it still lists.
SELECT source, unnest(told)
FROM (
    SELECT source, arg_max(
        {'kind': kind, 'address': address, 'schedule': schedule, 'language_hint': language,
         'country': country, 'tags': tags, 'paywalled': paywalled, 'paused': paused}, commit_id
    ) AS told
    FROM facts.source_settings
    GROUP BY source
)
WHERE told.kind IS NOT NULL
