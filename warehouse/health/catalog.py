"""All health checks: defined here and in sql/, used by status, alerts, page and metrics alike.

Limits that stand here are fixed, and settings can replace them ([health] limits). Those of checks
without any come out of the warehouse's own past, in their SQL.
"""

from warehouse.health.check import Check, Share

FLOW, SOURCES, CONTENT, BOOKS, MACHINE = "flow", "sources", "content", "bookkeeping", "machine"

CHECKS: tuple[Check, ...] = (
    Check("freshness", FLOW, "Newest article", "hours",
          "Since the last new article. By the habits of four weeks, so long a silence would come "
          "by chance once in 20 months (bad: in 2,000)."),
    Check("volume", FLOW, "New in 24 hours", "articles",
          "New articles of the last 24 hours, against the same weekday of the last four weeks and "
          "how far the days of these weeks lay from their weekday's mean."),
    Check("failure_share", FLOW, "Rejected in 24 hours", "share",
          "Share of the last 24 hours' items that were rejected, from 20 items on; the limits are "
          "how far above the share of 28 days. Replays do not count.", 0.05, 0.2),
    Check("clustering_delay", FLOW, "Discovery to story", "minutes",
          "In how long 95 % of the last 24 hours' new articles came from their discovery into a "
          "story; from 20 articles on.",
          60, 240),
    Check("run_schedule", FLOW, "Run overdue", "flows",
          "Flows that by their habits should have run: so long a pause would come by chance once "
          "in 20 months (bad: in 2,000). Polls show in late_sources."),
    Check("run_duration", FLOW, "Slow runs", "runs",
          "Runs under way, or the last of a flow, that took twice as long as 95 % of those in 28 "
          "days (bad: four times)."),
    Check("stuck_runs", FLOW, "Hanging runs", "runs",
          "Runs under way without a sign of life."),
    Check("failed_runs", FLOW, "Failed runs", "runs",
          "Runs of the last 24 hours that failed or were killed.", 1, 3),
    Check("late_sources", SOURCES, "Late sources", "share",
          "Share of the polled sources whose look is overdue: by half an hour, or by twice of what "
          "95 % of the looks of two weeks came late.", 0.01, 0.1),
    Check("failing_sources", SOURCES, "Failing sources", "sources",
          "Sources whose list could not be read three times in a row or more."),
    Check("silent_sources", SOURCES, "Silent sources", "sources",
          "Sources without anything new for longer than their habits explain: so long a silence of "
          "a source would come by chance once in 300 months."),
    Check("broken_sources", SOURCES, "Broken sources", "sources",
          "Sources whose articles of the last 48 hours lack headlines, dates or text, or are "
          "rejected, much more often than in the 28 days before: a changed template?"),
    Check("missing_titles", CONTENT, "Without headline", "share",
          "Share of the last 24 hours' new articles without a headline, against 28 days.",
          share=Share("NOT has_title", "have no headline", 0.1, 0.3)),
    Check("missing_dates", CONTENT, "Without date", "share",
          "Share of the last 24 hours' new articles without a date of their own, against 28 days.",
          share=Share("NOT has_date", "have no date of their own", 0.1, 0.3)),
    Check("text_length", CONTENT, "Length of texts", "ratio",
          "The median length of the last 24 hours' new articles, over that of 28 days."),
    Check("unexpected_language", CONTENT, "Unexpected language", "share",
          "Share of the last 24 hours' new articles in a language that is rare in their source, "
          "against 28 days."),
    Check("duplicate_share", CONTENT, "Copies", "share",
          "Share of the last 24 hours' new articles that copy another, against 28 days.",
          share=Share("is_copy", "copy another", 0.2, 0.4)),
    Check("entities_per_article", CONTENT, "Entities an article", "ratio",
          "Entities in an article of the last 24 hours, over those in one of 28 days."),
    Check("largest_story", CONTENT, "Largest story", "articles",
          "Articles in the largest story, copies not counted."),
    Check("split_stories", CONTENT, "Split stories", "stories",
          "Stories cut out of groups too large or too long for one event."),
    Check("unaccounted_items", BOOKS, "Unaccounted items", "items",
          "Items of the runs ended in 28 days that have no final status.", 1, 1),
    Check("open_rejects", BOOKS, "Open rejects", "rejects",
          "Rejected items that wait for a replay, or for ever."),
    Check("reject_age", BOOKS, "Age of rejects", "hours",
          "Since the oldest reject of 28 days that may pass at another try, where there are 20 of "
          "them, and 2 for each 100 new articles.", 24),
    Check("clock", MACHINE, "Clock", "minutes",
          "How far events of the last 24 hours' runs lie in the future, or before earlier ones.",
          5, 60),
    Check("snapshot_age", MACHINE, "Published", "hours",
          "Since the published file was written, judged by the habits of the runs as freshness "
          "is."),
    Check("small_files", MACHINE, "Data files", "files",
          "Parquet files that the published file stands on.", 500, 2000),
    Check("readable", MACHINE, "Reading the warehouse", "",
          "Whether the published file of the warehouse can be read.", live=True),
    Check("disk", MACHINE, "Disk left", "GB",
          "Free space where the warehouse lies; a look below 5 GB or two weeks' growth, bad below "
          "1 GB or three days'.", 5, 1, live=True),
    Check("killed_runs", MACHINE, "Killed runs", "runs",
          "Runs that say they are under way, though their process on this machine is gone. The "
          "next run marks them as killed.",
          1, live=True),
    Check("server", MACHINE, "Prefect server", "",
          "Whether the orchestrator answers that newsloom up or a setting names.", live=True),
    Check("worker", MACHINE, "Prefect worker", "workers",
          "Workers that take on runs, where a server is up.", live=True),
)  # fmt: skip

CHECK = {check.name: check for check in CHECKS}
