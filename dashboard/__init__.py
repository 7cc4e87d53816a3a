"""The web page of ingest health, read-only."""
