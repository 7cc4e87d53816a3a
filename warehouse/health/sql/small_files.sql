SELECT NULL::VARCHAR AS subject,
       coalesce(sum(len(regexp_extract_all(definition, '\.parquet''')))::DOUBLE, 0) AS value,
       $warn AS warn_at, $bad AS bad_at, NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below,
       NULL::TIMESTAMP AS since,
       format('{:.0f} file{}; a run merges them from [warehouse] compact_after_files on.', value,
              if(value = 1, '', 's'))
           AS reason
FROM facts.published_facts
