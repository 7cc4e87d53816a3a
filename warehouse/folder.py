"""What lies in a warehouse folder.

DIR/catalog.sqlite   which files make up which snapshot
DIR/files/           the Parquet files
DIR/news.duckdb      the published views, for readers (see publish.py)
DIR/writer.lock      held for each commit (see lock.py)
"""

CATALOG_NAME = "catalog.sqlite"
FILES_NAME = "files"
PUBLISHED_NAME = "news.duckdb"
